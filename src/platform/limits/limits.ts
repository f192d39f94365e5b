import type { Counters } from './counters.js';

export type LimitVerdict = { allowed: true } | { allowed: false; retryAfterMs: number };

const ALLOWED: LimitVerdict = { allowed: true };

/** How often something may be done; the count is shared by all processes. */
export class Limits {
  /**
   * Null where limits are switched off: then everything is allowed.
   *
   * @param counters never fail; see `FallbackCounters`
   * @param guessCounters count attempts to guess secrets
   */
  constructor(
    private readonly counters: Counters | null,
    private readonly guessCounters: Counters | null,
  ) {}

  /**
   * Counts a hit, also when it is refused or when the transaction that asks is rolled back. Such a limit protects the
   * service: while the servers that count are away, each process counts for itself.
   *
   * @param key what is limited and for whom, for example `comment:<siteId>:<readerId>`
   * @param max hits allowed per window
   * @param windowMs begins with the first hit
   */
  async hit(key: string, max: number, windowMs: number): Promise<LimitVerdict> {
    return this.counters ? verdictOf(await this.counters.count(key, windowMs), max) : ALLOWED;
  }

  /**
   * Counts a hit without refusing any; the caller decides what is too many.
   *
   * @returns the hits of this window before this one; 0 where limits are switched off
   */
  async count(key: string, windowMs: number): Promise<number> {
    return this.counters ? (await this.counters.count(key, windowMs)).hits - 1 : 0;
  }

  /**
   * As `hit`, for attempts to guess a password, a code or another secret. These are counted in PostgreSQL whatever else
   * there is, so that a lost Redis neither stops nor resets the count; what they guard is in PostgreSQL too.
   *
   * @throws the database's error while it is away: no attempt is allowed uncounted
   */
  async hitByGuess(key: string, max: number, windowMs: number): Promise<LimitVerdict> {
    return this.guessCounters ? verdictOf(await this.guessCounters.count(key, windowMs), max) : ALLOWED;
  }
}

const verdictOf = (
  { hits, remainingMs }: { hits: number; remainingMs: number },
  max: number,
): LimitVerdict => (hits <= max ? ALLOWED : { allowed: false, retryAfterMs: Math.max(1, remainingMs) });
