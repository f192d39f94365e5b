import { describe, expect, it } from '@jest/globals';
import { BulkheadFull, Bulkheads } from './bulkheads.js';

const neverAborted = new AbortController().signal;

describe('a bulkhead', () => {
  it('runs up to its maximum of calls at once, and the others in order', async () => {
    const bulkheads = new Bulkheads();
    const entered: number[] = [];
    const releases: (() => void)[] = [];
    const calls = [0, 1, 2, 3].map(async (n) => {
      releases[n] = await bulkheads.acquire('site', 2, neverAborted);
      entered.push(n);
    });
    await Promise.all(calls.slice(0, 2));
    expect(entered).toEqual([0, 1]);
    releases[1]();
    await calls[2];
    releases[0]();
    await calls[3];
    expect(entered).toEqual([0, 1, 2, 3]);
  });

  it('does not make calls to other targets wait', async () => {
    const bulkheads = new Bulkheads();
    await bulkheads.acquire('slow', 1, neverAborted);
    void bulkheads.acquire('slow', 1, neverAborted);
    await bulkheads.acquire('other', 1, neverAborted);
  });

  it('refuses calls when its queue is full', async () => {
    const bulkheads = new Bulkheads();
    await bulkheads.acquire('site', 1, neverAborted);
    for (let n = 0; n < 8; n++) void bulkheads.acquire('site', 1, neverAborted);
    await expect(bulkheads.acquire('site', 1, neverAborted)).rejects.toBeInstanceOf(BulkheadFull);
  });

  it('removes a caller who gave up and admits the next one', async () => {
    const bulkheads = new Bulkheads();
    const release = await bulkheads.acquire('site', 1, neverAborted);
    const late = new AbortController();
    const first = bulkheads.acquire('site', 1, late.signal);
    const second = bulkheads.acquire('site', 1, neverAborted);
    late.abort(new Error('too late'));
    await expect(first).rejects.toThrow('too late');
    release();
    (await second)();
    await bulkheads.acquire('site', 1, neverAborted);
  });
});
