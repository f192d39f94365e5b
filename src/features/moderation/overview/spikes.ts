/** When a rate counts as far more than usual. */
export interface SpikeRule {
  /** Fewer than this in the hour are never one. */
  readonly atLeast: number;
  readonly times: number;
}

export const SITE_SPIKE: SpikeRule = { atLeast: 30, times: 2 };
export const STORY_SPIKE: SpikeRule = { atLeast: 15, times: 3 };
/** Days with a count of the same hour, below which nobody knows what is usual. */
export const MIN_DAYS = 7;

/**
 * Whether an hour's comments are far more than usual: enough of them, so many times the usual, and beyond what chance
 * gives (the usual and four times its root: comments that come independently spread by the root of their number).
 *
 * @param usual comments an hour; null: not known, and then nothing is a spike
 */
export function isSpike(comments: number, usual: number | null, { atLeast, times }: SpikeRule): boolean {
  if (usual === null) return false;
  return comments >= atLeast && comments >= times * usual && comments > usual + 4 * Math.sqrt(usual);
}

/**
 * What a site usually has in an hour: the middle of the same hour of the day over the past days.
 *
 * @returns null while there are too few days to say
 */
export function typicalRateOfSite(sameHours: readonly number[]): number | null {
  if (sameHours.length < MIN_DAYS) return null;
  const sorted = [...sameHours].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * What a story usually has in an hour: its own mean before this hour, or what the stories of this hour have on average,
 * whichever is more. A story that has just begun is so held against its neighbours.
 *
 * @param before comments on the story in `hoursBefore` hours before this one, at most 24
 */
export function typicalRateOfStory(
  { before, hoursBefore }: { before: number; hoursBefore: number },
  hour: { comments: number; stories: number },
): number {
  const own = hoursBefore > 0 ? before / hoursBefore : 0;
  return Math.max(own, hour.stories > 0 ? hour.comments / hour.stories : 0);
}
