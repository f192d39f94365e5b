import type { QueueItem, Reason } from '../wire.js';

type Scored = Pick<QueueItem, 'scores' | 'thresholds'>;

/** The label furthest over the threshold from which it is held, or null when none is over its threshold. */
export function topLabel({ scores, thresholds }: Scored): string | null {
  let top: { label: string; over: number } | null = null;
  for (const [label, { value }] of Object.entries(scores)) {
    const hold = thresholds[label]?.hold;
    if (hold === undefined || value < hold) continue;
    if (!top || value / hold > top.over) top = { label, over: value / hold };
  }
  return top?.label ?? null;
}

/** Codes of the reasons that a new site has, by label, the best one first. */
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
 * Place in `reasons` of the one to propose for rejecting a comment: the one for its top label, else the one that most
 * readers flagged it with (flags and default reasons share their codes), else the first.
 */
export function fittingReason(item: Scored & Pick<QueueItem, 'flags'>, reasons: readonly Reason[]): number {
  const flagged = Object.entries(item.flags.reasons).sort(([, a], [, b]) => b - a);
  const wanted = [...(CODES[topLabel(item) ?? ''] ?? []), ...flagged.map(([code]) => code)];
  const places = wanted.map((code) => reasons.findIndex((reason) => reason.code === code));
  return places.find((place) => place >= 0) ?? 0;
}
