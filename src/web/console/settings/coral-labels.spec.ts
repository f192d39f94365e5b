import { describe, expect, it } from '@jest/globals';
import { coralStateOf } from './coral-labels.js';

const EARLIER = '2026-12-01T12:00:00.000Z';
const LATER = '2026-12-01T12:00:01.000Z';

describe('the state of the Coral connection', () => {
  it.each([
    ['off', null, null],
    ['good', EARLIER, null],
    ['good', LATER, EARLIER],
    ['warn', EARLIER, LATER],
    ['warn', null, EARLIER],
    // A comment that was held because of a failure sets both times.
    ['warn', LATER, LATER],
  ])('is %s when the last success is %s and the last failure is %s', (kind, lastAnswerAt, lastFailureAt) => {
    expect(coralStateOf({ lastAnswerAt, lastFailureAt }).kind).toBe(kind);
  });
});
