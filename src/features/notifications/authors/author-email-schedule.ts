const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** So long a letter waits for the comments that come with the one it began with. */
const BATCH_DELAY_MS = 10 * MINUTE_MS;

/** The letters about one story that were written so far; null: none. */
export interface AuthorEmailHistory {
  readonly firstAt: Date | null;
  readonly lastAt: Date | null;
}

/**
 * When the author of a story is told of a comment that was just published: soon of the first ones, for a day at most
 * once an hour, then at most once a day.
 */
export function nextAuthorEmailAt({ firstAt, lastAt }: AuthorEmailHistory, now: Date): Date {
  const soon = now.getTime() + BATCH_DELAY_MS;
  if (firstAt === null || lastAt === null) return new Date(soon);
  const pauseMs = now.getTime() - firstAt.getTime() < DAY_MS ? HOUR_MS : DAY_MS;
  return new Date(Math.max(soon, lastAt.getTime() + pauseMs));
}
