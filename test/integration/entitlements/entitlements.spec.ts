import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { Clock } from '../../../src/platform/clock.js';
import { startApp, type TestApp } from '../../support/app.js';
import type { Answer } from '../../support/caller.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { createSite, type TestSite, type Body } from '../../support/sites.js';

const GOLD_REQUIRED = 'You must be signed in and an Insider Gold subscriber to comment.';
const GOLD_GATE = { gate: { comment: 'insider-gold', reply: 'insider' } };

let database: FreshDatabase;
/** Two API processes with one database. A change through one must take effect in the other. */
let server: TestApp;
let second: TestApp;
let owner: pg.Client;
const nowSeconds = (): number => Math.floor(Date.now() / 1000);

/** Sets the clock of both processes ahead. */
const advanceClock = (ms: number): void => {
  for (const { app } of [server, second])
    app.get(Clock, { strict: false }).now = () => new Date(Date.now() + ms);
};
afterEach(() => {
  for (const { app } of [server, second]) Reflect.deleteProperty(app.get(Clock, { strict: false }), 'now');
});

const gateOf = async (onSite: TestSite, token: string | null) =>
  (await onSite.reader(token, 'GET', `/me?site=${onSite.id}`)).body;
const commentGate = async (onSite: TestSite, token: string) => {
  const { allowed, code } = (await gateOf(onSite, token)).gate.comment;
  return allowed ? 'allowed' : code;
};
const commentGateOnSecond = async (token: string) => {
  const { body } = await second.call<Body>('GET', '/api/v1/me', { token });
  return body.gate.comment.allowed ? 'allowed' : body.gate.comment.code;
};
const putEntitlement = (onSite: TestSite, sub: string, body: object, path = 'entitlement') =>
  onSite.publisher('PUT', `/readers/${encodeURIComponent(sub)}/${path}`, body);
const eventsOf = async (onSite: TestSite) =>
  (
    await owner.query<{ subject: string; payload: Body }>(
      `SELECT subject, payload FROM outbox WHERE site_id = $1 AND type = 'entitlement.changed' ORDER BY id`,
      [onSite.id],
    )
  ).rows;

beforeAll(async () => {
  database = await freshDatabase();
  const settings = { role: 'api' } as const;
  [server, second] = await Promise.all([
    startApp({ databaseUrl: database.url, settings }),
    startApp({ databaseUrl: database.url, settings }),
  ]);
  owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
});

afterAll(async () => {
  await owner?.end();
  await Promise.all([server?.close(), second?.close()]);
  await database?.drop();
});

describe('the gate', () => {
  it('explains who may comment, to signed-out readers and to readers below the tier', async () => {
    const site = await createSite(server, { policy: GOLD_GATE, signInUrl: 'https://news.example/login' });
    const tier = {
      requiredTier: { key: 'insider-gold', name: 'Insider Gold' },
      message: GOLD_REQUIRED,
      allowed: false,
    };
    expect((await gateOf(site, null)).gate).toEqual({
      read: { allowed: true },
      comment: { ...tier, code: 'signed-out', url: 'https://news.example/login' },
      reply: expect.objectContaining({
        code: 'signed-out',
        message: 'You must be signed in and an Insider subscriber to reply.',
      }),
      react: {
        allowed: false,
        code: 'signed-out',
        message: 'You must be signed in to react.',
        url: 'https://news.example/login',
      },
      flag: expect.objectContaining({ code: 'signed-out' }),
    });
    const free = await gateOf(site, await site.token('free'));
    expect(free.gate.comment).toEqual({ ...tier, code: 'tier-required', url: 'https://news.example/gold' });
    expect(free.gate.react).toEqual({ allowed: true });
    const insider = await gateOf(site, await site.token('insider', { tier: 'insider' }));
    expect(insider.tier).toEqual({ key: 'insider', name: 'Insider' });
    expect([insider.gate.comment.code, insider.gate.reply.allowed]).toEqual(['tier-required', true]);
    const gold = await gateOf(site, await site.token('gold', { tier: 'insider-gold' }));
    expect([gold.tier.key, gold.gate.comment]).toEqual(['insider-gold', { allowed: true }]);
    expect((await gateOf(site, await site.token('other', { tier: 'diamond' }))).tier).toBeNull();
  });

  it('opens and closes with the entitlement, for the same token and in every process at once', async () => {
    const site = await createSite(server, { policy: GOLD_GATE });
    const token = await site.token('ada');
    expect(await commentGate(site, token)).toBe('tier-required');
    await putEntitlement(site, 'ada', { tier: 'insider-gold', status: 'active' });
    expect([await commentGate(site, token), await commentGateOnSecond(token)]).toEqual([
      'allowed',
      'allowed',
    ]);
    await putEntitlement(site, 'ada', { tier: 'insider-gold', status: 'cancelled' });
    expect([await commentGate(site, token), await commentGateOnSecond(token)]).toEqual([
      'entitlement-ended',
      'entitlement-ended',
    ]);
    const { gate } = await gateOf(site, token);
    expect(gate.comment.message).toMatch(
      /^Your Insider Gold subscription ended on \d+ \w+ \d{4}\. Renew it at news\.example to comment\.$/,
    );
    expect(gate.comment.url).toBe('https://news.example/gold');
    await putEntitlement(site, 'ada', { tier: 'insider-gold', status: 'active' });
    expect([await commentGate(site, token), await commentGateOnSecond(token)]).toEqual([
      'allowed',
      'allowed',
    ]);
  });

  it('does not admit a cancelled subscriber whose old token claims the tier, but accepts a newer token', async () => {
    const site = await createSite(server, { policy: GOLD_GATE });
    const old = await site.token('ada', { tier: 'insider-gold', iat: nowSeconds() - 60 });
    const withoutIat = await site.token('ada', { tier: 'insider-gold', iat: undefined });
    expect([await commentGate(site, old), await commentGate(site, withoutIat)]).toEqual([
      'allowed',
      'allowed',
    ]);
    await putEntitlement(site, 'ada', { tier: 'insider-gold', status: 'cancelled' });
    expect([await commentGate(site, old), await commentGateOnSecond(old)]).toEqual([
      'entitlement-ended',
      'entitlement-ended',
    ]);
    expect(await commentGate(site, withoutIat)).toBe('entitlement-ended');
    const newer = await site.token('ada', { tier: 'insider-gold', iat: nowSeconds() + 10 });
    expect(await commentGate(site, newer)).toBe('allowed');
  });

  it('treats a deleted entitlement, or one moved to another tier, as ended', async () => {
    const site = await createSite(server, { policy: GOLD_GATE });
    const token = await site.token('ada', { tier: 'insider-gold', iat: nowSeconds() - 60 });
    await putEntitlement(site, 'ada', { tier: 'insider-gold', status: 'active' });
    await putEntitlement(site, 'ada', { tier: 'insider', status: 'active' });
    expect(await commentGate(site, token)).toBe('entitlement-ended');
    expect((await gateOf(site, token)).tier.key).toBe('insider');
    await putEntitlement(site, 'bea', { tier: 'insider-gold', status: 'active' });
    await site.publisher('DELETE', '/readers/bea/entitlement');
    expect(
      await commentGate(site, await site.token('bea', { tier: 'insider-gold', iat: nowSeconds() - 60 })),
    ).toBe('entitlement-ended');
  });

  it('closes at the end of an entitlement without any event, and honours the grace period', async () => {
    const site = await createSite(server, { policy: GOLD_GATE });
    const token = await site.token('ada');
    const soon = new Date(Date.now() + 60_000).toISOString();
    await putEntitlement(site, 'ada', { tier: 'insider-gold', status: 'active', validUntil: soon });
    expect(await commentGate(site, token)).toBe('allowed');
    advanceClock(60_001);
    expect(await commentGate(site, token)).toBe('entitlement-ended');
    const later = new Date(Date.now() + 180_000).toISOString();
    await putEntitlement(site, 'ada', {
      tier: 'insider-gold',
      status: 'past_due',
      validUntil: soon,
      graceUntil: later,
    });
    expect(await commentGate(site, token)).toBe('allowed');
    await putEntitlement(site, 'ada', { tier: 'insider-gold', status: 'past_due', validUntil: soon });
    expect(await commentGate(site, token)).toBe('entitlement-ended');
    await putEntitlement(site, 'ada', { tier: 'insider-gold', status: 'trialing' });
    expect(await commentGate(site, token)).toBe('allowed');
  });

  it('uses the highest of several entitlements', async () => {
    const site = await createSite(server, { policy: GOLD_GATE });
    const token = await site.token('ada');
    await putEntitlement(site, 'ada', { tier: 'insider', status: 'active' });
    await putEntitlement(site, 'ada', { tier: 'insider-gold', status: 'active' }, 'entitlements/print');
    expect((await gateOf(site, token)).tier.key).toBe('insider-gold');
    await site.publisher('DELETE', '/readers/ada/entitlements/print');
    expect((await gateOf(site, token)).tier.key).toBe('insider');
  });

  it('applies a change of policy or tiers before the response to it is sent', async () => {
    const site = await createSite(server);
    const token = await site.token('ada');
    expect(await commentGate(site, token)).toBe('allowed');
    await site.publisher('PATCH', '/policy', GOLD_GATE);
    expect(await commentGate(site, token)).toBe('tier-required');
    await site.publisher('PUT', '/tiers', [
      { key: 'insider', name: 'Insider', rank: 1 },
      { key: 'insider-gold', name: 'Oak', rank: 2 },
    ]);
    expect((await gateOf(site, token)).gate.comment.message).toBe(
      'You must be signed in and an Oak subscriber to comment.',
    );
  });

  it('refuses suspended and banned readers', async () => {
    const site = await createSite(server);
    const token = await site.token('ada');
    const { reader } = await gateOf(site, token);
    const setStanding = (standing: string, until: string | null) =>
      owner.query('UPDATE reader SET standing = $2, standing_until = $3 WHERE id = $1', [
        reader.id,
        standing,
        until,
      ]);
    await setStanding('suspended', '2999-01-02T03:04:00Z');
    expect((await gateOf(site, token)).gate.comment).toMatchObject({
      code: 'suspended',
      message: 'You are suspended until 2 January 2999, 03:04 UTC.',
    });
    await setStanding('suspended', '2020-01-01T00:00:00Z');
    expect(await commentGate(site, token)).toBe('allowed');
    await setStanding('banned', null);
    expect(await commentGate(site, token)).toBe('banned');
  });

  it('applies the quota of the tier to the comments of the last 24 hours', async () => {
    const site = await createSite(server, {
      policy: { quotas: { commentsPerDay: 2, tiers: { 'insider-gold': { commentsPerDay: null } } } },
    });
    const token = await site.token('ada');
    const { reader } = await gateOf(site, token);
    await site.publisher('PUT', '/stories/s', { url: 'https://news.example/', title: 'x' });
    const post = (hoursAgo: number) =>
      owner.query(
        `INSERT INTO comment (site_id, id, story_id, author_id, status, created_at)
         SELECT $1, (lpad(to_hex((extract(epoch FROM at) * 1000)::bigint), 12, '0') || '7' || lpad(to_hex((random() * 4095)::int), 3, '0') || '8' || substr(md5(random()::text), 1, 15))::uuid, id, $2, 'deleted', at
         FROM story, (SELECT now() - make_interval(secs => $3) AS at) t WHERE site_id = $1`,
        [site.id, reader.id, hoursAgo * 3600],
      );
    await post(25);
    await post(23);
    expect(await commentGate(site, token)).toBe('allowed');
    await post(1);
    const { gate } = await gateOf(site, token);
    expect(gate.comment.code).toBe('quota-exceeded');
    expect(gate.comment.retryAfter).toBeGreaterThan(3500);
    expect(gate.comment.retryAfter).toBeLessThanOrEqual(3600);
    expect(await commentGate(site, await site.token('ada', { tier: 'insider-gold' }))).toBe('allowed');
  });
});

describe('a quota of a story or section', () => {
  const ONE = { quotas: { commentsPerDay: 1 } };
  const answers = async (site: TestSite, token: string, story: string): Promise<string[]> => {
    const path = `/sites/${site.id}/stories/${story}/comments`;
    const { gate } = (await site.reader(token, 'GET', path)).body;
    const { status, body } = await site.reader(token, 'POST', path, { body: 'A calm remark.' });
    return [gate.comment, gate.reply, status < 300 ? { allowed: true } : body].map(({ allowed, code }) =>
      allowed ? 'allowed' : code,
    );
  };
  const ALLOWED = ['allowed', 'allowed', 'allowed'];
  const REFUSED = ['quota-exceeded', 'quota-exceeded', 'quota-exceeded'];

  it.each<[string, (site: TestSite) => Promise<Answer<Body>>]>([
    [
      'the story’s own policy',
      (site) =>
        site.publisher('PUT', '/stories/calm', {
          url: 'https://news.example/calm',
          title: 'Calm',
          section: 'courts',
          policy: ONE,
        }),
    ],
    [
      'an override for the story',
      (site) => site.publisher('PUT', '/overrides/calm', { storyKey: 'calm', policy: ONE }),
    ],
    [
      'an override for its section',
      (site) => site.publisher('PUT', '/overrides/calm', { section: 'courts', policy: ONE }),
    ],
  ])('set by %s applies to its gate and its comments, and nowhere else', async (_by, limit) => {
    const site = await createSite(server);
    for (const [key, section] of [
      ['calm', 'courts'],
      ['other', 'sport'],
    ])
      await site.publisher('PUT', `/stories/${key}`, {
        url: `https://news.example/${key}`,
        title: key,
        section,
      });
    expect((await limit(site)).status).toBe(200);
    const ada = await site.token('ada');
    expect(await answers(site, ada, 'calm')).toEqual(ALLOWED);
    expect(await answers(site, ada, 'calm')).toEqual(REFUSED);
    expect(await answers(site, ada, 'other')).toEqual(ALLOWED);
    expect(await commentGate(site, ada)).toBe('allowed');
    // Comments that the reader writes elsewhere on the site also count.
    const ben = await site.token('ben');
    expect(await answers(site, ben, 'other')).toEqual(ALLOWED);
    expect(await answers(site, ben, 'calm')).toEqual(REFUSED);
  });
});

describe('an entitlement', () => {
  it('can be created, read, listed and deleted', async () => {
    const site = await createSite(server);
    const until = '2999-01-01T00:00:00.000Z';
    const put = await putEntitlement(site, 'a/b c', { tier: 'insider', status: 'active', validUntil: until });
    expect(put.status).toBe(200);
    expect(put.body).toMatchObject({
      readerKey: 'a/b c',
      key: 'default',
      tier: 'insider',
      status: 'active',
      validUntil: until,
      graceUntil: null,
      counts: true,
      source: 'api',
    });
    expect((await site.publisher('GET', '/readers/a%2Fb%20c/entitlement')).body).toEqual(put.body);
    for (const key of ['print', 'archive'])
      await putEntitlement(site, 'a/b c', { tier: 'insider', status: 'expired' }, `entitlements/${key}`);
    const first = (await site.publisher('GET', '/readers/a%2Fb%20c/entitlements?limit=2')).body;
    const rest = (await site.publisher('GET', `/readers/a%2Fb%20c/entitlements?limit=2&cursor=${first.next}`))
      .body;
    expect([...first.items, ...rest.items].map(({ key }: Body) => key)).toEqual([
      'archive',
      'default',
      'print',
    ]);
    expect((await site.publisher('DELETE', '/readers/a%2Fb%20c/entitlement')).status).toBe(204);
    expect((await site.publisher('DELETE', '/readers/a%2Fb%20c/entitlement')).status).toBe(404);
    expect((await site.publisher('GET', '/readers/a%2Fb%20c/entitlement')).status).toBe(404);
  });

  it('emits an event for each change, and none when nothing changes', async () => {
    const site = await createSite(server);
    await putEntitlement(site, 'ada', { tier: 'insider', status: 'active' });
    await putEntitlement(site, 'ada', { tier: 'insider', status: 'active' });
    await putEntitlement(site, 'ada', { tier: 'insider', status: 'cancelled' });
    await site.publisher('DELETE', '/readers/ada/entitlement');
    const state = (status: string) => ({
      tier: 'insider',
      kind: 'subscription',
      status,
      validUntil: null,
      graceUntil: null,
      grantedBy: null,
    });
    const payload = { readerKey: 'ada', key: 'default', source: 'api' };
    const subject = 'entitlement:ada';
    expect(await eventsOf(site)).toEqual([
      { subject, payload: { ...payload, ...state('active'), previous: null } },
      { subject, payload: { ...payload, ...state('cancelled'), previous: state('active') } },
      { subject, payload: { ...payload, ...state('deleted'), previous: state('cancelled') } },
    ]);
  });

  it('of another site is not found, and does not open the gate there', async () => {
    const [site, other] = [
      await createSite(server, { policy: GOLD_GATE }),
      await createSite(server, { policy: GOLD_GATE }),
    ];
    await putEntitlement(site, 'ada', { tier: 'insider-gold', status: 'active' });
    expect((await other.publisher('GET', '/readers/ada/entitlement')).status).toBe(404);
    expect((await other.publisher('GET', '/readers/ada/entitlements')).body.items).toEqual([]);
    expect(await commentGate(other, await other.token('ada'))).toBe('tier-required');
    const { body } = await server.call<Body>('POST', '/api/v1/keys', {
      token: server.adminKey,
      body: { name: 'other', scopes: ['publisher'], sites: [other.id] },
    });
    for (const method of ['GET', 'PUT', 'DELETE']) {
      const answer = await server.call(method, `/api/v1/sites/${site.id}/readers/ada/entitlement`, {
        token: body.key,
        ...(method === 'PUT' ? { body: { tier: 'insider', status: 'active' } } : {}),
      });
      expect([method, answer.status]).toEqual([method, 404]);
    }
    expect(await commentGate(site, await site.token('ada'))).toBe('allowed');
  });

  it.each([
    [{}],
    [[]],
    [{ tier: 'insider' }],
    [{ tier: 'diamond', status: 'active' }],
    [{ tier: 7, status: 'active' }],
    [{ tier: 'insider', status: 'paused' }],
    [{ tier: 'insider', status: 'active', validUntil: 'soon' }],
    [{ tier: 'insider', status: 'active', validUntil: 1700000000 }],
    [{ tier: 'insider', status: 'active', validUntil: '2026-13-01T00:00:00Z' }],
    [{ tier: 'insider', status: 'active', graceUntil: '2026-11-23' }],
    [{ tier: 'insider', status: 'active', extra: true }],
  ])('cannot be created from %j', async (body) => {
    const site = await createSite(server);
    expect((await putEntitlement(site, 'ada', body)).status).toBe(400);
    expect((await site.publisher('GET', '/readers/ada/entitlement')).status).toBe(404);
  });

  it('requires a valid reader key and a valid entitlement key', async () => {
    const site = await createSite(server);
    const body = { tier: 'insider', status: 'active' };
    expect((await putEntitlement(site, 'x'.repeat(256), body)).status).toBe(400);
    expect((await putEntitlement(site, 'a\0', body)).status).toBe(400);
    expect((await putEntitlement(site, 'ada', body, 'entitlements/%20')).status).toBe(400);
    expect((await putEntitlement(site, 'x'.repeat(255), body)).status).toBe(200);
  });
});
