import { fingerprint, fingerprintLength, similarity } from '../../comments/fingerprint.js';
import { NO_SCORE, toValue, type ScoreMap } from '../scores.js';
import type { PhaseInput } from './phase.js';

// In letters and spaces. Short texts such as "Agreed!" are often the same by coincidence, long ones are not.
const SHORT_CHARS = 12;
const LONG_CHARS = 60;
// Less similar texts may only share a subject; from here on they are one text with changes.
const MIN_SIMILARITY = 0.6;
/** Twenty readers who post the same short sentence within a day reach the default threshold. */
const SCORE_PER_IDENTICAL_COMMENT = 0.04;
const OWN_MAX = 50;
const OTHERS_MAX = 200;

/**
 * Compares two fingerprints.
 *
 * @returns their similarity if one text is the other with at most a few changes, otherwise 0
 */
export function repetition(one: string, other: string): number {
  const score = similarity(one, other);
  return score >= MIN_SIMILARITY && (score === 1 || fingerprintLength(one) >= LONG_CHARS) ? score : 0;
}

/**
 * Scores a text that was posted before in the same or nearly the same form: by this reader or, as in campaigns, by
 * many. One repetition of one's own long text is enough to be held; texts of others need several.
 */
export function repeats({ body, history, limits }: PhaseInput): ScoreMap {
  const bodyFingerprint = limits ? fingerprint(body) : '';
  const chars = fingerprintLength(bodyFingerprint);
  if (chars === 0) return { repeat: NO_SCORE };

  const similarities = (others: readonly string[]): number[] =>
    others.map((other) => repetition(bodyFingerprint, other)).filter((score) => score > 0);
  const own = similarities(history.own.slice(0, OWN_MAX));
  const similarByOthers =
    chars < LONG_CHARS ? [] : similarities(history.otherFingerprints.slice(0, OTHERS_MAX));

  // A similarity of .6 scores .5, the same text scores 1; short texts count less, and every further repetition adds to
  // the score.
  const nearest = Math.max(0, ...own);
  const lengthFactor = chars < SHORT_CHARS ? 0.3 : chars < LONG_CHARS ? 0.7 : 1;
  const ownRepeatScore =
    nearest === 0
      ? 0
      : Math.min(1, (0.5 + (nearest - MIN_SIMILARITY) * 1.25) * lengthFactor + 0.1 * (own.length - 1));
  const copiesByOthers = chars < LONG_CHARS ? 0 : Math.max(similarByOthers.length, history.sameByOthers);
  const otherReadersScore = copiesByOthers === 0 ? 0 : Math.min(1, 0.3 + 0.18 * copiesByOthers);
  // A slogan: so short that one or two repetitions may be coincidence.
  const sloganScore =
    chars < SHORT_CHARS ? 0 : Math.min(1, SCORE_PER_IDENTICAL_COMMENT * history.sameByOthers);
  return { repeat: { value: toValue(Math.max(ownRepeatScore, otherReadersScore, sloganScore)), spans: [] } };
}
