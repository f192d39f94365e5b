import { Logger } from '@nestjs/common';
import { Ticker } from './ticker.js';

beforeAll(() => Logger.overrideLogger(false));

describe('the ticker', () => {
  it('runs in worker roles, never twice at once, and continues after an error', async () => {
    const ticker = new Ticker({ role: 'worker' });
    let ticks = 0;
    let running = 0;
    let maxRunning = 0;
    const fourth = new Promise<void>((resolve) => {
      ticker.every('work', 2, async () => {
        ticks += 1;
        running += 1;
        maxRunning = Math.max(maxRunning, running);
        await new Promise((done) => setTimeout(done, 10));
        running -= 1;
        if (ticks === 2) throw new Error('once');
        if (ticks === 4) resolve();
      });
    });
    ticker.onApplicationBootstrap();
    await fourth;
    await ticker.beforeApplicationShutdown();
    expect(maxRunning).toBe(1);
    expect(() => ticker.every('work', 1, async () => undefined)).toThrow('twice');
  });

  it('waits for running work at shutdown', async () => {
    const ticker = new Ticker({ role: 'all' });
    let ended = false;
    const started = new Promise<void>((resolve) => {
      ticker.every('work', 1, async () => {
        resolve();
        await new Promise((done) => setTimeout(done, 20));
        ended = true;
      });
    });
    ticker.onApplicationBootstrap();
    await started;
    await ticker.beforeApplicationShutdown();
    expect(ended).toBe(true);
  });
});
