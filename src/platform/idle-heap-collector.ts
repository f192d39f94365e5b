import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

const TICK_MS = 5_000;
/** Below this share of its time with work, a process is at rest. */
const IDLE_UTILIZATION = 0.05;
const QUIET_TICKS = 3;
/** What is not worth a pause of a tenth of a second. */
const WORTH_BYTES = 20e6;
/** Ticks between two collections: somebody reads now and then also on a quiet site. */
const MIN_SHRINK = 60;

/** What V8 is asked, and told. */
export interface Heap {
  /** Share of the time since the last call in which the event loop had work, 0 to 1. */
  utilization(): number;
  /** What the heap has of the system, in bytes. */
  size(): number;
  collectYoung(): void;
  collectAll(): void;
}

/**
 * Gives back what a busy time needed and a quiet one does not: after its start a process holds 40 MB of garbage, and
 * V8 alone would keep them until as much has been allocated again, which takes hours at rest.
 */
export class IdleHeapCollector {
  private quietTicks = 0;
  private sinceLast = MIN_SHRINK;
  private smallest = 0;

  constructor(private readonly heap: Heap = v8Heap()) {}

  start(): void {
    setInterval(() => this.tick(), TICK_MS).unref();
  }

  tick(): void {
    this.sinceLast++;
    this.quietTicks = this.heap.utilization() < IDLE_UTILIZATION ? this.quietTicks + 1 : 0;
    if (this.sinceLast < MIN_SHRINK || this.heap.size() < this.smallest + WORTH_BYTES) return;
    // V8 shrinks the part for young objects only where it has seen, between two collections, that few are made.
    if (this.quietTicks === 1) this.heap.collectYoung();
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
    collectYoung: () => collect({ type: 'minor' }),
    collectAll: () => collect({ type: 'major' }),
  };
}
