/** Picks that a training needs, and comments that were not picked for each of them. */
export const MIN_PICKS = 50;
export const OTHERS_PER_PICK = 5;
/** The smallest number of stories whose chance differences say something. */
export const MIN_STORIES = 10;
const QUINTILES = 5;

export interface DrawableComment {
  readonly storyId: string;
  readonly isPicked: boolean;
  /** Of the text, in characters. */
  readonly length: number;
}

export type Drawn<T> = T & {
  /** Of the picks' lengths, 0 for the shortest. */
  readonly quintile: number;
};

/**
 * Draws picks and other comments so that length says nothing about which of them were picked: in each fifth of the
 * picks by length there are five others for each pick. Picks without enough others of their length are left out. The
 * others are spread over the stories like the picks, as far as there are enough.
 *
 * @param comments in each story, those to be drawn first come first; others only from stories that have picks
 * @returns empty if too few picks or stories are left
 */
export function drawComments<T extends DrawableComment>(comments: readonly T[]): Drawn<T>[] {
  const picks = comments.filter(({ isPicked }) => isPicked);
  const sorted = picks.map(({ length }) => length).sort((a, b) => a - b);
  const bounds = Array.from(
    { length: QUINTILES - 1 },
    (_, at) => sorted[Math.floor(((at + 1) * sorted.length) / QUINTILES)],
  );
  const picksOf = new Map<string, number>();
  for (const { storyId } of picks) picksOf.set(storyId, (picksOf.get(storyId) ?? 0) + 1);
  const seen = new Map<string, number>();
  const candidates = comments.flatMap((comment) => {
    const quintile = bounds.filter((bound) => comment.length >= bound).length;
    const inStory = picksOf.get(comment.storyId);
    if (inStory === undefined) return [];
    const key = `${comment.isPicked} ${quintile} ${comment.storyId}`;
    seen.set(key, (seen.get(key) ?? 0) + 1);
    return [{ drawn: { ...comment, quintile }, turn: comment.isPicked ? 0 : seen.get(key)! / inStory }];
  });
  return balance(candidates.sort((a, b) => a.turn - b.turn).map(({ drawn }) => drawn));
}

/**
 * Keeps the first comments of each fifth so that it has five others for each pick.
 *
 * @returns empty if too few picks or stories are left
 */
export function balance<T extends Drawn<DrawableComment>>(comments: readonly T[]): T[] {
  const balanced = Array.from({ length: QUINTILES }, (_, quintile) => {
    const [picks, others] = [true, false].map((isPicked) =>
      comments.filter((comment) => comment.quintile === quintile && comment.isPicked === isPicked),
    );
    const count = Math.min(picks.length, Math.floor(others.length / OTHERS_PER_PICK));
    return [...picks.slice(0, count), ...others.slice(0, OTHERS_PER_PICK * count)];
  }).flat();
  const picks = balanced.filter(({ isPicked }) => isPicked);
  const stories = new Set(picks.map(({ storyId }) => storyId)).size;
  return picks.length < MIN_PICKS || stories < MIN_STORIES ? [] : balanced;
}
