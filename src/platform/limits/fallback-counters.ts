import { Logger } from '@nestjs/common';
import type { Counters } from './counters.js';

/**
 * After a failure the first storage is not used for this long, because each attempt may take until a timeout.
 */
const RETRY_MS = 1_000;
const LOG_INTERVAL_MS = 10_000;

/**
 * Counts in the first storage, and in the second while the first fails. The second starts at zero, so in the window of
 * a failure up to twice the limit may be allowed, but there is always a limit.
 */
export class FallbackCounters implements Counters {
  private readonly logger = new Logger('limits');
  private retryAt = 0;
  private nextLogAt = 0;

  constructor(
    private readonly first: Counters,
    private readonly second: Counters,
  ) {}

  async open(): Promise<void> {
    await Promise.all([this.first.open(), this.second.open()]);
  }

  async count(key: string, windowMs: number): Promise<{ hits: number; remainingMs: number }> {
    if (performance.now() >= this.retryAt) {
      try {
        return await this.first.count(key, windowMs);
      } catch (error) {
        this.retryAt = performance.now() + RETRY_MS;
        this.warnUnavailable(error);
      }
    }
    return this.second.count(key, windowMs);
  }

  /** The second storage is swept even while the first fails. */
  async sweep(): Promise<void> {
    await this.second.sweep();
    await this.first.sweep();
  }

  async close(): Promise<void> {
    await Promise.all([this.first.close(), this.second.close()]);
  }

  private warnUnavailable(error: unknown): void {
    const now = performance.now();
    if (now < this.nextLogAt) return;
    this.nextLogAt = now + LOG_INTERVAL_MS;
    this.logger.warn({ event: 'limits.unavailable', counters: this.first.constructor.name, error });
  }
}
