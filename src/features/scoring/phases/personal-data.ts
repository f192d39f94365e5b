import { toValue, uniteSpans, type ScoreMap, type Span } from '../scores.js';
import { findPersonalData } from './personal-data-finders.js';
import type { PhaseInput } from './phase.js';

// What has a checksum or a form of its own is hardly anything else; a row of digits may be.
const SECOND = 0.02;

/**
 * Telephone numbers, e-mail addresses, card, account and identity numbers. Addresses and numbers that are the
 * public's, of domains that the site allows and free lines, are none.
 */
export function personalData({
  body,
  settings: { links },
}: Pick<PhaseInput, 'body'> & { settings: Pick<PhaseInput['settings'], 'links'> }): ScoreMap {
  const findings = findPersonalData(body, links.allow);
  const spans = findings.map(({ start, end }): Span => [start, end]);
  const value = Math.max(0, ...findings.map((finding) => finding.value));
  const more = Math.min(5, Math.max(0, findings.length - 1)) * SECOND;
  return {
    personalData: {
      value: toValue(value === 0 ? 0 : Math.min(0.99, value + more)),
      spans: uniteSpans(spans),
    },
  };
}
