import { describeOnBothBackends } from '../../support/backends.js';
import { startOwnValkey } from '../../support/own-valkey.js';
import { startPlumbing, type Plumbing } from '../../support/plumbing.js';
import { until } from '../../support/processes.js';

const LONG_MS = 60_000;

describeOnBothBackends('limits', (backend) => {
  let one: Plumbing;
  let other: Plumbing;

  beforeAll(async () => {
    [one, other] = await Promise.all([
      startPlumbing({ ...backend }),
      startPlumbing({ ...backend, role: 'api' }),
    ]);
  });
  afterAll(() => Promise.all([one.close(), other.close()]));

  it('allows as many as were asked for, in all processes together', async () => {
    const verdicts = await Promise.all(
      Array.from({ length: 20 }, (_, n) => (n % 2 ? one : other).limits.hit('together', 7, LONG_MS)),
    );
    expect(verdicts.filter(({ allowed }) => allowed)).toHaveLength(7);
    const refused = await one.limits.hit('together', 7, LONG_MS);
    expect(refused).toMatchObject({ allowed: false });
    expect((refused as { retryAfterMs: number }).retryAfterMs).toBeGreaterThan(LONG_MS - 20_000);
    expect((refused as { retryAfterMs: number }).retryAfterMs).toBeLessThanOrEqual(LONG_MS);
    expect(await one.limits.hit('somebody else', 7, LONG_MS)).toEqual({ allowed: true });
  });

  it('begins anew when the window has ended', async () => {
    // Long enough for two calls of a machine that has much else to do.
    const window = 1_500;
    expect(await one.limits.hit('short', 1, window)).toEqual({ allowed: true });
    expect(await one.limits.hit('short', 1, window)).toMatchObject({ allowed: false });
    await until(async () => (await one.limits.hit('short', 1, window)).allowed);
  });

  it('counts a hit of a transaction that is rolled back', async () => {
    await one.database
      .inSystem(async () => {
        expect(await one.limits.hit('rolled back', 1, LONG_MS)).toEqual({ allowed: true });
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(await one.limits.hit('rolled back', 1, LONG_MS)).toMatchObject({ allowed: false });
  });

  it('does not run out of connections when every writer asks within its transaction', async () => {
    const verdicts = await Promise.all(
      Array.from({ length: 40 }, () => one.database.inSystem(() => one.limits.hit('crowd', 40, LONG_MS))),
    );
    expect(verdicts.every(({ allowed }) => allowed)).toBe(true);
  });

  it('allows everything when it is switched off', async () => {
    const off = await startPlumbing({ ...backend, limits: false });
    for (let n = 0; n < 3; n++) expect(await off.limits.hit('off', 1, LONG_MS)).toEqual({ allowed: true });
    await off.close();
  });

  if (backend.kind === 'redis') {
    it('allows everything while the server is away, and counts again when it is back', async () => {
      const valkey = await startOwnValkey();
      const plumbing = await startPlumbing({
        databaseUrl: backend.databaseUrl,
        redisUrl: valkey.url,
        role: 'api',
      });
      await plumbing.limits.hit('away', 1, LONG_MS);
      await valkey.kill();
      expect(await plumbing.limits.hit('away', 1, LONG_MS)).toEqual({ allowed: true });
      expect(await plumbing.limits.hit('away', 1, LONG_MS)).toEqual({ allowed: true });
      await valkey.start();
      await until(async () => !(await plumbing.limits.hit('away', 1, LONG_MS)).allowed);
      await plumbing.close();
      await valkey.remove();
    });
  }
});
