import type { QueueItem, Reason } from '../api-types.js';

/** Labels that say how bad a text is, but not in which way. */
const GENERAL_LABELS = ['severeToxicity', 'toxicity'];

/** Codes of a new site's default reasons by label, best match first. */
const REASON_CODES: Readonly<Record<string, readonly string[]>> = {
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
  { topLabels, flags }: Pick<QueueItem, 'topLabels' | 'flags'>,
  reasons: readonly Reason[],
): number {
  const flagged = Object.entries(flags.reasons).sort(([, a], [, b]) => b - a);
  const top = topLabels.find((label) => !GENERAL_LABELS.includes(label)) ?? topLabels[0] ?? '';
  const candidateCodes = [...(REASON_CODES[top] ?? []), ...flagged.map(([code]) => code)];
  const indexes = candidateCodes.map((code) => reasons.findIndex((reason) => reason.code === code));
  return indexes.find((index) => index >= 0) ?? 0;
}
