import { expect, it } from '@jest/globals';
import type { ScorerCalibrationSummary, CalibrationLabel } from '../wire.js';
import { absenceText, agreement, progressText } from './compare-words.js';

const one = (change: Partial<ScorerCalibrationSummary>): ScorerCalibrationSummary =>
  ({
    state: 'running',
    comments: 0,
    maxComments: 2000,
    endedAt: null,
    adoptedVersion: null,
    ...change,
  }) as ScorerCalibrationSummary;

it.each<[string, Partial<ScorerCalibrationSummary>]>([
  ['Waiting for the first comment', {}],
  ['12 of 2,000 comments', { comments: 12 }],
  ['Ended after 12 of 2,000 comments', { comments: 12, state: 'ended', endedAt: '2026-12-01T00:00:00Z' }],
  ['Adopted as version 7 of the policy', { comments: 12, state: 'ended', adoptedVersion: 7 }],
])('says: %s', (text, change) => {
  expect(progressText(one(change))).toBe(text);
});

it('says how far the two agree, and why scores are missing', () => {
  const label = { comments: 10, bothHold: 1, neitherHolds: 8 } as CalibrationLabel;
  expect(agreement(label)).toBeCloseTo(0.9);
  expect(agreement({ ...label, comments: 0 })).toBeNull();
  expect(absenceText('timeout')).toBe('It took too long');
  expect(absenceText('language')).toBe('The language is not read');
});
