import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { WorkPools, type WorkPool } from './work-pools.js';

interface Item {
  readonly key: string;
}

/** Work that ends on request. */
class ControlledWork {
  readonly startedKeys: string[] = [];
  private readonly ends = new Map<string, (error?: Error) => void>();

  readonly work = ({ key }: Item): Promise<void> => {
    this.startedKeys.push(key);
    return new Promise((resolve, reject) =>
      this.ends.set(key, (error) => (error ? reject(error) : resolve())),
    );
  };

  async end(key: string, error?: Error): Promise<void> {
    this.ends.get(key)!(error);
    await jest.advanceTimersByTimeAsync(0);
  }
}

describe('a work pool', () => {
  let controlledWork: ControlledWork;
  let pools: WorkPools;
  let pool: WorkPool<Item>;
  const addItems = (...keys: string[]) => pool.add(keys.map((key) => ({ key })));
  const open = (role: 'all' | 'api') => {
    controlledWork = new ControlledWork();
    pools = new WorkPools({ role });
    pool = pools.open<Item>({
      name: 'emails',
      concurrency: 2,
      softTimeoutMs: 1_000,
      timeoutMs: 20_000,
      maxInFlight: 4,
      queueLimit: 3,
      keyOf: ({ key }) => key,
      work: controlledWork.work,
    });
  };
  beforeEach(() => {
    jest.useFakeTimers();
    open('all');
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('runs a fixed number of items at once and queues the others in order', async () => {
    addItems('a', 'b', 'c', 'd');
    expect(controlledWork.startedKeys).toEqual(['a', 'b']);
    expect(pools.counts()).toEqual([{ name: 'emails', waiting: 2, active: 2 }]);
    await controlledWork.end('b');
    expect(controlledWork.startedKeys).toEqual(['a', 'b', 'c']);
  });

  it('starts the next item when one takes long, up to a limit', async () => {
    addItems('a', 'b', 'c');
    addItems('d', 'e');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(controlledWork.startedKeys).toEqual(['a', 'b', 'c', 'd']);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(controlledWork.startedKeys).toEqual(['a', 'b', 'c', 'd']);
    await controlledWork.end('a');
    expect(controlledWork.startedKeys).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('frees the slot of a slow item only once', async () => {
    addItems('a', 'b');
    await jest.advanceTimersByTimeAsync(1_000);
    await controlledWork.end('a');
    await controlledWork.end('b');
    addItems('c', 'd', 'e');
    expect(controlledWork.startedKeys).toEqual(['a', 'b', 'c', 'd']);
  });

  it('ignores an item whose key is queued or running, and accepts it again afterwards', async () => {
    addItems('a', 'b', 'c');
    addItems('a', 'c');
    expect(pool.counts).toEqual({ waiting: 1, active: 2 });
    await controlledWork.end('a');
    addItems('a');
    expect(pool.counts).toEqual({ waiting: 1, active: 2 });
  });

  it('drops items when its queue is full, so that they must be added again', async () => {
    addItems('a', 'b');
    addItems('c', 'd', 'e', 'f');
    expect(pool.counts).toEqual({ waiting: 3, active: 2 });
    await controlledWork.end('a');
    addItems('f');
    expect(pool.counts).toEqual({ waiting: 3, active: 2 });
  });

  it('continues after an item fails', async () => {
    addItems('a', 'b', 'c');
    await controlledWork.end('a', new Error('no connection'));
    expect(controlledWork.startedKeys).toEqual(['a', 'b', 'c']);
  });

  it('gives up on an item that never ends, so that it can run again', async () => {
    addItems('a');
    await jest.advanceTimersByTimeAsync(20_000);
    expect(pool.counts).toEqual({ waiting: 0, active: 0 });
    addItems('a');
    expect(controlledWork.startedKeys).toEqual(['a', 'a']);
  });

  it('stops when running items are done, and starts no more', async () => {
    addItems('a', 'b', 'c');
    let stopped = false;
    const stop = pools.beforeApplicationShutdown().then(() => (stopped = true));
    await controlledWork.end('a');
    addItems('d');
    expect(controlledWork.startedKeys).toEqual(['a', 'b']);
    expect(stopped).toBe(false);
    await controlledWork.end('b');
    await stop;
    expect(pool.counts).toEqual({ waiting: 0, active: 0 });
  });

  it('waits at most six seconds for running items', async () => {
    addItems('a');
    const stop = pools.beforeApplicationShutdown();
    await jest.advanceTimersByTimeAsync(6_000);
    await stop;
    expect(pool.counts).toEqual({ waiting: 0, active: 1 });
  });

  it('accepts nothing in a process that runs no workers', () => {
    open('api');
    addItems('a');
    expect(controlledWork.startedKeys).toEqual([]);
    expect(pool.counts).toEqual({ waiting: 0, active: 0 });
  });
});
