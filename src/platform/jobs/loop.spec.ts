import { Logger } from '@nestjs/common';
import { Loop } from './loop.js';

/** Creates a loop that counts its rounds. `rounds(n)` resolves when n rounds have started. */
function createLoop(pollMs: number, round: (n: number) => Promise<boolean>) {
  let n = 0;
  const waiters: { count: number; resolve: () => void }[] = [];
  const loop = new Loop('spec', pollMs, async () => {
    n += 1;
    waiters.filter(({ count }) => n >= count).forEach(({ resolve }) => resolve());
    return round(n);
  });
  const rounds = (count: number): Promise<void> =>
    n >= count ? Promise.resolve() : new Promise((resolve) => waiters.push({ count, resolve }));
  return { loop, rounds, count: () => n };
}

const HOUR_MS = 3_600_000;

beforeAll(() => Logger.overrideLogger(false));

describe('a loop', () => {
  it('runs again immediately while there is more work, then waits to be woken', async () => {
    const { loop, rounds, count } = createLoop(HOUR_MS, async (n) => n < 3);
    loop.start();
    await rounds(3);
    loop.wake();
    await rounds(4);
    await loop.stop();
    expect(count()).toBe(4);
  });

  it('runs again when it is woken during a round', async () => {
    const created = createLoop(HOUR_MS, async (n) => {
      if (n === 1) created.loop.wake();
      return false;
    });
    created.loop.start();
    await created.rounds(2);
    await created.loop.stop();
    expect(created.count()).toBe(2);
  });

  it('runs at the polling interval without being woken, even after an error', async () => {
    const { loop, rounds } = createLoop(5, async () => {
      throw new Error('no');
    });
    loop.start();
    await rounds(3);
    await loop.stop();
  });

  it('stops after the current round and never runs again', async () => {
    let end = (): void => undefined;
    const { loop, rounds, count } = createLoop(
      1,
      () => new Promise((resolve) => (end = () => resolve(true))),
    );
    loop.start();
    await rounds(1);
    let stopped = false;
    const stopping = loop.stop().then(() => (stopped = true));
    await Promise.resolve();
    expect(stopped).toBe(false);
    end();
    await stopping;
    loop.wake();
    expect(count()).toBe(1);
  });
});
