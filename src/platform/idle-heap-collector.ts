import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const TICK_MS = 5_000;
/** A process is idle if its event loop is busy for less than this share of the time. */
const IDLE_UTILIZATION = 0.05;
const IDLE_TICKS = 3;
/** Freeing less than this is not worth a pause of a tenth of a second. */
const MIN_RECLAIMABLE_BYTES = 20e6;
/**
 * Minimum number of ticks between two collections, because even a site with little traffic gets occasional requests.
 */
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
 * Collects garbage when a process becomes idle, so that memory returns to the system. After startup a process holds 40
 * MB of garbage. V8 would collect it only after as much has been allocated again, which takes an idle process hours.
 */
export class IdleHeapCollector {
  private idleTicks = 0;
  private ticksSinceLastRun = MIN_TICKS_BETWEEN_RUNS;
  private sizeAfterLastRun = 0;

  constructor(private readonly heap: Heap = v8Heap()) {}

  start(): void {
    setInterval(() => this.tick(), TICK_MS).unref();
  }

  tick(): void {
    this.ticksSinceLastRun++;
    this.idleTicks = this.heap.utilization() < IDLE_UTILIZATION ? this.idleTicks + 1 : 0;
    if (
      this.ticksSinceLastRun < MIN_TICKS_BETWEEN_RUNS ||
      this.heap.size() < this.sizeAfterLastRun + MIN_RECLAIMABLE_BYTES
    )
      return;
    // V8 shrinks the young generation only if it has seen few allocations between two collections.
    if (this.idleTicks === 1) this.heap.collectYoungGeneration();
    if (this.idleTicks < IDLE_TICKS) return;
    this.heap.collectAll();
    this.sizeAfterLastRun = this.heap.size();
    this.ticksSinceLastRun = 0;
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
