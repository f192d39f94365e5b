import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { SETTINGS, type Settings } from '../config/settings.js';
import { withTimeout } from './with-timeout.js';
import { runsWorkers } from './worker-role.js';

/** How long shutdown waits for running work. */
const FINISH_MS = 6_000;

export interface WorkPoolOptions<T> {
  readonly name: string;
  /** How many items run at once, not counting those past their soft timeout. */
  readonly concurrency: number;
  /** An item that takes longer is assumed to be waiting for another server, and gives its slot to the next. */
  readonly softTimeoutMs: number;
  /** An item that takes longer is abandoned: its key becomes free, and the pool no longer waits for it. */
  readonly timeoutMs: number;
  /** How many items run at once, including those past their soft timeout. */
  readonly maxInFlight: number;
  /** How many items may wait. Further items are dropped; the caller must add them again later. */
  readonly queueLimit: number;
  /** While an item with this key waits or runs, adding another one has no effect. */
  keyOf(item: T): string;
  work(item: T): Promise<void>;
}

/** Runs items of one kind in this process, with limited concurrency; see `WorkPools`. */
export class WorkPool<T> {
  private readonly logger = new Logger('work-pools');
  private readonly keys = new Set<string>();
  private readonly waiting: T[] = [];
  private readonly inFlight = new Set<Promise<void>>();
  /** The running items that still occupy a slot. */
  private occupiedSlots = 0;
  private stopped = false;

  constructor(private readonly options: WorkPoolOptions<T>) {}

  get counts(): { readonly waiting: number; readonly active: number } {
    return { waiting: this.waiting.length, active: this.inFlight.size };
  }

  add(items: readonly T[]): void {
    for (const item of items) {
      const key = this.options.keyOf(item);
      if (this.stopped || this.waiting.length >= this.options.queueLimit || this.keys.has(key)) continue;
      this.keys.add(key);
      this.waiting.push(item);
      this.fill();
    }
  }

  /** Starts no more items; resolves when none is running. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.waiting.length = 0;
    await Promise.all(this.inFlight);
  }

  private fill(): void {
    const { concurrency, maxInFlight } = this.options;
    while (this.waiting.length > 0 && this.occupiedSlots < concurrency && this.inFlight.size < maxInFlight) {
      const task: Promise<void> = this.run(this.waiting.shift()!).finally(() => {
        this.inFlight.delete(task);
        this.fill();
      });
      this.inFlight.add(task);
    }
  }

  private async run(item: T): Promise<void> {
    let holdsSlot = true;
    const releaseSlot = (): void => {
      if (holdsSlot) this.occupiedSlots--;
      holdsSlot = false;
    };
    this.occupiedSlots++;
    const softTimeout = setTimeout(() => {
      releaseSlot();
      this.fill();
    }, this.options.softTimeoutMs);
    try {
      const { timeoutMs } = this.options;
      await withTimeout(timeoutMs, `took longer than ${timeoutMs} ms`, this.options.work(item));
    } catch (error) {
      this.logger.warn({
        event: 'work-pool.failed',
        pool: this.options.name,
        key: this.options.keyOf(item),
        error,
      });
    } finally {
      clearTimeout(softTimeout);
      releaseSlot();
      this.keys.delete(this.options.keyOf(item));
    }
  }
}

/**
 * For work whose state, lease and due time are in a table. A worker process that finds due work runs it directly,
 * because a queue between processes would only duplicate the table. Nothing is stored here: work that did not fit into
 * the pool, or that was running when its process died, is found again by the periodic query of this or another process.
 */
@Injectable()
export class WorkPools implements BeforeApplicationShutdown {
  private readonly logger = new Logger('work-pools');
  private readonly pools = new Map<string, WorkPool<never>>();

  constructor(@Inject(SETTINGS) private readonly settings: Pick<Settings, 'role'>) {}

  /** Opens a pool; each name may be used once. Outside worker roles it accepts nothing. */
  open<T>(rules: WorkPoolOptions<T>): WorkPool<T> {
    if (this.pools.has(rules.name)) throw new Error(`the work pool "${rules.name}" is already open`);
    const pool = new WorkPool(runsWorkers(this.settings) ? rules : { ...rules, queueLimit: 0 });
    this.pools.set(rules.name, pool as unknown as WorkPool<never>);
    return pool;
  }

  counts(): { readonly name: string; readonly waiting: number; readonly active: number }[] {
    return [...this.pools].map(([name, { counts }]) => ({ name, ...counts }));
  }

  /** Unfinished work ends with the process; its lease expires. */
  async beforeApplicationShutdown(): Promise<void> {
    const ends = Promise.all([...this.pools.values()].map((pool) => pool.stop()));
    await withTimeout(FINISH_MS, 'work is still running', ends).catch((error: unknown) =>
      this.logger.warn({ event: 'work-pools.stop-timed-out', error }),
    );
  }
}
