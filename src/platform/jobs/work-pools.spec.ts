import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { WorkPools, type WorkPool } from './work-pools.js';

interface Item {
  readonly key: string;
}

/** Work that ends on request. */
class Desk {
  readonly begun: string[] = [];
  private readonly ends = new Map<string, (error?: Error) => void>();

  readonly work = ({ key }: Item): Promise<void> => {
    this.begun.push(key);
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
  let desk: Desk;
  let lanes: WorkPools;
  let lane: WorkPool<Item>;
  const offer = (...keys: string[]) => lane.add(keys.map((key) => ({ key })));
  const open = (role: 'all' | 'api') => {
    desk = new Desk();
    lanes = new WorkPools({ role });
    lane = lanes.open<Item>({
      name: 'letters',
      concurrency: 2,
      softTimeoutMs: 1_000,
      timeoutMs: 20_000,
      maxInFlight: 4,
      queueLimit: 3,
      keyOf: ({ key }) => key,
      work: desk.work,
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
    offer('a', 'b', 'c', 'd');
    expect(desk.begun).toEqual(['a', 'b']);
    expect(lanes.counts()).toEqual([{ name: 'letters', waiting: 2, active: 2 }]);
    await desk.end('b');
    expect(desk.begun).toEqual(['a', 'b', 'c']);
  });

  it('starts the next item when one takes long, up to a limit', async () => {
    offer('a', 'b', 'c');
    offer('d', 'e');
    await jest.advanceTimersByTimeAsync(1_000);
    expect(desk.begun).toEqual(['a', 'b', 'c', 'd']);
    await jest.advanceTimersByTimeAsync(10_000);
    expect(desk.begun).toEqual(['a', 'b', 'c', 'd']);
    await desk.end('a');
    expect(desk.begun).toEqual(['a', 'b', 'c', 'd', 'e']);
  });

  it('frees the place of a slow item only once', async () => {
    offer('a', 'b');
    await jest.advanceTimersByTimeAsync(1_000);
    await desk.end('a');
    await desk.end('b');
    offer('c', 'd', 'e');
    expect(desk.begun).toEqual(['a', 'b', 'c', 'd']);
  });

  it('ignores an item whose key is queued or running, and accepts it again afterwards', async () => {
    offer('a', 'b', 'c');
    offer('a', 'c');
    expect(lane.counts).toEqual({ waiting: 1, active: 2 });
    await desk.end('a');
    offer('a');
    expect(lane.counts).toEqual({ waiting: 1, active: 2 });
  });

  it('drops items when its queue is full, so that they must be offered again', async () => {
    offer('a', 'b');
    offer('c', 'd', 'e', 'f');
    expect(lane.counts).toEqual({ waiting: 3, active: 2 });
    await desk.end('a');
    offer('f');
    expect(lane.counts).toEqual({ waiting: 3, active: 2 });
  });

  it('continues after an item fails', async () => {
    offer('a', 'b', 'c');
    await desk.end('a', new Error('no connection'));
    expect(desk.begun).toEqual(['a', 'b', 'c']);
  });

  it('gives up on an item that never ends, so that it can run again', async () => {
    offer('a');
    await jest.advanceTimersByTimeAsync(20_000);
    expect(lane.counts).toEqual({ waiting: 0, active: 0 });
    offer('a');
    expect(desk.begun).toEqual(['a', 'a']);
  });

  it('stops when running items are done, and starts no more', async () => {
    offer('a', 'b', 'c');
    let stopped = false;
    const stop = lanes.beforeApplicationShutdown().then(() => (stopped = true));
    await desk.end('a');
    offer('d');
    expect(desk.begun).toEqual(['a', 'b']);
    expect(stopped).toBe(false);
    await desk.end('b');
    await stop;
    expect(lane.counts).toEqual({ waiting: 0, active: 0 });
  });

  it('waits at most six seconds for running items', async () => {
    offer('a');
    const stop = lanes.beforeApplicationShutdown();
    await jest.advanceTimersByTimeAsync(6_000);
    await stop;
    expect(lane.counts).toEqual({ waiting: 0, active: 1 });
  });

  it('accepts nothing in a process that runs no workers', () => {
    open('api');
    offer('a');
    expect(desk.begun).toEqual([]);
    expect(lane.counts).toEqual({ waiting: 0, active: 0 });
  });
});
