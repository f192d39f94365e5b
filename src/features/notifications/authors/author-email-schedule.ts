const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** How long an email waits for further comments after the first one. */
const BATCH_DELAY_MS = 10 * MINUTE_MS;

/** When the first and the last email about a story were sent; null if none was. */
export interface AuthorEmailHistory {
  readonly firstAt: Date | null;
  readonly lastAt: Date | null;
}

/**
 * When to email the author of a story about a newly published comment: soon for the first comments, then at most once
 * an hour for a day, then at most once a day.
 */
export function nextAuthorEmailAt({ firstAt, lastAt }: AuthorEmailHistory, now: Date): Date {
  const earliestMs = now.getTime() + BATCH_DELAY_MS;
  if (firstAt === null || lastAt === null) return new Date(earliestMs);
  const pauseMs = now.getTime() - firstAt.getTime() < DAY_MS ? HOUR_MS : DAY_MS;
  return new Date(Math.max(earliestMs, lastAt.getTime() + pauseMs));
}
