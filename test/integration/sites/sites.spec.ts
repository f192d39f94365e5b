import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import pg from 'pg';
import { startApp, type TestApp } from '../../support/app.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { signInModerator } from '../../support/moderator-session.js';
import { connectAsOwner } from '../../support/site-fixture.js';
import { createSite, type Body } from '../../support/sites.js';

const UNKNOWN = '018f3a2b-0000-7000-8000-000000000000';

let database: FreshDatabase;
let server: TestApp;
const admin = <T = Body>(method: string, path: string, body?: unknown) =>
  server.call<T>(method, `/api/v1${path}`, { token: server.adminKey, body });
const withKey = <T = Body>(token: string, method: string, path: string, body?: unknown) =>
  server.call<T>(method, `/api/v1${path}`, { token, body });

async function newSite(name = 'The Example Ledger'): Promise<string> {
  const { status, body } = await admin('POST', '/sites', { name, origins: ['https://news.example'] });
  expect(status).toBe(201);
  return body.id;
}

async function newKey(draft: Record<string, unknown>): Promise<{ id: string; key: string }> {
  const { status, body } = await admin('POST', '/keys', {
    name: 'newsroom',
    scopes: ['publisher'],
    ...draft,
  });
  expect(status).toBe(201);
  return body;
}

/** Returns all tables with a `site_id` that still have a row of this site. */
async function tablesWithRowsOf(siteId: string): Promise<string[]> {
  const owner = new pg.Client({ connectionString: database.url });
  await owner.connect();
  try {
    const { rows } = await owner.query<{ table_name: string }>(
      `SELECT table_name FROM information_schema.columns WHERE column_name = 'site_id' AND table_schema = 'public'`,
    );
    const tables: string[] = [];
    for (const { table_name: table } of rows) {
      const found = await owner.query(`SELECT 1 FROM ${table} WHERE site_id = $1 LIMIT 1`, [siteId]);
      if (found.rowCount) tables.push(table);
    }
    return tables;
  } finally {
    await owner.end();
  }
}

beforeAll(async () => {
  database = await freshDatabase();
  server = await startApp({ databaseUrl: database.url });
});

afterAll(async () => {
  await server?.close();
  await database?.drop();
});

describe('a site', () => {
  it('is created with a secret that is shown once, and can be read and changed', async () => {
    const made = await admin('POST', '/sites', {
      name: 'The Ledger',
      origins: [
        'https://news.example/',
        'http://localhost:8080',
        'http://127.0.0.1:9000',
        'https://NEWS.example',
      ],
    });
    expect(made.status).toBe(201);
    expect(made.body.origins).toEqual([
      'https://news.example',
      'http://localhost:8080',
      'http://127.0.0.1:9000',
    ]);
    expect(made.body.ssoSecret).toMatch(/^[A-Za-z0-9_-]{43}$/);

    const read = await admin('GET', `/sites/${made.body.id}`);
    expect(read.status).toBe(200);
    expect(read.body).not.toHaveProperty('ssoSecret');
    expect(read.body.name).toBe('The Ledger');

    const changed = await admin('PATCH', `/sites/${made.body.id}`, {
      signInUrl: 'https://news.example/login',
    });
    expect(changed.body).toMatchObject({ name: 'The Ledger', signInUrl: 'https://news.example/login' });
    expect((await admin('GET', `/sites/${made.body.id.toUpperCase()}`)).body).toEqual(changed.body);
  });

  it('is listed once, page by page', async () => {
    for (let index = 0; index < 3; index++) await newSite(`page ${index}`);
    const ids: string[] = [];
    let next: string | null = '';
    while (next !== null) {
      const page: Body = (await admin('GET', `/sites?limit=2${next === '' ? '' : `&cursor=${next}`}`)).body;
      ids.push(...page.items.map(({ id }: { id: string }) => id));
      next = page.next;
    }
    expect(ids.length).toBeGreaterThanOrEqual(3);
    expect(new Set(ids).size).toBe(ids.length);
    expect((await admin('GET', '/sites?cursor=bad')).status).toBe(400);
  });

  it('is not found after it is deleted', async () => {
    const site = await newSite();
    await admin('PUT', `/sites/${site}/tiers`, [{ key: 'gold', name: 'Gold', rank: 1 }]);
    await admin('PUT', `/sites/${site}/stories/s1`, { url: 'https://news.example/s1', title: 'One' });
    await admin('PUT', `/sites/${site}/readers/ada/entitlement`, { tier: 'gold', status: 'active' });
    expect((await admin('DELETE', `/sites/${site}`)).status).toBe(204);
    expect((await admin('GET', `/sites/${site}`)).status).toBe(404);
    expect((await admin('DELETE', `/sites/${site}`)).status).toBe(404);
  });

  it('leaves no row of its readers and their comments behind when it is deleted', async () => {
    const site = await createSite(server);
    await site.publisher('PUT', '/stories/s1', { url: 'https://news.example/s1', title: 'One' });
    await site.publisher('PUT', '/inbound/generic', { secret: `whsec_${'A'.repeat(32)}` });
    await site.publisher('POST', '/webhooks', { url: 'https://news.example/hook', events: ['*'] });
    const [ada, bea] = [await site.token('ada'), await site.token('bea')];
    const comments = `/sites/${site.id}/stories/s1/comments`;
    const first = await site.reader(ada, 'POST', comments, { body: 'A first word.' });
    expect(first.status).toBe(202);
    await site.reader(ada, 'PUT', `/comments/${first.body.id}/reactions/like`);
    const thread = async () => (await site.reader(null, 'GET', comments)).body.total;
    while ((await thread()) === 0) await new Promise((resolve) => setTimeout(resolve, 20));
    const reply = await site.reader(bea, 'POST', comments, { body: 'An answer.', parentId: first.body.id });
    expect(reply.status).toBe(202);
    while ((await thread()) === 1) await new Promise((resolve) => setTimeout(resolve, 20));
    await site.reader(bea, 'PUT', `/comments/${first.body.id}/reactions/like`);
    await site.reader(bea, 'POST', `/comments/${first.body.id}/flags`, { reason: 'spam' });

    expect((await site.publisher('GET', '/contents')).body).toEqual({ stories: 1, comments: 2, readers: 2 });
    expect((await site.publisher('DELETE', '')).status).toBe(204);
    expect((await site.reader(bea, 'GET', `/comments/${first.body.id}`)).status).toBe(401);
    expect((await site.reader(null, 'GET', `/comments/${first.body.id}`)).status).toBe(404);
    expect((await site.reader(null, 'GET', comments)).status).toBe(404);
    // The audit log of staff actions is kept after the site is deleted. It contains no names or texts of readers.
    expect((await tablesWithRowsOf(site.id)).sort()).toEqual(['audit_chain', 'audit_entry']);
  });

  it.each([
    [{}],
    [[]],
    [{ name: '', origins: ['https://a.example'] }],
    [{ name: '   ', origins: ['https://a.example'] }],
    [{ name: 'x\0y', origins: ['https://a.example'] }],
    [{ name: 1, origins: ['https://a.example'] }],
    [{ name: 'x', origins: 'https://a.example' }],
    [{ name: 'x', origins: [] }],
    [{ name: 'x', origins: [1] }],
    [{ name: 'x', origins: ['a.example'] }],
    [{ name: 'x', origins: ['ftp://a.example'] }],
    [{ name: 'x', origins: ['https://a.example/path'] }],
    [{ name: 'x', origins: ['https://u:p@a.example'] }],
    [{ name: 'x', origins: ['https://a.example'], more: 1 }],
    [{ name: 'x', origins: ['https://a.example'], signInUrl: 'javascript:alert(1)' }],
  ])('cannot be created with %j', async (body) => {
    const answer = await admin('POST', '/sites', body);
    expect(answer.status).toBe(400);
    expect(answer.headers.get('content-type')).toContain('application/problem+json');
    expect(answer.body.errors.length).toBeGreaterThan(0);
  });

  it.each([UNKNOWN, 'no-uuid', '%20', "' OR 1=1"])('is not found by %s', async (id) => {
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { name: 'x' }],
      ['DELETE', '', undefined],
      ['GET', '/policy', undefined],
      ['PATCH', '/policy', {}],
      ['GET', '/tiers', undefined],
      ['PUT', '/tiers', []],
      ['GET', '/sso', undefined],
    ] as const) {
      const answer = await admin(method, `/sites/${encodeURIComponent(id)}${path}`, body);
      expect([method, path, answer.status, answer.body.code]).toEqual([method, path, 404, 'not-found']);
    }
  });
});

describe('tiers and policy', () => {
  it('can be replaced and merged, and are returned', async () => {
    const site = await newSite();
    const tiers = [
      {
        key: 'insider-gold',
        name: 'Insider Gold',
        rank: 30,
        upgradeUrl: 'https://news.example/gold',
        badge: null,
      },
      { key: 'insider', name: 'Insider', rank: 20, upgradeUrl: null, badge: 'I' },
    ];
    const put = await admin('PUT', `/sites/${site}/tiers`, tiers);
    expect(put.status).toBe(200);
    expect(put.body).toEqual([tiers[1], tiers[0]]);
    expect((await admin('GET', `/sites/${site}/tiers`)).body).toEqual(put.body);

    const before = (await admin('GET', `/sites/${site}/policy`)).body;
    expect(before).toMatchObject({
      gate: { read: 'anyone', comment: 'signed-in' },
      moderation: { mode: 'score' },
      editWindowSeconds: 300,
    });
    const patched = await admin('PATCH', `/sites/${site}/policy`, {
      gate: { comment: 'insider-gold' },
      moderation: { thresholds: { toxicity: { hold: 0.5 } } },
    });
    expect(patched.status).toBe(200);
    expect(patched.body.gate).toEqual({ ...before.gate, comment: 'insider-gold' });
    await admin('PATCH', `/sites/${site}/policy`, { quotas: { commentsPerDay: 5 } });
    const after = (await admin('GET', `/sites/${site}/policy`)).body;
    expect(after).toMatchObject({
      gate: { comment: 'insider-gold' },
      quotas: { commentsPerDay: 5 },
      moderation: { thresholds: { toxicity: { hold: 0.5 } } },
    });
  });

  it('cannot name unknown tiers, and a tier in use cannot be deleted', async () => {
    const site = await newSite();
    await admin('PUT', `/sites/${site}/tiers`, [{ key: 'gold', name: 'Gold', rank: 1 }]);
    const unknown = await admin('PATCH', `/sites/${site}/policy`, { gate: { comment: 'silver' } });
    expect(unknown.status).toBe(400);
    expect(unknown.body.errors).toEqual([
      expect.objectContaining({ pointer: '/gate/comment', code: 'unknown-tier' }),
    ]);
    await admin('PATCH', `/sites/${site}/policy`, { gate: { comment: 'gold' } });
    const inUse = await admin('PUT', `/sites/${site}/tiers`, []);
    expect([inUse.status, inUse.body.code]).toEqual([409, 'tier-in-use']);
    await admin('PATCH', `/sites/${site}/policy`, { gate: { comment: null } });
    await admin('PUT', `/sites/${site}/stories/s1`, {
      url: 'https://news.example/1',
      title: 'One',
      policy: { gate: { comment: 'gold' } },
    });
    const inStory = await admin('PUT', `/sites/${site}/tiers`, []);
    expect([inStory.status, inStory.body.detail]).toEqual([409, expect.stringContaining('"One"')]);
    await admin('PUT', `/sites/${site}/stories/s1`, { url: 'https://news.example/1', title: 'One' });
    expect((await admin('PUT', `/sites/${site}/tiers`, [])).status).toBe(200);
  });

  it('can allow only reading and flagging for everyone, regardless of where a gate is set', async () => {
    const site = await newSite();
    const story = { url: 'https://news.example/a', title: 'A' };
    const places: [string, string, (gate: Body) => Body, string][] = [
      ['PATCH', `/sites/${site}/policy`, (gate) => ({ gate }), '/gate'],
      ['PUT', `/sites/${site}/stories/a`, (gate) => ({ ...story, policy: { gate } }), '/policy/gate'],
      ['PUT', `/sites/${site}/overrides/test`, (gate) => ({ policy: { gate } }), '/policy/gate'],
    ];
    for (const [method, path, body, root] of places) {
      for (const action of ['comment', 'reply', 'react']) {
        const refused = await admin(method, path, body({ [action]: 'anyone' }));
        expect([path, action, refused.status]).toEqual([path, action, 400]);
        expect(refused.body.errors).toMatchObject([
          {
            pointer: `${root}/${action}`,
            message: expect.stringContaining('"anyone" may only read and flag'),
          },
        ]);
      }
      const accepted = await admin(method, path, body({ read: 'anyone', flag: 'anyone' }));
      expect([path, accepted.status < 300]).toEqual([path, true]);
    }
    // A value that was stored before it became invalid is read as `signed-in`.
    const db = await connectAsOwner(database.url);
    await db.rows(`UPDATE site SET policy = jsonb_set(policy, '{gate,comment}', '"anyone"') WHERE id = $1`, [
      site,
    ]);
    await db.end();
    expect(
      (await admin('PATCH', `/sites/${site}/policy`, { editWindowSeconds: 60 })).body.gate,
    ).toMatchObject({
      comment: 'signed-in',
      flag: 'anyone',
    });
  });

  it('include where a tier is used, and how many readers have it', async () => {
    const { publisher } = await createSite(server, {
      policy: { gate: { comment: 'insider', reply: 'insider' } },
    });
    const uses = (tier: string) => publisher('GET', `/tiers/${tier}/uses`);
    await publisher('PUT', '/stories/s1', {
      url: 'https://news.example/1',
      title: 'One',
      policy: { quotas: { tiers: { insider: { commentsPerDay: 3 } } } },
    });
    await publisher('PUT', '/overrides/week', { policy: { tiers: { insider: { maxChars: 100 } } } });
    const secret = `whsec_${'A'.repeat(32)}`;
    await publisher('PUT', '/inbound/generic', { secret, tiers: { basic: 'insider', plus: 'insider-gold' } });
    await publisher('PUT', '/lookup', { url: 'https://news.example/asked', whenDown: 'insider' });
    const acme = { name: 'Acme', seats: 2, tier: 'insider', status: 'active' };
    await publisher('PUT', '/organisations/acme', acme);
    await publisher('PUT', '/organisations/acme/seats/ada');
    await publisher('PUT', '/readers/ada/entitlement', { tier: 'insider', status: 'active' });
    await publisher('PUT', '/readers/bea/entitlement', { tier: 'insider', status: 'cancelled' });
    expect((await uses('insider')).body).toEqual({
      items: [
        { where: 'policy', name: null, as: ['comment', 'reply'], blocks: true },
        { where: 'story', name: 'One', as: ['quotas'], blocks: true },
        { where: 'override', name: 'week', as: ['tiers'], blocks: true },
        { where: 'billing', name: 'generic', as: ['basic'], blocks: false },
        { where: 'look-up', name: null, as: [], blocks: false },
        { where: 'organisation', name: 'Acme', as: [], blocks: false },
      ],
      readers: 1,
    });
    expect((await uses('insider-gold')).body).toEqual({
      items: [{ where: 'billing', name: 'generic', as: ['plus'], blocks: false }],
      readers: 0,
    });
    expect((await uses('silver')).status).toBe(404);
  });

  it.each([
    [{}],
    [null],
    ['text'],
    [[1]],
    [[null]],
    [[{ key: 'a', name: 'A' }]],
    [[{ key: 'a b', name: 'A', rank: 1 }]],
    [[{ key: 'anyone', name: 'A', rank: 1 }]],
    [[{ key: 'signed-in', name: 'A', rank: 1 }]],
    [[{ key: 'a', name: 'A', rank: 1.5 }]],
    [[{ key: 'a', name: 'A', rank: 99999999999 }]],
    [[{ key: 'a', name: 'A', rank: 1, upgradeUrl: 'javascript:x' }]],
    [[{ key: 'a', name: 'A', rank: 1, other: 1 }]],
    [
      [
        { key: 'a', name: 'A', rank: 1 },
        { key: 'a', name: 'B', rank: 2 },
      ],
    ],
  ])('refuse tiers such as %j', async (body) => {
    const site = await newSite();
    const answer = await server.call('PUT', `/api/v1/sites/${site}/tiers`, {
      token: server.adminKey,
      body: JSON.stringify(body),
    });
    expect(answer.status).toBe(400);
  });

  it.each([
    [[]],
    [{ gate: 'anyone' }],
    [{ gate: { comment: 1 } }],
    [{ gate: { write: 'anyone' } }],
    [{ moderation: { mode: 'none' } }],
    [{ moderation: { thresholds: { toxicity: { hold: 2 } } } }],
    [{ moderation: { thresholds: { toxicity: { hold: 0.9, reject: 0.5 } } } }],
    [{ moderation: { thresholds: { nonsense: { hold: 0.5 } } } }],
    [{ quotas: { commentsPerDay: -1 } }],
    [{ editWindowSeconds: 'long' }],
    [{ unknown: 1 }],
  ])('refuse a policy such as %j', async (body) => {
    const site = await newSite();
    const before = (await admin('GET', `/sites/${site}/policy`)).body;
    expect((await admin('PATCH', `/sites/${site}/policy`, body)).status).toBe(400);
    expect((await admin('GET', `/sites/${site}/policy`)).body).toEqual(before);
  });

  it('cannot be changed through a prototype, or with invalid JSON', async () => {
    const site = await newSite();
    const before = (await admin('GET', `/sites/${site}/policy`)).body;
    for (const body of [
      '{"__proto__": {"gate": {}}}',
      '{"gate": {"__proto__": {"comment": "anyone"}}}',
      '{"constructor": {"prototype": {"gate": 1}}}',
      '{"gate": ',
      'gate',
    ]) {
      const answer = await server.call('PATCH', `/api/v1/sites/${site}/policy`, {
        token: server.adminKey,
        body,
      });
      expect([body, answer.status]).toEqual([body, 400]);
    }
    expect((await admin('GET', `/sites/${site}/policy`)).body).toEqual(before);
  });
});

describe('single sign-on settings', () => {
  const rsa = {
    kty: 'RSA',
    kid: 'one',
    e: 'AQAB',
    n: Buffer.concat([Buffer.from([0xc5]), Buffer.alloc(255, 7)]).toString('base64url'),
  };

  it('can be replaced and read, and the secret can be rotated', async () => {
    const site = await newSite();
    expect((await admin('GET', `/sites/${site}/sso`)).body).toEqual({
      family: 'hmac',
      issuer: null,
      jwksUrl: null,
      jwks: null,
    });
    const put = await admin('PUT', `/sites/${site}/sso`, {
      family: 'public-key',
      issuer: 'https://login.news.example',
      jwks: { keys: [{ ...rsa, x5c: ['junk'] }] },
    });
    expect(put.status).toBe(200);
    expect(put.body.jwks).toEqual({ keys: [rsa] });
    expect((await admin('GET', `/sites/${site}/sso`)).body).toEqual(put.body);

    const rotated = await admin('POST', `/sites/${site}/sso/secret`);
    expect(rotated.status).toBe(200);
    expect(rotated.body.ssoSecret).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(Date.parse(rotated.body.previousValidUntil)).toBeGreaterThan(Date.now());
    const withoutOverlap = await admin('POST', `/sites/${site}/sso/secret`, { overlapSeconds: 0 });
    expect(withoutOverlap.body.previousValidUntil).toBeNull();
  });

  it('can end the previous secret at once', async () => {
    const { id, publisher, reader, token } = await createSite(server);
    const signedBefore = await token('ada');
    const status = async () => (await reader(signedBefore, 'GET', `/me?site=${id}`)).status;
    const secretBefore = async () => (await publisher('GET', '/sso/secret')).body.previousValidUntil;
    expect(await secretBefore()).toBeNull();
    const { body: rotated } = await publisher('POST', '/sso/secret', { overlapSeconds: 3600 });
    expect([await secretBefore(), await status()]).toEqual([rotated.previousValidUntil, 200]);
    expect((await publisher('DELETE', '/sso/secret/previous')).status).toBe(204);
    expect([await secretBefore(), await status()]).toEqual([null, 401]);
    expect((await publisher('DELETE', '/sso/secret/previous')).status).toBe(404);
  });

  it.each([
    [{}],
    [{ family: 'both' }],
    [{ family: 'public-key' }],
    [{ family: 'public-key', jwks: { keys: [] } }],
    [{ family: 'public-key', jwks: { keys: 'x' } }],
    [{ family: 'public-key', jwks: { keys: [{ ...rsa, d: 'AQAB' }] } }],
    [{ family: 'public-key', jwks: { keys: [{ kty: 'oct', k: 'AAAA' }] } }],
    [{ family: 'public-key', jwks: { keys: [{ ...rsa, n: rsa.n.slice(0, 170) }] } }],
    [{ family: 'public-key', jwks: { keys: [{ ...rsa, alg: 'RS512' }] } }],
    [{ family: 'public-key', jwks: { keys: [{ kty: 'EC', crv: 'P-521', x: 'AA', y: 'AA' }] } }],
    [{ family: 'public-key', jwks: { keys: [rsa, rsa] } }],
    [{ family: 'public-key', jwks: { keys: [{ ...rsa, kid: 'a\0b' }] } }],
    [{ family: 'public-key', jwksUrl: 'file:///etc/passwd' }],
    [{ family: 'public-key', jwksUrl: 'https://10.0.0.1/jwks' }],
  ])('cannot be set to %j', async (body) => {
    const site = await newSite();
    const answer = await admin('PUT', `/sites/${site}/sso`, body);
    expect([answer.status, answer.body.code]).toEqual([400, 'invalid']);
  });
});

describe('publisher keys', () => {
  it('are shown once, work, are listed, and can be revoked', async () => {
    const { id, key } = await newKey({});
    const lastUsed = async (): Promise<string | null> =>
      (await admin('GET', '/keys?limit=100')).body.items.find((item: Body) => item.id === id).lastUsedAt;
    expect(await lastUsed()).toBeNull();
    expect((await withKey(key, 'GET', '/sites')).status).toBe(200);
    expect(Date.now() - Date.parse((await lastUsed()) ?? '')).toBeLessThan(60_000);
    const list = await admin('GET', '/keys?limit=100');
    const listed = list.body.items.find((item: { id: string }) => item.id === id);
    expect(listed).toMatchObject({
      name: 'newsroom',
      scopes: ['publisher'],
      sites: null,
      prefix: key.slice(0, 12),
    });
    expect(JSON.stringify(list.body)).not.toContain(key);
    expect((await admin('DELETE', `/keys/${id}`)).status).toBe(204);
    expect((await withKey(key, 'GET', '/sites')).status).toBe(401);
    expect((await admin('DELETE', `/keys/${id}`)).status).toBe(404);
    expect((await admin('DELETE', '/keys/no-uuid')).status).toBe(404);
  });

  it('for one site find nothing of another', async () => {
    const [mine, other] = [await newSite('mine'), await newSite('other')];
    const { key } = await newKey({ sites: [mine] });
    expect((await withKey(key, 'GET', `/sites/${mine}`)).status).toBe(200);
    expect((await withKey(key, 'GET', '/sites')).body.items.map(({ id }: { id: string }) => id)).toEqual([
      mine,
    ]);
    for (const [method, path, body] of [
      ['GET', `/sites/${other}`],
      ['PATCH', `/sites/${other}`, { name: 'stolen' }],
      ['DELETE', `/sites/${other}`],
      ['GET', `/sites/${other}/policy`],
      ['PATCH', `/sites/${other}/policy`, {}],
      ['PUT', `/sites/${other}/tiers`, []],
      ['GET', `/sites/${other}/sso`],
      ['POST', `/sites/${other}/sso/secret`],
    ] as const) {
      const answer = await withKey(key, method, path, body);
      expect([method, path, answer.status, answer.body.code]).toEqual([method, path, 404, 'not-found']);
    }
    expect((await withKey(key, 'POST', '/sites', { name: 'x', origins: ['https://x.example'] })).status).toBe(
      403,
    );
  });

  it('cannot create a key with more rights than their own', async () => {
    const [mine, other] = [await newSite('mine'), await newSite('other')];
    const { key } = await newKey({ sites: [mine], scopes: ['publisher', 'score'] });
    const createChildKey = (body: Record<string, unknown>) =>
      withKey(key, 'POST', '/keys', { name: 'child', ...body });
    expect((await createChildKey({ scopes: ['score'], sites: [mine] })).status).toBe(201);
    for (const draft of [
      { scopes: ['score'] },
      { scopes: ['score'], sites: [other] },
      { scopes: ['score'], sites: [mine, other] },
      { scopes: ['moderation'], sites: [mine] },
    ]) {
      const answer = await createChildKey(draft);
      expect([draft, answer.status, answer.body.code]).toEqual([draft, 403, 'beyond-your-own']);
    }
    const theirs = await newKey({ sites: [other] });
    expect((await withKey(key, 'DELETE', `/keys/${theirs.id}`)).status).toBe(404);
    const listed = (await withKey(key, 'GET', '/keys')).body.items;
    expect(listed.every(({ sites }: { sites: string[] }) => sites.length === 1 && sites[0] === mine)).toBe(
      true,
    );
  });

  it('are refused without the scope', async () => {
    const site = await newSite();
    const { key } = await newKey({ scopes: ['score', 'moderation'] });
    for (const [method, path] of [
      ['GET', '/sites'],
      ['GET', `/sites/${site}`],
      ['GET', '/keys'],
    ] as const) {
      const answer = await withKey(key, method, path);
      expect([answer.status, answer.body.code]).toEqual([403, 'scope-required']);
    }
  });

  it.each([
    [{}],
    [{ name: 'x' }],
    [{ name: 'x', scopes: [] }],
    [{ name: 'x', scopes: ['root'] }],
    [{ name: 'x', scopes: ['score'], sites: ['no-uuid'] }],
    [{ name: 'x', scopes: ['score'], sites: [] }],
    [{ name: 'x', scopes: ['score'], sites: [UNKNOWN] }],
    [{ name: 'x', scopes: 'score' }],
  ])('cannot be created with %j', async (body) => {
    expect((await admin('POST', '/keys', body)).status).toBe(400);
  });

  it.each(['', 'wrong', `pbk_${'x'.repeat(43)}`, 'a.b.c'])(
    'that are invalid (%j) are a 401',
    async (token) => {
      const answer = await server.call('GET', '/api/v1/sites', {
        headers: { authorization: `Bearer ${token}` },
      });
      expect(answer.status).toBe(401);
      expect(answer.headers.get('www-authenticate')).toContain('Bearer');
    },
  );

  it('are required', async () => {
    expect((await server.call('GET', '/api/v1/sites')).status).toBe(401);
    expect(
      (await server.call('GET', '/api/v1/sites', { headers: { authorization: 'Basic YTpi' } })).status,
    ).toBe(401);
  });
});

describe('a moderator at the console', () => {
  it('acts as the publisher on the sites of the role, and only from the console', async () => {
    const [own, other] = [await newSite('own'), await newSite('other')];
    const db = await connectAsOwner(database.url);
    try {
      const admin = await signInModerator(server, db, 'Vera', own, 'admin');
      const mayAddSites = async () =>
        (await admin.call<Body>('GET', '/console/session')).body.moderator.mayAddSites;
      expect(await mayAddSites()).toBe(false);
      expect((await admin.call<Body>('GET', '/sites')).body.items).toEqual([
        expect.objectContaining({ id: own }),
      ]);
      expect((await admin.call('PATCH', `/sites/${own}`, { name: 'Renamed' })).status).toBe(200);
      expect((await admin.call('GET', `/sites/${other}`)).status).toBe(404);
      expect((await admin.call('POST', '/sites', { name: 'x', origins: ['https://x.example'] })).status).toBe(
        403,
      );
      const withoutHeader = await server.call<Body>('PATCH', `/api/v1/sites/${own}`, {
        headers: { cookie: admin.cookie },
        body: { name: 'forged' },
      });
      expect([withoutHeader.status, withoutHeader.body.code]).toEqual([403, 'csrf']);
      await db.rows(`UPDATE moderator SET role_everywhere = 'admin' WHERE id = $1`, [admin.id]);
      expect(await mayAddSites()).toBe(true);
      const moderator = await signInModerator(server, db, 'Omar', own);
      const refused = await moderator.call<Body>('GET', `/sites/${own}`);
      expect([refused.status, refused.body.code]).toEqual([403, 'role-required']);
    } finally {
      await db.end();
    }
  });
});

describe('an idempotency key', () => {
  it('returns the same new site again, without a copy of its secret', async () => {
    const call = () =>
      server.call<Body>('POST', '/api/v1/sites', {
        token: server.adminKey,
        body: { name: 'once', origins: ['https://once.example'] },
        headers: { 'idempotency-key': 'make-once' },
      });
    const [first, second] = [await call(), await call()];
    const { ssoSecret, ...shown } = first.body;
    expect(ssoSecret).toEqual(expect.any(String));
    expect([second.status, second.body]).toEqual([201, shown]);
    expect((await admin('GET', `/sites/${first.body.id}`)).status).toBe(200);
  });
});
