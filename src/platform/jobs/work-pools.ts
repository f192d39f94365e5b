import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { SETTINGS, type Settings } from '../config/settings.js';
import { withTimeout } from './with-timeout.js';
import { runsWorkers } from './worker-role.js';

/** How long a stop waits for what is in hand. */
const FINISH_MS = 6_000;

export interface WorkPoolOptions<T> {
  readonly name: string;
  /** So much is in hand at once. */
  readonly concurrency: number;
  /** What takes longer waits for somebody else, and gives its place to the next. */
  readonly softTimeoutMs: number;
  /** What takes longer is given up: its key is free again, and what it still does is not waited for. */
  readonly timeoutMs: number;
  /** In hand at once, with those that gave their place away. */
  readonly maxInFlight: number;
  /** What stands in line; the rest is left to whoever looks for it again. */
  readonly queueLimit: number;
  /** While one with this key is in line or in hand, another changes nothing. */
  keyOf(item: T): string;
  work(item: T): Promise<void>;
}

/** Work that a process takes in hand without a queue between processes; see `Lanes`. */
export class WorkPool<T> {
  private readonly logger = new Logger('work-pools');
  private readonly keys = new Set<string>();
  private readonly waiting: T[] = [];
  private readonly inFlight = new Set<Promise<void>>();
  /** Of those in hand, the ones that still have their place. */
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

  /** Nothing more is begun; resolves when nothing is in hand. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.waiting.length = 0;
    await Promise.all(this.inFlight);
  }

  private fill(): void {
    const { concurrency, maxInFlight } = this.options;
    while (this.waiting.length > 0 && this.occupiedSlots < concurrency && this.inFlight.size < maxInFlight) {
      const underway: Promise<void> = this.run(this.waiting.shift()!).finally(() => {
        this.inFlight.delete(underway);
        this.fill();
      });
      this.inFlight.add(underway);
    }
  }

  private async run(item: T): Promise<void> {
    let hasPlace = true;
    const give = (): void => {
      if (hasPlace) this.occupiedSlots--;
      hasPlace = false;
    };
    this.occupiedSlots++;
    const patience = setTimeout(() => {
      give();
      this.fill();
    }, this.options.softTimeoutMs);
    try {
      const { timeoutMs } = this.options;
      await withTimeout(timeoutMs, `took longer than ${timeoutMs} ms`, this.options.work(item));
    } catch (error) {
      this.logger.warn({
        event: 'work-pool.failed',
        lane: this.options.name,
        key: this.options.keyOf(item),
        error,
      });
    } finally {
      clearTimeout(patience);
      give();
      this.keys.delete(this.options.keyOf(item));
    }
  }
}

/**
 * For work whose state stands in a table, with a lease and a time when it is due: the worker process that learns of it
 * takes it in hand itself, and a queue between processes would carry only what the table says already. Nothing is kept
 * here: what a process can't take, or had in hand when it died, is found again by its ticker, and by the others'.
 */
@Injectable()
export class WorkPools implements BeforeApplicationShutdown {
  private readonly logger = new Logger('work-pools');
  private readonly pools = new Map<string, WorkPool<never>>();

  constructor(@Inject(SETTINGS) private readonly settings: Pick<Settings, 'role'>) {}

  /** One lane per name. Outside worker roles it takes nothing. */
  open<T>(rules: WorkPoolOptions<T>): WorkPool<T> {
    if (this.pools.has(rules.name)) throw new Error(`the lane "${rules.name}" is open already`);
    const lane = new WorkPool(runsWorkers(this.settings) ? rules : { ...rules, queueLimit: 0 });
    this.pools.set(rules.name, lane as unknown as WorkPool<never>);
    return lane;
  }

  counts(): { readonly name: string; readonly waiting: number; readonly active: number }[] {
    return [...this.pools].map(([name, { counts }]) => ({ name, ...counts }));
  }

  /** What is not done by then ends with the process; its lease ends by itself. */
  async beforeApplicationShutdown(): Promise<void> {
    const ends = Promise.all([...this.pools.values()].map((lane) => lane.stop()));
    await withTimeout(FINISH_MS, 'work is still in hand', ends).catch((error: unknown) =>
      this.logger.warn({ event: 'work-pools.stop-cut-short', error }),
    );
  }
}
