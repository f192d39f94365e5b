import { Inject, Injectable, Logger, type BeforeApplicationShutdown } from '@nestjs/common';
import { SETTINGS, type Settings } from '../config/settings.js';
import { inTime } from './in-time.js';
import { runsWorkers } from './worker-role.js';

/** How long a stop waits for what is in hand. */
const FINISH_MS = 6_000;

export interface LaneRules<T> {
  readonly name: string;
  /** So much is in hand at once. */
  readonly places: number;
  /** What takes longer waits for somebody else, and gives its place to the next. */
  readonly patienceMs: number;
  /** What takes longer is given up: its key is free again, and what it still does is not waited for. */
  readonly timeoutMs: number;
  /** In hand at once, with those that gave their place away. */
  readonly most: number;
  /** What stands in line; the rest is left to whoever looks for it again. */
  readonly line: number;
  /** While one with this key is in line or in hand, another changes nothing. */
  keyOf(item: T): string;
  work(item: T): Promise<void>;
}

/** Work that a process takes in hand without a queue between processes; see `Lanes`. */
export class Lane<T> {
  private readonly logger = new Logger('lanes');
  private readonly keys = new Set<string>();
  private readonly waiting: T[] = [];
  private readonly inHand = new Set<Promise<void>>();
  /** Of those in hand, the ones that still have their place. */
  private placed = 0;
  private stopped = false;

  constructor(private readonly rules: LaneRules<T>) {}

  get counts(): { readonly waiting: number; readonly active: number } {
    return { waiting: this.waiting.length, active: this.inHand.size };
  }

  offer(items: readonly T[]): void {
    for (const item of items) {
      const key = this.rules.keyOf(item);
      if (this.stopped || this.waiting.length >= this.rules.line || this.keys.has(key)) continue;
      this.keys.add(key);
      this.waiting.push(item);
      this.fill();
    }
  }

  /** Nothing more is begun; resolves when nothing is in hand. */
  async stop(): Promise<void> {
    this.stopped = true;
    this.waiting.length = 0;
    await Promise.all(this.inHand);
  }

  private fill(): void {
    const { places, most } = this.rules;
    while (this.waiting.length > 0 && this.placed < places && this.inHand.size < most) {
      const underway: Promise<void> = this.run(this.waiting.shift()!).finally(() => {
        this.inHand.delete(underway);
        this.fill();
      });
      this.inHand.add(underway);
    }
  }

  private async run(item: T): Promise<void> {
    let hasPlace = true;
    const give = (): void => {
      if (hasPlace) this.placed--;
      hasPlace = false;
    };
    this.placed++;
    const patience = setTimeout(() => {
      give();
      this.fill();
    }, this.rules.patienceMs);
    try {
      const { timeoutMs } = this.rules;
      await inTime(timeoutMs, `took longer than ${timeoutMs} ms`, this.rules.work(item));
    } catch (error) {
      this.logger.warn({ event: 'lane.failed', lane: this.rules.name, key: this.rules.keyOf(item), error });
    } finally {
      clearTimeout(patience);
      give();
      this.keys.delete(this.rules.keyOf(item));
    }
  }
}

/**
 * For work whose state stands in a table, with a lease and a time when it is due: the worker process that learns of it
 * takes it in hand itself, and a queue between processes would carry only what the table says already. Nothing is kept
 * here: what a process can't take, or had in hand when it died, is found again by its ticker, and by the others'.
 */
@Injectable()
export class Lanes implements BeforeApplicationShutdown {
  private readonly logger = new Logger('lanes');
  private readonly lanes = new Map<string, Lane<never>>();

  constructor(@Inject(SETTINGS) private readonly settings: Pick<Settings, 'role'>) {}

  /** One lane per name. Outside worker roles it takes nothing. */
  open<T>(rules: LaneRules<T>): Lane<T> {
    if (this.lanes.has(rules.name)) throw new Error(`the lane "${rules.name}" is open already`);
    const lane = new Lane(runsWorkers(this.settings) ? rules : { ...rules, line: 0 });
    this.lanes.set(rules.name, lane as unknown as Lane<never>);
    return lane;
  }

  counts(): { readonly name: string; readonly waiting: number; readonly active: number }[] {
    return [...this.lanes].map(([name, { counts }]) => ({ name, ...counts }));
  }

  /** What is not done by then ends with the process; its lease ends by itself. */
  async beforeApplicationShutdown(): Promise<void> {
    const ends = Promise.all([...this.lanes.values()].map((lane) => lane.stop()));
    await inTime(FINISH_MS, 'work is still in hand', ends).catch((error: unknown) =>
      this.logger.warn({ event: 'lanes.stop-cut-short', error }),
    );
  }
}
