import type { ActiveThresholds } from '../../sites/policy.js';
import type { Label, ScoreMap } from '../scores.js';

/** Local scores from which (inclusive) to which (exclusive) a scorer is asked. */
export interface Band {
  readonly from: number;
  readonly to: number;
}

/** What is known about a text before the scorers that are asked only in case of doubt. */
export interface LocalFindings {
  readonly scores: ScoreMap;
  readonly thresholds: ActiveThresholds;
  /** The text's language if no local model supports it; null if one does. */
  readonly unreadLanguage: string | null;
  /** Whether the comment is held whatever the scores are. */
  readonly isHeldAnyway: boolean;
}

/** Labels of the text model, whose scores say how certain it is. */
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

/**
 * Labels for which a scorer may release a comment that they would hold. All others stay with a moderator: word lists,
 * links, personal data, repeats, and the labels that the rules for threats, slurs and baiting give.
 */
export const RELEASABLE: ReadonlySet<Label> = new Set(['toxicity', 'insult', 'profanity']);

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
    ([label, { hold, reject }]) => valueOf(label) >= (RELEASABLE.has(label) ? (reject ?? Infinity) : hold),
  );
  if (isCertain) return false;
  if (unreadLanguage !== null) return languages.includes(unreadLanguage);
  const highest = Math.max(0, ...active.map(([label]) => (GRADED.includes(label) ? valueOf(label) : 0)));
  return highest >= band.from && highest < band.to;
}
