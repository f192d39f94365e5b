import { expect, it } from '@jest/globals';
import type { ScorerCalibrationSummary, CalibrationLabel } from '../api-types.js';
import { absenceText, agreement, progressText, scoreText, shareText } from './compare-labels.js';

const aSummary = (change: Partial<ScorerCalibrationSummary>): ScorerCalibrationSummary =>
  ({
    state: 'running',
    comments: 0,
    fromAbsent: 0,
    toAbsent: 0,
    maxComments: 2000,
    endedAt: null,
    adoptedVersion: null,
    ...change,
  }) as ScorerCalibrationSummary;

it.each<[string, Partial<ScorerCalibrationSummary>, number?]>([
  ['Waiting for the first comment', {}],
  ['0 of 2,000 comments compared', { fromAbsent: 3 }],
  ['12 of 2,000 comments compared', { comments: 12 }],
  [
    'Ended after 12 of 2,000 comments compared',
    { comments: 12, state: 'ended', endedAt: '2026-12-01T00:00:00Z' },
  ],
  [
    'Ended after 12 of 2,000 comments compared. Adopted as version 7 of the policy',
    { comments: 12, state: 'ended', endedAt: '2026-12-01T00:00:00Z', adoptedVersion: 7 },
    7,
  ],
  [
    '12 of 2,000 comments compared. Adopted as version 7 of the policy; version 8 is in force now',
    { comments: 12, adoptedVersion: 7 },
    8,
  ],
  ['12 of 2,000 comments compared. Adopted as version 7 of the policy', { comments: 12, adoptedVersion: 7 }],
])('describes the comparison: %s', (text, change, version: number | null = null) => {
  expect(progressText(aSummary(change), version)).toBe(text);
});

it('says how far the two scorers agree, and why scores are missing', () => {
  const label = { bothHold: 12, onlyFromHolds: 13, onlyToHolds: 17, neitherHolds: 160 } as CalibrationLabel;
  expect(agreement(label)).toEqual({ shared: 12, either: 42 });
  expect(agreement({ ...label, bothHold: 0, onlyFromHolds: 0, onlyToHolds: 0 })).toBeNull();
  expect(absenceText('timeout')).toBe('It took too long');
  expect(absenceText('language')).toBe('The language is not supported');
});

it('writes scores with at least two decimals', () => {
  expect([0, 0.8, 0.755].map(scoreText)).toEqual(['0.00', '0.80', '0.755']);
});

it('shows a share as none or all only when it is exactly that', () => {
  expect([0, 0.0004, 0.07, 0.5, 0.996, 0.9999, 1].map(shareText)).toEqual([
    '0 %',
    '0.1 %',
    '7.0 %',
    '50 %',
    '99.6 %',
    '99.9 %',
    '100 %',
  ]);
});
