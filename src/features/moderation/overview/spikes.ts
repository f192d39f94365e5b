/** When a rate is considered a spike. */
export interface SpikeRule {
  /** Minimum number of comments in the hour. */
  readonly minCount: number;
  /** Minimum multiple of the usual number. */
  readonly times: number;
}

export const SITE_SPIKE: SpikeRule = { minCount: 30, times: 2 };
export const STORY_SPIKE: SpikeRule = { minCount: 15, times: 3 };
/** Minimum number of days with a count for the same hour. With fewer, the usual rate is unknown. */
export const MIN_DAYS = 7;

/**
 * Whether an hour's comments are a spike: there are enough of them, they are a multiple of the usual number, and they
 * exceed random variation (the usual number plus four times its square root, which is the standard deviation of
 * independent arrivals).
 *
 * @param usual comments per hour; null: unknown, which is never a spike
 */
export function isSpike(comments: number, usual: number | null, { minCount, times }: SpikeRule): boolean {
  if (usual === null) return false;
  return comments >= minCount && comments >= times * usual && comments > usual + 4 * Math.sqrt(usual);
}

/**
 * The usual number of comments on a site in an hour: the median for the same hour of the day over past days.
 *
 * @returns null if there are too few days
 */
export function typicalRateOfSite(sameHours: readonly number[]): number | null {
  if (sameHours.length < MIN_DAYS) return null;
  const sorted = [...sameHours].sort((a, b) => a - b);
  const half = Math.floor(sorted.length / 2);
  return sorted.length % 2 === 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

/**
 * The usual number of comments on a story in an hour: its own mean before this hour, or the mean of the stories
 * active in this hour, whichever is higher. A new story is therefore compared with the others.
 *
 * @param before comments on the story in `hoursBefore` hours before this one, at most 24
 */
export function typicalRateOfStory(
  { before, hoursBefore }: { before: number; hoursBefore: number },
  hour: { comments: number; stories: number },
): number {
  const storyRate = hoursBefore > 0 ? before / hoursBefore : 0;
  return Math.max(storyRate, hour.stories > 0 ? hour.comments / hour.stories : 0);
}
