import { Logger } from '@nestjs/common';
import type { Counters } from './counters.js';

/**
 * After a failure the primary storage is not used for this long, because each attempt may take until a timeout.
 */
const RETRY_MS = 1_000;
const LOG_INTERVAL_MS = 10_000;

/**
 * Counts in the primary storage, and in the fallback while the primary fails. The fallback starts at zero, so in the
 * window of a failure up to twice the limit may be allowed, but there is always a limit.
 */
export class FallbackCounters implements Counters {
  private readonly logger = new Logger('limits');
  private retryAt = 0;
  private nextLogAt = 0;

  constructor(
    private readonly primary: Counters,
    private readonly fallback: Counters,
  ) {}

  async open(): Promise<void> {
    await Promise.all([this.primary.open(), this.fallback.open()]);
  }

  async count(key: string, windowMs: number): Promise<{ hits: number; remainingMs: number }> {
    if (performance.now() >= this.retryAt) {
      try {
        return await this.primary.count(key, windowMs);
      } catch (error) {
        this.retryAt = performance.now() + RETRY_MS;
        this.warnUnavailable(error);
      }
    }
    return this.fallback.count(key, windowMs);
  }

  /** The fallback is swept even while the primary fails. */
  async sweep(): Promise<void> {
    await this.fallback.sweep();
    await this.primary.sweep();
  }

  async close(): Promise<void> {
    await Promise.all([this.primary.close(), this.fallback.close()]);
  }

  private warnUnavailable(error: unknown): void {
    const now = performance.now();
    if (now < this.nextLogAt) return;
    this.nextLogAt = now + LOG_INTERVAL_MS;
    this.logger.warn({ event: 'limits.unavailable', counters: this.primary.constructor.name, error });
  }
}
