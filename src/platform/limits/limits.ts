import { Logger } from '@nestjs/common';

/** Where hits are counted. */
export interface Counters {
  /** Resolves when it can count, or it is clear that this may take a while. */
  open(): Promise<void>;
  /**
   * Counts one hit. A window begins with its key's first hit and lasts `windowMs`.
   *
   * @returns the hits of this window, this one included, and what is left of it in milliseconds
   */
  count(key: string, windowMs: number): Promise<{ hits: number; remainingMs: number }>;
  /** Forgets windows that have ended, where they do not end by themselves. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}

export type LimitVerdict = { allowed: true } | { allowed: false; retryAfterMs: number };

const QUIET_MS = 10_000;

/** How often something may be done; the count is shared by all processes. */
export class Limits {
  private readonly logger = new Logger('limits');
  private quietUntil = 0;

  /** @param counters null when limits are switched off: then everything is allowed */
  constructor(private readonly counters: Counters | null) {}

  /**
   * Counts a hit, also when it is refused or when the transaction that asks is rolled back. While the counters are
   * away everything is allowed: a limit protects the service, and must not take it down.
   *
   * @param key what is limited and for whom, for example `comment:<siteId>:<readerId>`
   * @param max hits allowed per window
   * @param windowMs begins with the first hit
   */
  async hit(key: string, max: number, windowMs: number): Promise<LimitVerdict> {
    if (!this.counters) return { allowed: true };
    try {
      const { hits, remainingMs } = await this.counters.count(key, windowMs);
      return hits <= max ? { allowed: true } : { allowed: false, retryAfterMs: Math.max(1, remainingMs) };
    } catch (error) {
      this.complain(error);
      return { allowed: true };
    }
  }

  private complain(error: unknown): void {
    const now = performance.now();
    if (now < this.quietUntil) return;
    this.quietUntil = now + QUIET_MS;
    this.logger.warn({ event: 'limits.away', error });
  }
}
