import { LRUCache } from 'lru-cache';
import { maxEntries } from '../max-entries.js';
import type { Clock } from '../clock.js';
import type { Counters } from './counters.js';

/** More keys than one process usually needs. Beyond this number, the least recently hit keys are dropped. */
const MAX_KEYS = 100_000;

interface Window {
  hits: number;
  readonly endsAtMs: number;
}

/** Counts the hits of this process in memory. */
export class LocalCounters implements Counters {
  private readonly windows = new LRUCache<string, Window>({ ...maxEntries(MAX_KEYS) });

  constructor(private readonly clock: Clock) {}

  async open(): Promise<void> {}

  count(key: string, windowMs: number): Promise<{ hits: number; remainingMs: number }> {
    const nowMs = this.clock.nowMs();
    const before = this.windows.get(key);
    const window = before && before.endsAtMs > nowMs ? before : { hits: 0, endsAtMs: nowMs + windowMs };
    window.hits++;
    if (window !== before) this.windows.set(key, window);
    return Promise.resolve({ hits: window.hits, remainingMs: window.endsAtMs - nowMs });
  }

  sweep(): Promise<void> {
    const nowMs = this.clock.nowMs();
    for (const [key, { endsAtMs }] of this.windows.entries()) if (endsAtMs <= nowMs) this.windows.delete(key);
    return Promise.resolve();
  }

  async close(): Promise<void> {}
}
