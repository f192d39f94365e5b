import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { Clock } from '../../../src/platform/clock.js';
import { startApp, type TestApp } from '../../support/app.js';
import { EventStream } from '../../support/event-stream.js';
import { LookUpEndpoint } from '../../support/look-up-endpoint.js';
import { asSuperuser, freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';
import { createSite, type Body, type TestSite } from '../../support/sites.js';

const STORY = { url: 'https://news.example/s', title: 'A story', section: 'Politics' };
const GOLD = { gate: { comment: 'insider-gold' } };
const OPEN = { gate: { comment: 'signed-in' } };
const inMs = (ms: number): string => new Date(Date.now() + ms).toISOString();

let database: FreshDatabase;
/** Two API processes with one database. */
let server: TestApp;
let second: TestApp;

beforeAll(async () => {
  database = await freshDatabase();
  const settings = { role: 'api' } as const;
  [server, second] = await Promise.all([
    startApp({ databaseUrl: database.url, settings }),
    startApp({ databaseUrl: database.url, settings }),
  ]);
});
afterAll(async () => {
  await Promise.all([server?.close(), second?.close()]);
  await database?.drop();
});

/** Sets the clock of both processes ahead. */
const advanceClock = (ms: number): void => {
  for (const { app } of [server, second])
    app.get(Clock, { strict: false }).now = () => new Date(Date.now() + ms);
};
afterEach(() => {
  for (const { app } of [server, second]) Reflect.deleteProperty(app.get(Clock, { strict: false }), 'now');
});

const threadAt = async (app: TestApp, site: TestSite, token: string | null = null, story = 's') =>
  (
    await app.call<Body>('GET', `/api/v1/sites/${site.id}/stories/${story}/comments`, {
      ...(token === null ? {} : { token }),
    })
  ).body;
const post = (site: TestSite, token: string, body: string, story = 's') =>
  site.reader(token, 'POST', `/sites/${site.id}/stories/${story}/comments`, { body });
async function createSiteWithStory(policy?: object): Promise<TestSite> {
  const site = await createSite(server, { policy: GOLD });
  await site.publisher('PUT', '/stories/s', { ...STORY, ...(policy ? { policy } : {}) });
  await site.publisher('PUT', '/stories/other', { ...STORY, section: 'Sport' });
  return site;
}

describe('an override', () => {
  it('opens a section to everyone and ends automatically, in every process, also for readers without a token', async () => {
    const site = await createSiteWithStory();
    const token = await site.token('free');
    const signedOut = async (app: TestApp) => (await threadAt(app, site)).gate.comment.requiredTier?.key;
    expect([await signedOut(server), await signedOut(second)]).toEqual(['insider-gold', 'insider-gold']);
    const until = inMs(60_000);
    const put = await site.publisher('PUT', '/overrides/open-week', {
      section: 'Politics',
      until,
      policy: OPEN,
    });
    expect(put.body).toMatchObject({ key: 'open-week', section: 'Politics', storyKey: null, inForce: true });
    expect(await signedOut(server)).toBeUndefined();
    expect((await threadAt(server, site, token)).gate.comment).toEqual({ allowed: true });
    expect((await threadAt(server, site, token, 'other')).gate.comment.code).toBe('tier-required');
    expect((await post(site, token, 'Hear, hear.')).status).toBe(202);
    advanceClock(60_001);
    // No notification was sent: cached pages contain their expiry time.
    expect([await signedOut(server), await signedOut(second)]).toEqual(['insider-gold', 'insider-gold']);
    expect((await post(site, token, 'Me too.')).body).toMatchObject({ status: 403, code: 'tier-required' });
    expect((await site.publisher('GET', '/overrides/open-week')).body.inForce).toBe(false);
  });

  it('starts at its start time, and ends when it is deleted', async () => {
    const site = await createSiteWithStory();
    const mayComment = async () =>
      (await threadAt(second, site, await site.token('free'))).gate.comment.allowed;
    await site.publisher('PUT', '/overrides/later', { from: inMs(60_000), policy: OPEN });
    expect(await mayComment()).toBe(false);
    advanceClock(60_001);
    // The other process may get the notification a little later.
    await until(mayComment);
    expect((await site.publisher('DELETE', '/overrides/later')).status).toBe(204);
    expect((await threadAt(server, site, await site.token('free'))).gate.comment.allowed).toBe(false);
    expect((await site.publisher('DELETE', '/overrides/later')).status).toBe(404);
  });

  it('for a story takes precedence over one for its section, which takes precedence over one for the whole site', async () => {
    const site = await createSiteWithStory({ gate: { react: 'insider' } });
    const put = (key: string, where: object, policy: object) =>
      site.publisher('PUT', `/overrides/${key}`, { ...where, policy: { gate: policy } });
    await put('a', {}, { comment: 'signed-in', reply: 'insider', react: 'insider-gold', flag: 'insider' });
    await put('b', { section: 'Politics' }, { reply: 'insider-gold', flag: 'insider-gold' });
    await put('c', { storyKey: 's' }, { flag: 'signed-in' });
    const { gate } = await threadAt(server, site);
    expect([gate.comment, gate.reply, gate.react, gate.flag].map((each) => each.requiredTier?.key)).toEqual([
      undefined,
      'insider-gold',
      'insider',
      undefined,
    ]);
  });

  it('is refused if it changes nothing, ends before it starts or names something unknown', async () => {
    const site = await createSiteWithStory();
    const put = async (body: object, key = 'x') =>
      (await site.publisher('PUT', `/overrides/${key}`, body)).body.errors?.[0].pointer;
    expect(await put({ policy: {} })).toBe('/policy');
    expect(await put({ policy: OPEN, from: inMs(2000), until: inMs(1000) })).toBe('/until');
    expect(await put({ policy: { gate: { comment: 'diamond' } } })).toBe('/policy/gate/comment');
    expect(await put({ policy: { tiers: { diamond: { maxChars: 5 } } } })).toBe('/policy/tiers/diamond');
    expect(await put({ policy: OPEN, section: 'a', storyKey: 'b' })).toBe('/storyKey');
    expect(await put({ policy: OPEN }, 'a b')).toBe('/path/key');
    await site.publisher('PUT', '/overrides/x', { policy: { gate: { comment: 'insider' } } });
    const remainingTiers = [{ key: 'insider-gold', name: 'Gold', rank: 30 }];
    expect((await site.publisher('PUT', '/tiers', remainingTiers)).body).toMatchObject({
      status: 409,
      code: 'tier-in-use',
    });
    const stranger = await createSite(server);
    expect((await stranger.publisher('GET', '/overrides/x')).status).toBe(404);
    expect((await stranger.publisher('GET', '/overrides')).body.items).toEqual([]);
  });
});

describe('the kind of an entitlement', () => {
  it('is stored and returned, and has no influence on whether the entitlement is in effect', async () => {
    const site = await createSiteWithStory();
    const put = async (key: string, body: object) => {
      const path = `/readers/ada/entitlements/${key}`;
      const { kind, grantedBy, counts } = (
        await site.publisher('PUT', path, { tier: 'insider-gold', status: 'active', ...body })
      ).body;
      return [kind, grantedBy, counts];
    };
    expect(await put('own', { status: 'cancelled' })).toEqual(['subscription', null, false]);
    expect(await put('try', { status: 'trialing', validUntil: inMs(-1) })).toEqual(['trial', null, false]);
    const ada = await site.token('ada');
    expect((await threadAt(server, site, ada)).gate.comment.code).toBe('entitlement-ended');
    expect(await put('acme', { kind: 'seat', grantedBy: 'Acme' })).toEqual(['seat', 'Acme', true]);
    expect((await threadAt(second, site, ada)).gate.comment).toEqual({ allowed: true });
    expect(await put('acme', { kind: 'seat', grantedBy: 'Acme', status: 'expired' })).toEqual([
      'seat',
      'Acme',
      false,
    ]);
    expect((await threadAt(second, site, ada)).gate.comment.code).toBe('entitlement-ended');
    const imported = { readerKey: 'ada', key: 'gift', tier: 'insider-gold', status: 'active', kind: 'gift' };
    expect((await site.publisher('POST', '/entitlements/imports', { items: [imported] })).status).toBe(202);
    expect(await put('x', { kind: 'loan' })).toEqual([undefined, undefined, undefined]);
  });
});

describe('an open page', () => {
  const open = async (app: TestApp, site: TestSite, token: string | null) => {
    const stream = await EventStream.open(
      `${app.url}/api/v1/sites/${site.id}/stories/s/events`,
      token === null ? {} : { authorization: `Bearer ${token}` },
    );
    await stream.next('counts');
    return stream;
  };

  it('is notified when the gate opens or closes, after a change or because time has passed', async () => {
    const site = await createSiteWithStory();
    const [ada, nobody] = [await open(second, site, await site.token('ada')), await open(second, site, null)];
    const validUntil = inMs(1_500);
    await site.publisher('PUT', '/readers/ada/entitlement', {
      tier: 'insider-gold',
      status: 'active',
      validUntil,
    });
    let update;
    do update = (await ada.next('gate')).data;
    while (update.gate.comment.allowed);
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(validUntil));
    expect(update).toMatchObject({ gate: { comment: { code: 'entitlement-ended' } }, tier: null });
    await site.publisher('PUT', '/readers/ada/entitlement', { tier: 'insider-gold', status: 'active' });
    expect((await ada.next('gate')).data).toMatchObject({
      gate: { comment: { allowed: true } },
      tier: { key: 'insider-gold', name: 'Insider Gold' },
    });
    const override = { policy: { gate: { comment: 'insider' } } };
    await site.publisher('PUT', '/overrides/a', override);
    expect((await nobody.next('gate')).data.gate.comment.requiredTier.key).toBe('insider');
    const until = inMs(700);
    await site.publisher('PUT', '/overrides/a', { ...override, until });
    expect((await nobody.next('gate')).data.gate.comment.requiredTier.key).toBe('insider-gold');
    expect(Date.now()).toBeGreaterThanOrEqual(Date.parse(until));
    await site.publisher('PUT', '/stories/s', { ...STORY, policy: { gate: { read: 'insider' } } });
    expect((await nobody.next('gate')).data.gate.read.code).toBe('signed-out');
    await nobody.end();
    expect(ada.ended).toBe(false);
    ada.close();
  });
});

describe('rules of a single tier', () => {
  it('set the length limit, edit window and badge of its readers', async () => {
    const site = await createSite(server, {
      policy: {
        body: { maxChars: 20 },
        editWindowSeconds: 0,
        tiers: { 'insider-gold': { maxChars: 60, editWindowSeconds: 900, badge: 'Gold circle' } },
      },
    });
    await site.publisher('PUT', '/stories/s', STORY);
    const [free, gold] = [await site.token('free'), await site.token('gold', { tier: 'insider-gold' })];
    const long = 'x'.repeat(40);
    expect((await post(site, free, long)).body.errors).toMatchObject([
      { code: 'too-long', message: 'A comment here may have at most 20 characters; this one has 40.' },
    ]);
    const posted = await post(site, gold, long);
    expect([posted.status, posted.body.viewer.canEdit]).toEqual([202, true]);
    expect((await post(site, free, 'short')).body.viewer.canEdit).toBe(false);
    expect((await post(site, gold, 'x'.repeat(61))).body.errors[0].code).toBe('too-long');
    expect((await threadAt(server, site, gold)).limits).toEqual({
      bodyChars: 60,
      editSeconds: 900,
      notice: true,
    });
    expect(await threadAt(server, site)).toMatchObject({
      limits: { bodyChars: 20, editSeconds: 0 },
      badges: { 'insider-gold': 'Gold circle' },
    });
    const edited = await site.reader(gold, 'PATCH', `/comments/${posted.body.id}`, { body: 'y'.repeat(50) });
    expect(edited.status).toBe(200);
  });
});

describe('pre-moderation of a single tier', () => {
  let worker: TestApp;
  beforeAll(async () => {
    worker = await startApp({ databaseUrl: database.url, settings: { role: 'worker' } });
  });
  afterAll(() => worker.close());

  /** Returns the status that the same calm comment gets in each tier. */
  async function outcomes(policy: Record<string, unknown>): Promise<Record<string, string>> {
    const site = await createSite(server, { policy });
    await site.publisher('PUT', '/stories/s', STORY);
    const byTier: Record<string, string> = {};
    for (const tier of ['none', 'insider', 'insider-gold']) {
      const token = await site.token(tier, tier === 'none' ? {} : { tier });
      const { body } = await post(site, token, `A calm remark by ${tier}.`);
      const status = async () => (await site.reader(token, 'GET', `/comments/${body.id}`)).body.status;
      await until(async () => (await status()) !== 'pending');
      byTier[tier] = await status();
    }
    return byTier;
  }

  it('holds the comments of that tier while all others are published', async () => {
    const tiers = { insider: { preModerated: true } };
    expect(await outcomes({ tiers })).toEqual({
      none: 'published',
      insider: 'held',
      'insider-gold': 'published',
    });
  });

  it('can exempt a tier while everything else waits for a moderator', async () => {
    const tiers = { 'insider-gold': { preModerated: false } };
    expect(await outcomes({ moderation: { mode: 'hold-all' }, tiers })).toEqual({
      none: 'held',
      insider: 'held',
      'insider-gold': 'published',
    });
  });
});

describe('a refusal', () => {
  it('can be looked up with all the inputs of its gate', async () => {
    const site = await createSiteWithStory();
    const token = await site.token('ada', { tier: 'insider-gold', iat: Math.floor(Date.now() / 1000) - 60 });
    await site.publisher('PUT', '/readers/ada/entitlement', { tier: 'insider-gold', status: 'cancelled' });
    // Reading the refusals flushes the log, so that the next two are in one batch. Otherwise, the batch of earlier refusals
    // could end between them.
    await site.publisher('GET', '/refusals');
    await Promise.all(['One.', 'Two.'].map((body) => post(site, token, body)));
    await site.reader(null, 'POST', `/sites/${site.id}/stories/s/comments`, { body: 'Three.' });
    const { body } = await site.publisher('GET', '/refusals?readerKey=ada');
    expect(body.items).toMatchObject([
      {
        times: 2,
        storyKey: 's',
        action: 'comment',
        code: 'entitlement-ended',
        requiredTier: 'insider-gold',
        inputs: {
          rules: { comment: 'insider-gold' },
          overrides: [],
          story: { key: 's', section: 'Politics', state: 'open' },
          reader: {
            tier: null,
            ended: { tier: 'insider-gold' },
            claims: { tiers: ['insider-gold'] },
            entitlements: [{ tier: 'insider-gold', status: 'cancelled' }],
            standing: 'normal',
          },
        },
      },
    ]);
    expect(Date.now() - Date.parse(body.items[0].refusedAt)).toBeLessThan(10_000);
    const all = (await site.publisher('GET', '/refusals?storyKey=s&action=comment')).body.items;
    expect(all.map((each: Body) => each.code)).toEqual(['signed-out', 'entitlement-ended']);
    expect((await site.publisher('GET', '/refusals?code=banned')).body.items).toEqual([]);
    expect((await site.publisher('GET', `/refusals?until=${inMs(-60_000)}`)).body.items).toEqual([]);
    expect((await (await createSite(server)).publisher('GET', '/refusals')).body.items).toEqual([]);
  });
});

describe('an explanation of the gate', () => {
  it('also gives the reasons for a permission, by reader key or by token', async () => {
    const site = await createSiteWithStory();
    await site.publisher('PUT', '/readers/ada/entitlement', { tier: 'insider-gold', status: 'active' });
    const explain = (body: object) => site.publisher('POST', '/gate', body);
    const { body } = await explain({ readerKey: 'ada', storyKey: 's' });
    expect(body).toMatchObject({
      gate: { comment: { allowed: true } },
      tier: { key: 'insider-gold' },
      reasons: {
        read: { code: 'open' },
        comment: { allowed: true, code: 'tier', by: ['entitlement'] },
      },
      inputs: { story: { key: 's' }, reader: { entitlements: [{ tier: 'insider-gold', status: 'active' }] } },
    });
    const bo = (await explain({ token: await site.token('bo', { tier: 'insider-gold' }) })).body;
    expect(bo.reasons.comment).toMatchObject({ allowed: true, by: ['token'] });
    expect((await explain({})).body.reasons.comment).toMatchObject({ allowed: false, code: 'signed-out' });
    expect((await explain({ token: 'x.y.z' })).body.errors[0]).toMatchObject({
      pointer: '/token',
      code: 'bad-token',
    });
    expect((await explain({ readerKey: 'ada', token: 'x' })).status).toBe(400);
    expect((await explain({ readerKey: 'ada', storyKey: 'none' })).status).toBe(404);
    expect((await site.publisher('GET', '/refusals')).body.items).toEqual([]);
    const other = await createSite(server);
    expect((await other.publisher('POST', '/gate', { readerKey: 'ada', storyKey: 's' })).status).toBe(404);
  });
});

describe('a lookup', () => {
  let endpoint: LookUpEndpoint;
  beforeAll(async () => {
    endpoint = await LookUpEndpoint.open();
  });
  afterAll(() => endpoint.close());

  async function siteWithLookup(settings: object = {}): Promise<TestSite> {
    const site = await createSiteWithStory();
    endpoint.requests.length = 0;
    endpoint.fault = null;
    const lookUp = { url: endpoint.url, timeoutMs: 5_000, ...settings };
    const { body } = await site.publisher('PUT', '/lookup', lookUp);
    endpoint.secret = body.secret;
    return site;
  }
  const commentCode = async (site: TestSite, token: string, app = server) =>
    (await threadAt(app, site, token)).gate.comment.code ?? 'allowed';

  it('opens the gate according to the publisher’s response, which is requested once and cached, also for posting', async () => {
    const site = await siteWithLookup();
    endpoint.entitled.set('eve', [{ tier: 'insider-gold' }]);
    const [eve, bob] = [await site.token('eve'), await site.token('bob')];
    expect([await commentCode(site, eve), await commentCode(site, bob)]).toEqual([
      'allowed',
      'tier-required',
    ]);
    expect((await post(site, eve, 'Thank you.')).status).toBe(202);
    expect(endpoint.requests).toEqual(['eve', 'bob']);
    const refused = (await site.publisher('GET', '/refusals')).body.items;
    expect(refused).toEqual([]);
    const test = await site.publisher('POST', '/lookup/test', { readerKey: 'eve' });
    expect(test.body).toMatchObject({
      ok: true,
      status: 200,
      entitlements: [{ tier: 'insider-gold', counts: true }],
    });
  });

  it('keeps working when a connection to PostgreSQL is lost', async () => {
    const site = await siteWithLookup({ cacheSeconds: 3600 });
    for (const sub of ['gil', 'hal', 'ida']) {
      endpoint.entitled.set(sub, [{ tier: 'insider-gold' }]);
      expect(await commentCode(site, await site.token(sub))).toBe('allowed');
    }
    await asSuperuser((client) =>
      client.query(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1`, [
        new URL(database.url).pathname.slice(1),
      ]),
    );
    await until(async () => (await server.call('GET', '/health/ready')).status === 200);
    expect(await commentCode(site, await site.token('hal'))).toBe('allowed');
  });

  it('can be configured for the first time with an Idempotency-Key', async () => {
    const site = await createSite(server);
    const headers = { 'idempotency-key': 'first-look-up' };
    const { status, body } = await server.call<Body>('PUT', `/api/v1/sites/${site.id}/lookup`, {
      token: server.adminKey,
      headers,
      body: { url: endpoint.url },
    });
    expect([status, body.url, typeof body.secret]).toEqual([200, endpoint.url, 'string']);
  });

  it('is overridden at once in every process if the publisher reports an end later', async () => {
    const site = await siteWithLookup({ cacheSeconds: 3600 });
    endpoint.entitled.set('eve', [{ tier: 'insider-gold' }]);
    const eve = await site.token('eve');
    expect([await commentCode(site, eve), await commentCode(site, eve, second)]).toEqual([
      'allowed',
      'allowed',
    ]);
    endpoint.fault = 500;
    await site.publisher('PUT', '/readers/eve/entitlement', { tier: 'insider-gold', status: 'cancelled' });
    expect([await commentCode(site, eve), await commentCode(site, eve, second)]).toEqual([
      'entitlement-ended',
      'entitlement-ended',
    ]);
    // Later lookups apply again, because they were requested after that report.
    endpoint.fault = null;
    await site.publisher('PUT', '/readers/eve/entitlements/note', { tier: 'insider', status: 'expired' });
    await expectSoon(async () => expect(await commentCode(site, eve)).toBe('allowed'));
  });

  it('ends on the date that the publisher gave', async () => {
    const site = await siteWithLookup({ cacheSeconds: 3600 });
    const validUntil = inMs(60_000);
    endpoint.entitled.set('eve', [{ tier: 'insider-gold', validUntil }]);
    const eve = await site.token('eve');
    expect(await commentCode(site, eve)).toBe('allowed');
    advanceClock(60_001);
    expect(await commentCode(site, eve)).toBe('entitlement-ended');
  });

  it.each([
    ['last-known', 'tier-required'],
    ['nothing', 'tier-required'],
    ['insider-gold', 'allowed'],
  ])('falls back to %s while the publisher does not respond', async (whenDown, expected) => {
    const site = await siteWithLookup({ whenDown, timeoutMs: 100 });
    endpoint.fault = 'hang';
    const nobody = await site.token('nobody');
    expect(await commentCode(site, nobody)).toBe(expected);
    await commentCode(site, nobody);
    // The second request does not wait for the lookup again. (On a busy machine, even the first lookup may not be sent in
    // such a short time.)
    expect(endpoint.requests.length).toBeLessThanOrEqual(1);
    const claim = await site.token('claims', { tier: 'insider-gold' });
    expect(await commentCode(site, claim)).toBe('allowed');
    expect((await site.publisher('POST', '/lookup/test', { readerKey: 'x' })).body).toMatchObject({
      ok: false,
      reason: 'No answer within 100 ms.',
    });
  });

  it('reports a response that is too long', async () => {
    const site = await siteWithLookup({ whenDown: 'nothing' });
    endpoint.fault = 'huge';
    expect((await site.publisher('POST', '/lookup/test', { readerKey: 'x' })).body).toMatchObject({
      ok: false,
      reason: 'The response of the endpoint is larger than 64 kB.',
    });
  });

  it('sends no more requests after several failures in a row', async () => {
    const site = await siteWithLookup();
    endpoint.fault = 503;
    for (let n = 0; n < 8; n++) await commentCode(site, await site.token(`r${n}`));
    expect(endpoint.requests).toHaveLength(5);
    await expectSoon(async () => {
      expect((await site.publisher('GET', '/lookup')).body).toMatchObject({
        circuit: 'open',
        lastSuccessAt: null,
        lastFailureAt: expect.stringMatching(/Z$/),
        lastFailure: 'The endpoint responded with status 503. It must respond with 200 or 404.',
      });
    });
    // The failures do not count for another URL.
    const moved = (await site.publisher('PUT', '/lookup', { url: `${endpoint.url}?2` })).body;
    expect([moved.circuit, moved.lastFailure, moved.lastFailureAt]).toEqual(['closed', null, null]);
  });

  it('shows when it last succeeded', async () => {
    const site = await siteWithLookup();
    await commentCode(site, await site.token('eve'));
    await expectSoon(async () => {
      expect((await site.publisher('GET', '/lookup')).body).toMatchObject({
        circuit: 'closed',
        lastSuccessAt: expect.stringMatching(/Z$/),
        lastSuccessMs: expect.any(Number),
        lastFailure: null,
      });
    });
  });

  it('never restores an ended entitlement through its fallback for failures', async () => {
    const site = await siteWithLookup({ whenDown: 'insider-gold' });
    endpoint.fault = 500;
    await site.publisher('PUT', '/readers/eve/entitlement', { tier: 'insider-gold', status: 'cancelled' });
    expect(await commentCode(site, await site.token('eve'))).toBe('entitlement-ended');
  });

  it('can be set, rotated and deleted, and refuses invalid settings', async () => {
    const site = await siteWithLookup();
    const old = endpoint.secret;
    const again = (await site.publisher('PUT', '/lookup', { url: endpoint.url, timeoutMs: 900 })).body;
    expect(again).toMatchObject({ secret: null, timeoutMs: 900, cacheSeconds: 60, whenDown: 'last-known' });
    const { secret } = (await site.publisher('POST', '/lookup/rotate')).body;
    for (endpoint.secret of [old, secret])
      expect((await site.publisher('POST', '/lookup/test', { readerKey: 'eve' })).body.ok).toBe(true);
    for (const url of ['http://10.0.0.1/', 'http://nowhere.invalid/'])
      expect((await site.publisher('PUT', '/lookup', { url })).body.errors?.[0].pointer).toBe('/url');
    expect(
      (await site.publisher('PUT', '/lookup', { url: endpoint.url, whenDown: 'diamond' })).body.errors[0]
        .pointer,
    ).toBe('/whenDown');
    expect((await (await createSite(server)).publisher('GET', '/lookup')).status).toBe(404);
    expect((await site.publisher('DELETE', '/lookup')).status).toBe(204);
    expect((await site.publisher('GET', '/lookup')).status).toBe(404);
  });
});

async function expectSoon(check: () => Promise<void>): Promise<void> {
  const end = Date.now() + 60_000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > end) throw error;
      await sleep(50);
    }
  }
}
