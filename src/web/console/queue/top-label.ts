import type { QueueItem, Reason } from '../api-types.js';

type ScoredItem = Pick<QueueItem, 'scores' | 'thresholds'>;

/** Labels that say in which way a comment is abusive, and the least score at which one is named. */
const SPECIFIC = ['threat', 'identityAttack', 'insult', 'sexual'];
const MIN_SPECIFIC_SCORE = 0.5;

/** What `refusal`, which is made of other labels, is mostly made of. */
function reasonForRefusal(scores: ScoredItem['scores']): string {
  const valueOf = (label: string): number => scores[label]?.value ?? 0;
  const top = [...SPECIFIC].sort((a, b) => valueOf(b) - valueOf(a))[0]!;
  return valueOf(top) >= MIN_SPECIFIC_SCORE ? top : 'toxicity';
}

/** The labels whose scores reach their hold threshold, first the one furthest on the way from it to 1. */
function labelsOver({ scores, thresholds }: ScoredItem): string[] {
  return Object.entries(scores)
    .flatMap(([label, { value }]) => {
      const hold = thresholds[label]?.hold;
      if (hold === undefined || value < hold) return [];
      const over = hold === 1 ? 1 : (value - hold) / (1 - hold);
      return [{ label: label === 'refusal' ? reasonForRefusal(scores) : label, over }];
    })
    .sort((a, b) => b.over - a.over)
    .map(({ label }) => label);
}

/** The label that says best why a comment is held, or null if no score holds it. */
export const topLabel = (item: ScoredItem): string | null => labelsOver(item)[0] ?? null;

/** Labels that say how bad a text is, but not in which way. */
const GENERAL = ['severeToxicity', 'toxicity'];

/** Codes of a new site's default reasons by label, best match first. */
const CODES: Readonly<Record<string, readonly string[]>> = {
  severeToxicity: ['abuse'],
  toxicity: ['abuse'],
  insult: ['abuse'],
  threat: ['threat', 'abuse'],
  identityAttack: ['hate', 'abuse'],
  bannedWords: ['language', 'abuse'],
  suspectWords: ['language', 'abuse'],
  profanity: ['language', 'abuse'],
  sexual: ['language', 'abuse'],
  shouting: ['language'],
  spam: ['spam'],
  links: ['spam'],
  repeat: ['spam'],
  flood: ['spam'],
  personalData: ['personal-data'],
};

/**
 * Returns the index in `reasons` of the one to suggest for rejecting a comment. The order of preference is: the
 * reason for its top specific label, the reason for its top label, the reason most readers flagged it with (flags and
 * default reasons share their codes), the first reason.
 */
export function suggestReason(
  item: ScoredItem & Pick<QueueItem, 'flags'>,
  reasons: readonly Reason[],
): number {
  const flagged = Object.entries(item.flags.reasons).sort(([, a], [, b]) => b - a);
  const labels = labelsOver(item);
  const top = labels.find((label) => !GENERAL.includes(label)) ?? labels[0] ?? '';
  const candidateCodes = [...(CODES[top] ?? []), ...flagged.map(([code]) => code)];
  const indexes = candidateCodes.map((code) => reasons.findIndex((reason) => reason.code === code));
  return indexes.find((index) => index >= 0) ?? 0;
}
