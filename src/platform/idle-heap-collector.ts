import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const TICK_MS = 5_000;
/** A process is idle if its event loop is busy for less than this share of the time. */
const IDLE_UTILIZATION = 0.05;
const QUIET_TICKS = 3;
/** Freeing less than this is not worth a pause of a tenth of a second. */
const MIN_RECLAIMABLE_BYTES = 20e6;
/** Minimum number of ticks between two collections: even a quiet site gets occasional requests. */
const MIN_TICKS_BETWEEN_RUNS = 60;

/** The V8 functions that the collector needs. */
export interface Heap {
  /** Share of the time since the last call in which the event loop was busy, 0 to 1. */
  utilization(): number;
  /** Heap memory allocated from the system, in bytes. */
  size(): number;
  collectYoungGeneration(): void;
  collectAll(): void;
}

/**
 * Returns memory to the system when a process becomes idle. After startup a process holds 40 MB of garbage, and V8
 * alone would keep it until as much has been allocated again, which takes hours when idle.
 */
export class IdleHeapCollector {
  private quietTicks = 0;
  private sinceLast = MIN_TICKS_BETWEEN_RUNS;
  private smallest = 0;

  constructor(private readonly heap: Heap = v8Heap()) {}

  start(): void {
    setInterval(() => this.tick(), TICK_MS).unref();
  }

  tick(): void {
    this.sinceLast++;
    this.quietTicks = this.heap.utilization() < IDLE_UTILIZATION ? this.quietTicks + 1 : 0;
    if (this.sinceLast < MIN_TICKS_BETWEEN_RUNS || this.heap.size() < this.smallest + MIN_RECLAIMABLE_BYTES)
      return;
    // V8 shrinks the young generation only if it has seen few allocations between two collections.
    if (this.quietTicks === 1) this.heap.collectYoungGeneration();
    if (this.quietTicks < QUIET_TICKS) return;
    this.heap.collectAll();
    this.smallest = this.heap.size();
    this.sinceLast = 0;
  }
}

function v8Heap(): Heap {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as (how: { type: 'minor' | 'major' }) => void;
  setFlagsFromString('--no-expose-gc');
  let before = performance.eventLoopUtilization();
  return {
    utilization: () => {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, before);
      before = now;
      return utilization;
    },
    size: () => process.memoryUsage().heapTotal,
    collectYoungGeneration: () => collect({ type: 'minor' }),
    collectAll: () => collect({ type: 'major' }),
  };
}
