import type { QueueItem, Reason } from '../api-types.js';

type Scored = Pick<QueueItem, 'scores' | 'thresholds'>;

/** The labels whose scores are over the threshold from which they hold a comment, the one furthest over it first. */
function labelsOver({ scores, thresholds }: Scored): string[] {
  return Object.entries(scores)
    .flatMap(([label, { value }]) => {
      const hold = thresholds[label]?.hold;
      return hold === undefined || value < hold ? [] : [{ label, over: value / hold }];
    })
    .sort((a, b) => b.over - a.over)
    .map(({ label }) => label);
}

/** The label furthest over its threshold, or null when none is over it. */
export const topLabel = (item: Scored): string | null => labelsOver(item)[0] ?? null;

/** Labels that say how bad a text is, and not in which way. */
const GENERAL = ['severeToxicity', 'toxicity'];

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
 * Place in `reasons` of the one to propose for rejecting a comment: the one for its top label that says in which way it is
 * bad, else for its top label, else the one that most readers flagged it with (flags and default reasons share their
 * codes), else the first.
 */
export function suggestReason(item: Scored & Pick<QueueItem, 'flags'>, reasons: readonly Reason[]): number {
  const flagged = Object.entries(item.flags.reasons).sort(([, a], [, b]) => b - a);
  const labels = labelsOver(item);
  const top = labels.find((label) => !GENERAL.includes(label)) ?? labels[0] ?? '';
  const wanted = [...(CODES[top] ?? []), ...flagged.map(([code]) => code)];
  const places = wanted.map((code) => reasons.findIndex((reason) => reason.code === code));
  return places.find((place) => place >= 0) ?? 0;
}
