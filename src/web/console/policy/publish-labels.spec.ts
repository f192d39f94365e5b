import { expect, it } from '@jest/globals';
import { measurementText, publishedText } from './publish-labels.js';

const measured = {
  decisions: 500,
  decisionsNeeded: 381,
  publishBelow: 0.1201,
  share: 0.642,
  wrong: 0.0031,
  wrongAtMost: 0.0092,
  wrongAllowed: 0.01,
};

it('says how many comments would be published, or what is missing', () => {
  expect(measurementText(measured)).toBe(
    'Could publish about 64.2 % of these comments without a person (toxicity below 0.1201): of these, moderators refused 0.3 %, with 95 % confidence at most 1 %.',
  );
  expect(measurementText({ ...measured, decisions: 312, publishBelow: null })).toBe(
    'Cannot publish yet: moderators have decided 312 of the 381 comments that are needed to measure it.',
  );
  expect(measurementText({ ...measured, publishBelow: null, wrong: 0.023, wrongAtMost: 0.0401 })).toBe(
    'Cannot publish: even of those with the lowest scores, moderators refused 2.3 %, with 95 % confidence up to 4.1 %; 1 % is allowed.',
  );
});

it('says that comments are held again after an update of the model', () => {
  const limit = { toxicity: 0.12, model: '1.0.0' };
  expect(publishedText(limit, { model: '1.0.0' })).toBe('Published below toxicity 0.12, the others held.');
  expect(publishedText(limit, null)).toContain('Published below');
  expect(publishedText(limit, { model: '1.1.0' })).toContain('Held since the update of the model');
});
