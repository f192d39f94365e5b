import type { Counters } from './counters.js';

export type LimitVerdict = { allowed: true } | { allowed: false; retryAfterMs: number };

const ALLOWED: LimitVerdict = { allowed: true };

/** Limits how often something may be done. All processes share the counts. */
export class Limits {
  /**
   * @param counters must not fail (see `FallbackCounters`); null if limits are switched off and everything is allowed
   * @param guessCounters counters of attempts to guess secrets; null likewise
   */
  constructor(
    private readonly counters: Counters | null,
    private readonly guessCounters: Counters | null,
  ) {}

  /**
   * Counts a hit, even if it is refused or the calling transaction is rolled back. While the counting servers are
   * unavailable, each process counts separately, which is enough to protect the service.
   *
   * @param key what is limited and for whom, for example `comment:<siteId>:<readerId>`
   * @param max hits allowed per window
   * @param windowMs begins with the first hit
   */
  async hit(key: string, max: number, windowMs: number): Promise<LimitVerdict> {
    return this.counters ? verdictOf(await this.counters.count(key, windowMs), max) : ALLOWED;
  }

  /**
   * Counts a hit without refusing it; the caller decides how many are too many.
   *
   * @returns the hits of this window before this one; 0 if limits are switched off
   */
  async count(key: string, windowMs: number): Promise<number> {
    return this.counters ? (await this.counters.count(key, windowMs)).hits - 1 : 0;
  }

  /**
   * Like `hit`, for attempts that may guess a password, a code or another secret. They are always counted in
   * PostgreSQL, even if Redis is configured, so that the loss of Redis neither stops nor resets the count. PostgreSQL
   * also stores the secrets, so without it no guess can succeed.
   *
   * @throws the database's error while it is unavailable, because no attempt may remain uncounted
   */
  async hitForGuess(key: string, max: number, windowMs: number): Promise<LimitVerdict> {
    return this.guessCounters ? verdictOf(await this.guessCounters.count(key, windowMs), max) : ALLOWED;
  }
}

const verdictOf = (
  { hits, remainingMs }: { hits: number; remainingMs: number },
  max: number,
): LimitVerdict => (hits <= max ? ALLOWED : { allowed: false, retryAfterMs: Math.max(1, remainingMs) });
