import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { Clock } from '../../../src/platform/clock.js';
import { startApp, type TestApp } from '../../support/app.js';
import { describeOnBothBackends } from '../../support/backends.js';
import { until } from '../../support/processes.js';
import { createSite, type Body, type TestSite } from '../../support/sites.js';

describeOnBothBackends('a bulk import of entitlements', (backend) => {
  let server: TestApp;
  beforeAll(async () => {
    server = await startApp({ databaseUrl: backend.databaseUrl, redisUrl: backend.redisUrl });
  });
  afterAll(() => server?.close());

  const item = (n: number, more: object = {}) => ({
    readerKey: `reader-${n}`,
    tier: 'insider-gold',
    status: 'active',
    validUntil: '2999-01-01T00:00:00Z',
    ...more,
  });
  const send = (site: TestSite, items: readonly object[]) =>
    site.publisher('POST', '/entitlements/imports', { items });
  const runImport = async (
    site: TestSite,
    items: readonly object[],
    request = send(site, items),
  ): Promise<Body> => {
    const started = await request;
    expect([started.status, started.body]).toEqual([
      202,
      expect.objectContaining({ state: 'running', total: items.length, done: 0 }),
    ]);
    const read = async () => (await site.publisher('GET', `/entitlements/imports/${started.body.id}`)).body;
    await until(async () => (await read()).state !== 'running');
    return read();
  };

  it('applies every entitlement, reports progress, and does not stop at invalid ones', async () => {
    const site = await createSite(server, { policy: { gate: { comment: 'insider-gold' } } });
    const items = Array.from({ length: 130 }, (_, n) => item(n));
    items[7] = item(7, { tier: 'diamond' });
    items[120] = item(120, { readerKey: 'reader-0', key: 'gift', status: 'trialing' });
    const done = await runImport(site, items);
    expect(done).toMatchObject({
      state: 'done',
      total: 130,
      done: 130,
      applied: 129,
      unchanged: 0,
      refused: 1,
      errors: [{ index: 7, code: 'unknown-tier', message: expect.stringContaining('diamond') }],
      finishedAt: expect.stringMatching(/Z$/),
    });
    const mayComment = async (sub: string) =>
      (await site.reader(await site.token(sub), 'GET', '/me')).body.gate.comment.allowed;
    expect([
      await mayComment('reader-129'),
      await mayComment('reader-7'),
      await mayComment('reader-0'),
    ]).toEqual([true, false, true]);
    const { items: both } = (await site.publisher('GET', '/readers/reader-0/entitlements')).body;
    expect(both.map(({ key, status }: Body) => [key, status])).toEqual([
      ['default', 'active'],
      ['gift', 'trialing'],
    ]);

    const again = await runImport(site, items);
    expect(again).toMatchObject({ applied: 0, unchanged: 129, refused: 1 });
    const { items: list } = (await site.publisher('GET', '/entitlements/imports')).body;
    expect(list.map(({ id }: Body) => id)).toEqual([again.id, done.id]);
  });

  it('skips readers who were deleted after it was sent', async () => {
    const site = await createSite(server);
    const secret = `whsec_${randomBytes(32).toString('base64')}`;
    await site.publisher('PUT', '/inbound/generic', { secret });
    await site.publisher('PUT', '/organisations/acme', {
      name: 'Acme',
      seats: 5,
      tier: 'insider',
      status: 'active',
    });
    const now = new Date();
    const deletion = {
      type: 'reader.deleted',
      timestamp: now.toISOString(),
      data: { readerKey: 'reader-1' },
    };
    const body = JSON.stringify(deletion);
    const headers = {
      'webhook-id': 'msg_gone',
      'webhook-timestamp': String(Math.floor(now.getTime() / 1000)),
      'webhook-signature': new Webhook(secret).sign('msg_gone', now, body),
    };
    const pushed = await server.call('POST', `/api/v1/sites/${site.id}/inbound/generic`, { body, headers });
    expect(pushed.status).toBe(200);
    // Sent a minute before that, but processed only now.
    const clock = server.app.get(Clock, { strict: false });
    clock.now = () => new Date(Date.now() - 60_000);
    const items = [item(1), item(2), { readerKey: 'reader-1', organisation: 'acme' }];
    const request = send(site, items).finally(() => Reflect.deleteProperty(clock, 'now'));
    const done = await runImport(site, items, request);
    expect(done).toMatchObject({
      applied: 1,
      refused: 2,
      errors: [
        { index: 0, code: 'reader-deleted' },
        { index: 2, code: 'reader-deleted' },
      ],
    });
    expect((await site.publisher('GET', '/readers/reader-1/entitlements')).body.items).toEqual([]);
  });

  it('refuses a malformed list, and is hidden from other sites', async () => {
    const site = await createSite(server);
    for (const items of [
      [],
      {},
      [item(1, { status: 'paused' })],
      [item(1, { key: 'a b' })],
      [{ tier: 'insider' }],
    ]) {
      expect((await site.publisher('POST', '/entitlements/imports', { items })).status).toBe(400);
    }
    expect((await site.publisher('GET', '/entitlements/imports')).body.items).toEqual([]);
    const { id } = await runImport(site, [item(1)]);
    const other = await createSite(server);
    expect((await other.publisher('GET', `/entitlements/imports/${id}`)).status).toBe(404);
    expect((await other.publisher('GET', '/entitlements/imports/none')).status).toBe(404);
  });
});
