import { toValue, uniteSpans, type ScoreMap, type Span } from '../scores.js';
import { findPersonalData } from './personal-data-finders.js';
import type { PhaseInput } from './phase.js';

/** Added for each further finding, up to five. */
const SCORE_PER_FURTHER_FINDING = 0.02;

/**
 * Scores telephone numbers, email addresses, card, account and identity numbers. Public addresses and numbers do not
 * count: those of domains that the site allows, and toll-free lines.
 */
export function personalData({
  body,
  settings: { links },
}: Pick<PhaseInput, 'body'> & { settings: Pick<PhaseInput['settings'], 'links'> }): ScoreMap {
  const findings = findPersonalData(body, links.allow);
  const spans = findings.map(({ start, end }): Span => [start, end]);
  const value = Math.max(0, ...findings.map((finding) => finding.value));
  const bonus = Math.min(5, Math.max(0, findings.length - 1)) * SCORE_PER_FURTHER_FINDING;
  return {
    personalData: {
      value: toValue(value === 0 ? 0 : Math.min(0.99, value + bonus)),
      spans: uniteSpans(spans),
    },
  };
}
