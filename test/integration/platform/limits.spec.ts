import { describeOnBothBackends } from '../../support/backends.js';
import { startValkeyServer } from '../../support/valkey-server.js';
import { startPlatform, type PlatformFixture } from '../../support/platform-fixture.js';
import { until } from '../../support/processes.js';

const LONG_MS = 60_000;

describeOnBothBackends('limits', (backend) => {
  let one: PlatformFixture;
  let other: PlatformFixture;

  beforeAll(async () => {
    [one, other] = await Promise.all([
      startPlatform({ ...backend }),
      startPlatform({ ...backend, role: 'api' }),
    ]);
  });
  afterAll(() => Promise.all([one.close(), other.close()]));

  it('allow the configured number of hits across all processes', async () => {
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

  it('start over when the window has ended', async () => {
    // The window is long enough for two calls on a busy machine.
    const window = 1_500;
    expect(await one.limits.hit('short', 1, window)).toEqual({ allowed: true });
    expect(await one.limits.hit('short', 1, window)).toMatchObject({ allowed: false });
    await until(async () => (await one.limits.hit('short', 1, window)).allowed);
  });

  it('count a hit even if its transaction is rolled back', async () => {
    await one.database
      .inSystem(async () => {
        expect(await one.limits.hit('rolled back', 1, LONG_MS)).toEqual({ allowed: true });
        throw new Error('no');
      })
      .catch(() => undefined);
    expect(await one.limits.hit('rolled back', 1, LONG_MS)).toMatchObject({ allowed: false });
  });

  it('do not run out of connections when every writer checks a limit within its transaction', async () => {
    const verdicts = await Promise.all(
      Array.from({ length: 40 }, () => one.database.inSystem(() => one.limits.hit('crowd', 40, LONG_MS))),
    );
    expect(verdicts.every(({ allowed }) => allowed)).toBe(true);
  });

  it('are counted in memory if the database cannot count', async () => {
    const singleProcess = await startPlatform({
      databaseUrl: backend.databaseUrl,
      redisUrl: null,
      role: 'api',
    });
    singleProcess.database.separateStatement = () => Promise.reject(new Error('connection refused'));
    const verdicts = [];
    for (let n = 0; n < 4; n++) verdicts.push(await singleProcess.limits.hit('alone', 2, LONG_MS));
    expect(verdicts.map(({ allowed }) => allowed)).toEqual([true, true, false, false]);
    await expect(singleProcess.limits.hitForGuess('alone', 2, LONG_MS)).rejects.toThrow('connection refused');
    await singleProcess.close();
  });

  it('allow everything when they are switched off', async () => {
    const unlimited = await startPlatform({ ...backend, limits: false });
    for (let n = 0; n < 3; n++)
      expect(await unlimited.limits.hit('off', 1, LONG_MS)).toEqual({ allowed: true });
    await unlimited.close();
  });

  if (backend.kind === 'redis') {
    it('are counted in PostgreSQL while Valkey is unavailable, and in Valkey again when it is back', async () => {
      const valkey = await startValkeyServer();
      const options = { databaseUrl: backend.databaseUrl, redisUrl: valkey.url };
      // Two processes share one count even during the outage.
      const [apiA, apiB] = await Promise.all([
        startPlatform({ ...options, role: 'api' }),
        startPlatform({ ...options, role: 'api' }),
      ]);
      await apiA.limits.hit('away', 2, LONG_MS);
      await valkey.kill();
      const verdicts = [];
      for (let n = 0; n < 6; n++) verdicts.push(await (n % 2 ? apiA : apiB).limits.hit('away', 2, LONG_MS));
      expect(verdicts.map(({ allowed }) => allowed)).toEqual([true, true, false, false, false, false]);
      await valkey.start();
      // Valkey has lost its counts, so counting starts again.
      await until(async () => (await apiA.limits.hit('away', 2, LONG_MS)).allowed);
      await Promise.all([apiA.close(), apiB.close()]);
      await valkey.remove();
    });
  }
});
