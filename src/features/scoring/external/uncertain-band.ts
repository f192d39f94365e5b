import type { ActiveThresholds } from '../../sites/policy.js';
import { MIN_SPECIFIC_SCORE } from '../refusal.js';
import type { Label, ScoreMap } from '../scores.js';

/** The local scores for which a scorer is called: `from` is inclusive, `to` exclusive. */
export interface Band {
  readonly from: number;
  readonly to: number;
}

/** What is known about a text before the scorers with a band are called. */
export interface LocalFindings {
  readonly scores: ScoreMap;
  readonly thresholds: ActiveThresholds;
  /** The text's language if no local model supports it; null if one does. */
  readonly unreadLanguage: string | null;
  /** Whether the comment is held whatever the scores are. */
  readonly isHeldAnyway: boolean;
}

/** Labels of the text models, whose scores say how certain they are. `refusal` is computed from some of them. */
const GRADED: readonly Label[] = [
  'toxicity',
  'severeToxicity',
  'insult',
  'profanity',
  'threat',
  'identityAttack',
  'sexual',
  'spam',
];
const IN_REFUSAL: readonly Label[] = ['toxicity', 'insult', 'threat', 'identityAttack', 'sexual'];

const RELEASABLE: ReadonlySet<Label> = new Set(['toxicity', 'insult', 'profanity']);

/**
 * Whether a scorer may release a comment that the label would hold. All others stay with a moderator: word lists,
 * links, personal data, repeats, and the labels that the rules for threats, slurs and baiting give.
 */
export const isReleasable = (label: Label, scores: ScoreMap): boolean =>
  label === 'refusal'
    ? IN_REFUSAL.every((part) => RELEASABLE.has(part) || (scores[part]?.value ?? 0) < MIN_SPECIFIC_SCORE)
    : RELEASABLE.has(label);

/**
 * Whether the local scores neither publish a text clearly nor hold or reject it for certain, so that a second opinion
 * can make a difference. A text in a language that only the scorer supports is always uncertain.
 */
export function isUncertain(
  band: Band,
  languages: readonly string[],
  { scores, thresholds, unreadLanguage, isHeldAnyway }: LocalFindings,
): boolean {
  if (isHeldAnyway) return false;
  const active = Object.entries(thresholds) as [Label, { hold: number; reject?: number }][];
  const valueOf = (label: Label): number => scores[label]?.value ?? 0;
  const isCertain = active.some(
    ([label, { hold, reject }]) =>
      valueOf(label) >= (isReleasable(label, scores) ? (reject ?? Infinity) : hold),
  );
  if (isCertain) return false;
  if (unreadLanguage !== null) return languages.includes(unreadLanguage);
  const graded = GRADED.filter(
    (label) => thresholds[label] || (thresholds.refusal && IN_REFUSAL.includes(label)),
  );
  const highest = Math.max(0, ...graded.map(valueOf));
  return highest >= band.from && highest < band.to;
}
