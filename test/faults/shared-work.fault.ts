import { describeOnBothBackends } from '../support/backends.js';
import { openEventStream } from '../support/http-event-stream.js';
import { until } from '../support/processes.js';
import { startProduct, type Product } from '../support/product.js';
import type { Body } from '../support/sites.js';
import { MAX_WAIT_MS, TEST_MS, PromiseChecker } from '../support/promise-checker.js';

async function metric({ url }: Product, name: string): Promise<number> {
  const text = await (await fetch(`${url}/metrics`)).text();
  const lines = text.split('\n').filter((line) => line.startsWith(`${name} `) || line.startsWith(`${name}{`));
  return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0);
}

describeOnBothBackends('two APIs and two workers on one database', (backend) => {
  let apis: Product[];
  let workers: Product[];
  let checker: PromiseChecker;

  beforeAll(async () => {
    const start = (role: 'api' | 'worker') => startProduct({ ...backend, role, env: { LIMITS: 'off' } });
    [apis, workers] = await Promise.all(
      (['api', 'worker'] as const).map((role) => Promise.all([start(role), start(role)])),
    );
    checker = await PromiseChecker.open(apis[0]);
  }, TEST_MS);
  afterAll(async () => {
    await checker?.close();
    await Promise.all([...apis, ...workers].map(({ process }) => process.kill()));
  }, TEST_MS);

  it(
    'share the work: both workers make decisions and deliver webhooks, and nothing is lost',
    async () => {
      let turn = 0;
      checker.watch(() => apis[1]);
      await checker.postAll(() => apis[turn++ % 2], 0, 60);
      await checker.expectPromisesHold(apis[1]);
      // Which of the two gets a job is random. It would be a bug if one of them never got any.
      const bothActive = async (name: string): Promise<boolean> =>
        (await Promise.all(workers.map((worker) => metric(worker, name)))).every((count) => count > 0);
      for (const name of ['postbag_decision_seconds_count', 'postbag_webhook_attempts_total']) {
        await until(async () => {
          if (await bothActive(name)) return true;
          expect(await checker.post(apis[turn % 2], 60 + turn++)).toBe(202);
          return bothActive(name);
        }, MAX_WAIT_MS);
      }
    },
    TEST_MS,
  );

  it(
    'stream comments posted to one API to the clients of the other',
    async () => {
      for (const [from, to] of [apis, apis.toReversed()]) {
        const n = 100 + apis.indexOf(to) * 4;
        const token = await checker.token(`reader-${n}`);
        const url = to.url + checker.threadPath.replace(/comments$/, 'events');
        const everybody = await openEventStream(url);
        const own = await openEventStream(url, { authorization: `Bearer ${token}` });
        await Promise.all([everybody, own].map((stream) => stream.next('counts', MAX_WAIT_MS)));
        expect(await checker.post(from, n)).toBe(202);
        const { id } = checker.accepted.get(n)!;
        expect((await everybody.next('comment.published', MAX_WAIT_MS)).comment).toMatchObject({ id });
        expect(await own.next('comment.decided', MAX_WAIT_MS)).toMatchObject({ id, status: 'published' });
        for (const stream of [everybody, own]) stream.close();
      }
    },
    TEST_MS,
  );

  it(
    'apply a cancellation from one API at once on the other',
    async () => {
      await checker.publisher(apis[0], 'PATCH', '/policy', { gate: { comment: 'insider-gold' } });
      const post = (api: Product, token: string) =>
        api.call<Body>('POST', checker.threadPath, { token, body: { body: 'While I may.' } });
      const pushStatus = (api: Product, reader: string, status: string) =>
        checker.publisher(api, 'PUT', `/readers/${reader}/entitlement`, { tier: 'insider-gold', status });
      await until(async () => (await post(apis[1], await checker.token('free'))).status === 403, MAX_WAIT_MS);

      for (let round = 0; round < 10; round++) {
        const [api, otherApi] = round % 2 === 0 ? apis : apis.toReversed();
        const reader = `subscriber-${round}`;
        const token = await checker.token(reader, { tier: 'insider-gold' });
        // At this point, the other process has cached the reader.
        expect((await post(otherApi, token)).status).toBe(202);
        expect((await pushStatus(api, reader, 'cancelled')).status).toBe(200);
        expect(await post(otherApi, token)).toMatchObject({
          status: 403,
          body: { code: 'entitlement-ended' },
        });
        expect((await pushStatus(otherApi, reader, 'active')).status).toBe(200);
        expect((await post(api, token)).status).toBe(202);
      }
    },
    TEST_MS,
  );
});
