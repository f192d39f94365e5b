/** How many calls may wait per slot. */
const QUEUE_FACTOR = 8;

interface Bulkhead {
  inFlight: number;
  /** In order of arrival. */
  readonly queue: (() => void)[];
}

/** Too many calls are already waiting. */
export class BulkheadFull extends Error {}

/**
 * Limits how many calls with the same name run at once, for example the lookups of one site, so that a slow endpoint of
 * one site does not take sockets and memory from the calls of other sites.
 */
export class Bulkheads {
  private readonly byName = new Map<string, Bulkhead>();

  /**
   * Waits for a slot, first come, first served.
   *
   * @param max calls that may run at once
   * @param signal ends the wait
   * @returns a function that releases the slot; call it exactly once
   * @throws BulkheadFull, or the signal's reason
   */
  async acquire(name: string, max: number, signal: AbortSignal): Promise<() => void> {
    let bulkhead = this.byName.get(name);
    if (!bulkhead) this.byName.set(name, (bulkhead = { inFlight: 0, queue: [] }));
    const { queue } = bulkhead;
    if (bulkhead.inFlight < max) bulkhead.inFlight++;
    else if (queue.length >= max * QUEUE_FACTOR) throw new BulkheadFull();
    else await waitInQueue(queue, signal);
    return () => this.release(name, bulkhead);
  }

  private release(name: string, bulkhead: Bulkhead): void {
    const next = bulkhead.queue.shift();
    // The slot passes directly to the next call.
    if (next) next();
    else if (--bulkhead.inFlight === 0) this.byName.delete(name);
  }
}

function waitInQueue(queue: (() => void)[], signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const enter = (): void => {
      signal.removeEventListener('abort', giveUp);
      resolve();
    };
    const giveUp = (): void => {
      queue.splice(queue.indexOf(enter), 1);
      reject(signal.reason as Error);
    };
    signal.addEventListener('abort', giveUp, { once: true });
    queue.push(enter);
  });
}
