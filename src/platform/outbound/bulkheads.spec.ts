import { describe, expect, it } from '@jest/globals';
import { BulkheadFull, Bulkheads } from './bulkheads.js';

const never = new AbortController().signal;

describe('a bulkhead', () => {
  it('admits up to its maximum, then the others in order', async () => {
    const bulkheads = new Bulkheads();
    const entered: number[] = [];
    const leave: (() => void)[] = [];
    const calls = [0, 1, 2, 3].map(async (n) => {
      leave[n] = await bulkheads.enter('site', 2, never);
      entered.push(n);
    });
    await Promise.all(calls.slice(0, 2));
    expect(entered).toEqual([0, 1]);
    leave[1]();
    await calls[2];
    leave[0]();
    await calls[3];
    expect(entered).toEqual([0, 1, 2, 3]);
  });

  it('does not make calls to other targets wait', async () => {
    const bulkheads = new Bulkheads();
    await bulkheads.enter('slow', 1, never);
    void bulkheads.enter('slow', 1, never);
    await bulkheads.enter('other', 1, never);
  });

  it('refuses calls when its queue is full', async () => {
    const bulkheads = new Bulkheads();
    await bulkheads.enter('site', 1, never);
    for (let n = 0; n < 8; n++) void bulkheads.enter('site', 1, never);
    await expect(bulkheads.enter('site', 1, never)).rejects.toBeInstanceOf(BulkheadFull);
  });

  it('removes a caller who gave up and admits the next one', async () => {
    const bulkheads = new Bulkheads();
    const leave = await bulkheads.enter('site', 1, never);
    const late = new AbortController();
    const first = bulkheads.enter('site', 1, late.signal);
    const second = bulkheads.enter('site', 1, never);
    late.abort(new Error('too late'));
    await expect(first).rejects.toThrow('too late');
    leave();
    (await second)();
    await bulkheads.enter('site', 1, never);
  });
});
