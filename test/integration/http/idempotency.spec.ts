import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RefusalLog } from '../../../src/features/entitlements/refusals/refusal-log.js';
import { AccountDeletionService } from '../../../src/features/readers/account-deletion.service.js';
import { Clock } from '../../../src/platform/clock.js';
import { Database } from '../../../src/platform/database/database.js';
import { IdempotencyRecords } from '../../../src/platform/http/idempotency-records.js';
import { SHOWN_ONCE_EXTENSION } from '../../../src/platform/http/idempotency.interceptor.js';
import { systemContext } from '../../../src/platform/tenancy/site-context.js';
import { loadApiDescription, type Operation, type Schema } from '../../support/api-description.js';
import { startApp, type TestApp } from '../../support/app.js';
import type { Answer } from '../../support/caller.js';
import { Conversation } from '../../support/conversation.js';
import { signInModerator } from '../../support/moderator-session.js';
import { LookUpEndpoint } from '../../support/look-up-endpoint.js';
import { connectAsOwner, type Json, type OwnerConnection } from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';

const SLOW_MS = 4_000;
const TIMEOUT_MS = 20_000;

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;
let conversation: Conversation;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({
    databaseUrl: database.url,
    settings: { role: 'api', limits: false, trustProxy: 1 },
  });
  db = await connectAsOwner(database.url);
  conversation = await Conversation.open(app);
});
afterAll(async () => {
  await db?.end();
  await app?.close();
  await database?.drop();
});

const withKey = (key: string, more: Record<string, string> = {}) => ({ 'idempotency-key': key, ...more });
const post = (on: Conversation, token: string, key: string, body = 'Once'): Promise<Answer<Json>> =>
  app.call<Json>('POST', on.threadPath, { token, body: { body }, headers: withKey(key) });
const flag = (id: string, token: string, key: string, reason = 'spam'): Promise<Answer<Json>> =>
  app.call<Json>('POST', `/api/v1/comments/${id}/flags`, { token, body: { reason }, headers: withKey(key) });
const flagsOf = async (id: string): Promise<number> =>
  (await db.rows('SELECT 1 FROM flag WHERE comment_id = $1', [id])).length;
const commentsOf = async ({ siteId }: Conversation): Promise<number> =>
  (await db.rows('SELECT 1 FROM comment WHERE site_id = $1', [siteId])).length;

async function createSiteWithLookUp(endpoint: LookUpEndpoint): Promise<Conversation> {
  const site = await Conversation.open(app);
  const { body } = await site.publisher('PUT', '/lookup', {
    url: endpoint.url,
    cacheSeconds: 60,
    timeoutMs: 5_000,
    whenDown: 'nothing',
  });
  endpoint.secret = body.secret;
  return site;
}

describe('a write with an idempotency key', () => {
  it('holds no connection while waiting for a publisher, so that other sites and readiness are not delayed', async () => {
    const endpoint = await LookUpEndpoint.open();
    try {
      const slow = await createSiteWithLookUp(endpoint);
      const quick = await conversation.token('quick');
      endpoint.delayMs = SLOW_MS;
      const tokens = await Promise.all(Array.from({ length: 60 }, (_, n) => slow.token(`reader-${n}`)));
      let answered = 0;
      const posts = tokens.map(async (token, n) => {
        const { status } = await post(slow, token, `slow-${n}`);
        answered++;
        return status;
      });
      // More requests than the pool has connections.
      await until(() => endpoint.requests.length > 12, TIMEOUT_MS);
      const [posted, ready] = await Promise.all([
        post(conversation, quick, 'quick'),
        app.call('GET', '/health/ready'),
      ]);
      expect([posted.status, ready.status, answered]).toEqual([202, 200, 0]);
      // Requests beyond the concurrency limit wait for the first ones and are answered within the time limit.
      expect(new Set(await Promise.all(posts))).toEqual(new Set([202]));
      expect(await commentsOf(slow)).toBe(60);
    } finally {
      await endpoint.close();
    }
  });

  it('has one effect if it is sent several times at once, and all get the same response', async () => {
    const endpoint = await LookUpEndpoint.open();
    try {
      const site = await createSiteWithLookUp(endpoint);
      endpoint.delayMs = 300;
      const token = await site.token('anna');
      const answers = await Promise.all(Array.from({ length: 5 }, () => post(site, token, 'at-once')));
      expect(answers.map(({ status }) => status)).toEqual([202, 202, 202, 202, 202]);
      expect(new Set(answers.map(({ body }) => body.id)).size).toBe(1);
      const replays = answers.filter(({ headers }) => headers.get('idempotency-replayed') === 'true');
      expect(replays).toHaveLength(4);
      expect(await commentsOf(site)).toBe(1);
    } finally {
      await endpoint.close();
    }
  });

  it('gets the first response although it would now be refused, and a 422 with another body', async () => {
    const site = await Conversation.open(app);
    const token = await site.token('anna');
    const first = await post(site, token, 'kept');
    await site.setStory({ state: 'closed' });
    expect((await post(site, token, 'other')).status).toBe(403);
    const again = await post(site, token, 'kept');
    expect([again.status, again.body]).toEqual([202, first.body]);
    expect((await post(site, token, 'kept', 'Other words')).body.code).toBe('idempotency-mismatch');
    expect(await commentsOf(site)).toBe(1);
  });

  it('stores no comment if its idempotency record cannot be stored', async () => {
    const token = await conversation.token('atomic');
    const before = await commentsOf(conversation);
    await db.rows('ALTER FUNCTION idempotency_store RENAME TO idempotency_store_disabled');
    try {
      expect((await post(conversation, token, 'atomic')).status).toBe(500);
    } finally {
      await db.rows('ALTER FUNCTION idempotency_store_disabled RENAME TO idempotency_store');
    }
    expect(await commentsOf(conversation)).toBe(before);
    expect((await post(conversation, token, 'atomic')).status).toBe(202);
    expect(await commentsOf(conversation)).toBe(before + 1);
  });

  it('respects the lease of a request that a process of the previous release handles', async () => {
    const token = await conversation.token('upgraded');
    const first = await post(conversation, token, 'leased');
    const before = await commentsOf(conversation);
    await db.rows(
      `UPDATE idempotency_record SET status = NULL, answer_sealed = NULL, holder = gen_random_uuid(),
         leased_until = now() + interval '1 hour' WHERE key = 'leased'`,
    );
    const during = await post(conversation, token, 'leased');
    expect([during.status, during.body.code]).toEqual([409, 'idempotency-in-progress']);
    expect(await commentsOf(conversation)).toBe(before);
    await db.rows(`UPDATE idempotency_record SET leased_until = now() WHERE key = 'leased'`);
    const second = await post(conversation, token, 'leased');
    expect([second.status, second.body.id === first.body.id]).toEqual([202, false]);
  });

  it('runs again after a response that is not stored, but not after one that is', async () => {
    const token = await conversation.token('refused');
    await conversation.setStory({ state: 'closed' });
    expect((await post(conversation, token, 'closed')).status).toBe(403);
    await conversation.setStory({ state: 'open' });
    expect((await post(conversation, token, 'closed')).status).toBe(202);
    const bad = await post(conversation, token, 'empty', ' ');
    const again = await post(conversation, token, 'empty', ' ');
    expect([bad.status, again.status]).toEqual([400, 400]);
    expect(again.headers.get('idempotency-replayed')).toBe('true');
  });

  it('accepts a long URL and a key of the maximum length', async () => {
    const story = 'ü'.repeat(255);
    await conversation.setStory({}, story);
    const token = await conversation.token('long');
    const path = `/api/v1/sites/${conversation.siteId}/stories/${encodeURIComponent(story)}/comments`;
    const call = () =>
      app.call<Json>('POST', path, { token, body: { body: 'Long' }, headers: withKey('k'.repeat(255)) });
    const [first, second] = [await call(), await call()];
    expect([first.status, second.status]).toEqual([202, 202]);
    expect(second.body.id).toBe(first.body.id);
  });

  it('stores no unencrypted data about the reader in the record', async () => {
    await post(conversation, await conversation.token('secretive'), 'sealed', 'Words that stay here');
    const [row] = await db.rows<Record<string, unknown>>(
      `SELECT * FROM idempotency_record WHERE key = 'sealed'`,
    );
    expect(JSON.stringify(row)).not.toMatch(/secretive|Words that stay|story-1/);
  });
});

describe('a write with an idempotency key that holds a lease', () => {
  it('gets a 409 while the first request runs, and the same response afterwards', async () => {
    const endpoint = await LookUpEndpoint.open();
    try {
      const site = await createSiteWithLookUp(endpoint);
      const id = await site.published(await site.token('author'));
      const token = await site.token('anna');
      endpoint.requests.length = 0;
      endpoint.delayMs = 1_000;
      const first = flag(id, token, 'twice');
      await until(() => endpoint.requests.length > 0, TIMEOUT_MS);
      const during = await flag(id, token, 'twice');
      expect([during.status, during.body.code]).toEqual([409, 'idempotency-in-progress']);
      expect(during.headers.get('retry-after')).toBe('1');
      const { status, body } = await first;
      const after = await flag(id, token, 'twice');
      expect([status, after.status]).toEqual([202, 202]);
      expect(after.body).toEqual(body);
      expect(after.headers.get('idempotency-replayed')).toBe('true');
      expect((await flag(id, token, 'twice', 'abuse')).status).toBe(422);
      expect(await flagsOf(id)).toBe(1);
    } finally {
      await endpoint.close();
    }
  });

  it('stores nothing if its response cannot be stored', async () => {
    const id = await conversation.published(await conversation.token('author'));
    const token = await conversation.token('atomic');
    await db.rows('ALTER FUNCTION idempotency_store_response RENAME TO idempotency_store_response_disabled');
    try {
      expect((await flag(id, token, 'atomic-flag')).status).toBe(500);
    } finally {
      await db.rows(
        'ALTER FUNCTION idempotency_store_response_disabled RENAME TO idempotency_store_response',
      );
    }
    expect(await flagsOf(id)).toBe(0);
    // The lease of a request that did not finish expires within seconds.
    let answer: Answer<Json> | undefined;
    await until(async () => (answer = await flag(id, token, 'atomic-flag')).status !== 409, TIMEOUT_MS);
    expect(answer!.status).toBe(202);
    expect(await flagsOf(id)).toBe(1);
  });

  it('stores nothing if another request has taken over its key', async () => {
    const endpoint = await LookUpEndpoint.open();
    try {
      const site = await createSiteWithLookUp(endpoint);
      const id = await site.published(await site.token('author'));
      const token = await site.token('late');
      endpoint.requests.length = 0;
      endpoint.delayMs = 1_000;
      const first = flag(id, token, 'taken-over');
      await until(() => endpoint.requests.length > 0, TIMEOUT_MS);
      await db.rows(`UPDATE idempotency_record SET holder = gen_random_uuid() WHERE key = 'taken-over'`);
      expect((await first).body).toMatchObject({ status: 409, code: 'idempotency-in-progress' });
      expect(await flagsOf(id)).toBe(0);
    } finally {
      await endpoint.close();
    }
  });

  it('runs again if its process died before it took effect', async () => {
    const id = await conversation.published(await conversation.token('author'));
    const token = await conversation.token('again');
    await flag(id, token, 'again');
    await db.rows(
      `UPDATE idempotency_record SET status = NULL, answer_sealed = NULL, holder = gen_random_uuid(),
         leased_until = now() + interval '1 hour' WHERE key = 'again'`,
    );
    await db.rows('DELETE FROM flag WHERE comment_id = $1', [id]);
    expect((await flag(id, token, 'again')).status).toBe(409);
    await db.rows(`UPDATE idempotency_record SET leased_until = now() WHERE key = 'again'`);
    expect((await flag(id, token, 'again')).status).toBe(202);
    expect(await flagsOf(id)).toBe(1);
  });
});

describe('a repeated request', () => {
  it('is authenticated before its key is looked up', async () => {
    const token = await conversation.token('owner-of-it');
    expect((await post(conversation, token, 'mine')).status).toBe(202);
    expect((await post(conversation, 'no token', 'mine')).status).toBe(401);
    const signedOut = await app.call<Json>('POST', conversation.threadPath, {
      body: { body: 'Once' },
      headers: withKey('mine'),
    });
    expect([signedOut.status, signedOut.body.code]).toEqual([401, 'signed-out']);
  });

  it('never returns the secret of a new second factor again', async () => {
    const ann = await signInModerator(app, db, 'Ann', conversation.siteId, 'owner');
    const path = '/console/second-factor/app';
    const first = await ann.call<Json>('POST', path, undefined, withKey('factor'));
    expect(first.status).toBe(201);
    const nobody = await app.call<Json>('POST', `/api/v1${path}`, {
      headers: withKey('factor', { 'x-postbag-console': '1' }),
    });
    expect([nobody.status, nobody.body.code]).toEqual([401, 'no-session']);
    // A new request by Ann starts the set-up again.
    const second = await ann.call<Json>('POST', path, undefined, withKey('factor'));
    expect(second.status).toBe(201);
    expect(second.body.secret).not.toBe(first.body.secret);
    expect(await db.rows(`SELECT 1 FROM idempotency_record WHERE key = 'factor'`)).toEqual([]);
  });

  it('returns the first response without its secret', async () => {
    const call = (): Promise<Answer<Json>> =>
      app.call<Json>('POST', `/api/v1/sites/${conversation.siteId}/webhooks`, {
        token: app.adminKey,
        body: { url: 'http://127.0.0.1:9/hook', events: ['*'] },
        headers: withKey('endpoint'),
      });
    const [first, second] = [await call(), await call()];
    const { secret, ...shown } = first.body;
    expect(secret).toMatch(/^whsec_/);
    expect([second.status, second.body]).toEqual([201, shown]);
  });

  it('gets a 409 for a moderator whose permissions have changed', async () => {
    const other = await Conversation.open(app);
    const max = await signInModerator(app, db, 'Max', conversation.siteId);
    await db.rows(`INSERT INTO moderator_role (site_id, moderator_id, role) VALUES ($1, $2, 'moderator')`, [
      other.siteId,
      max.id,
    ]);
    const { body: comment } = await conversation.post(await conversation.token('held'), 'To be decided');
    await conversation.move(comment.id, 'pending', 'held');
    const decide = () =>
      max.call<Json>(
        'POST',
        '/moderation/decisions',
        { decisions: [{ commentId: comment.id, revision: 1, action: 'approve' }] },
        withKey('decided'),
      );
    const first = await decide();
    expect(first.body.results[0]).toMatchObject({ status: 'published' });
    expect((await decide()).body).toEqual(first.body);
    await db.rows('DELETE FROM moderator_role WHERE site_id = $1 AND moderator_id = $2', [
      conversation.siteId,
      max.id,
    ]);
    await until(async () => {
      const { status, body } = await decide();
      return status === 409 && body.code === 'idempotency-rights-changed';
    }, TIMEOUT_MS);
  });

  it('never gets another signed-out caller’s response', async () => {
    const open = await Conversation.open(app, { gate: { flag: 'anyone' } });
    const id = await open.published(await open.token('author'));
    const from = (address: string): Promise<Answer<Json>> =>
      app.call<Json>('POST', `/api/v1/comments/${id}/flags`, {
        body: { reason: 'abuse' },
        headers: withKey('from-anywhere', { 'x-forwarded-for': address }),
      });
    const answers = [await from('192.0.2.1'), await from('192.0.2.2'), await from('192.0.2.1')];
    expect(answers.map(({ status }) => status)).toEqual([202, 202, 202]);
    expect(answers.map(({ headers }) => headers.get('idempotency-replayed'))).toEqual([null, null, 'true']);
    const rows = await db.rows(`SELECT caller FROM idempotency_record WHERE key = 'from-anywhere'`);
    expect(rows).toHaveLength(2);
    expect(JSON.stringify(rows)).not.toContain('192.0.2');
  });
});

describe('refusals', () => {
  it('of signed-out callers store no idempotency records', async () => {
    const before = await db.rows('SELECT 1 FROM idempotency_record');
    for (let n = 0; n < 5; n++) {
      const { status } = await app.call('POST', conversation.threadPath, {
        body: { body: '' },
        headers: withKey(`nobody-${n}`),
      });
      expect(status).toBe(400);
    }
    expect(await db.rows('SELECT 1 FROM idempotency_record')).toHaveLength(before.length);
  });

  it('of signed-out callers are counted together in the refusal log', async () => {
    const site = await Conversation.open(app);
    const log = app.app.get(RefusalLog, { strict: false });
    for (let n = 0; n < 6; n++) {
      const { status } = await app.call('POST', site.threadPath, { body: { body: 'Let me in' } });
      expect(status).toBe(401);
      await log.flush();
    }
    const rows = await db.rows('SELECT reader_key, code, times FROM refusal WHERE site_id = $1', [
      site.siteId,
    ]);
    // There are two rows if the hour ends in between.
    expect(rows.length).toBeLessThanOrEqual(2);
    expect(rows.reduce((sum, { times }) => sum + Number(times), 0)).toBe(6);
    const { body } = await site.publisher('GET', '/refusals');
    expect(body.items[0]).toMatchObject({ readerKey: null, code: 'signed-out', action: 'comment' });
  });

  it('of one reader store idempotency records up to a limit', async () => {
    const limited = await startApp({ databaseUrl: database.url, settings: { role: 'api' } });
    try {
      const token = await conversation.token('stubborn');
      const empty = (n: number) =>
        limited.call('POST', conversation.threadPath, {
          token,
          body: { body: '' },
          headers: withKey(`stubborn-${n}`),
        });
      await empty(0);
      await db.rows(`UPDATE limit_counter SET hits = 200 WHERE key LIKE 'idempotency-refusals:%'`);
      await empty(1);
      const stored = await db.rows(`SELECT key FROM idempotency_record WHERE key LIKE 'stubborn-%'`);
      expect(stored).toEqual([{ key: 'stubborn-0' }]);
    } finally {
      await limited.close();
    }
  });
});

describe('an idempotency record', () => {
  it('is deleted after a day', async () => {
    const clock = app.app.get(Clock, { strict: false });
    const records = app.app.get(IdempotencyRecords, { strict: false });
    await post(conversation, await conversation.token('aged'), 'aged');
    const agedRows = () => db.rows(`SELECT 1 FROM idempotency_record WHERE key = 'aged'`);
    await records.purge();
    expect(await agedRows()).toHaveLength(1);
    clock.now = () => new Date(Date.now() + 24 * 60 * 60_000 + 1_000);
    try {
      await records.purge();
    } finally {
      clock.now = () => new Date();
    }
    expect(await agedRows()).toEqual([]);
    expect(await db.rows('SELECT 1 FROM idempotency_record')).toEqual([]);
  });

  it('is deleted with a reader who is erased', async () => {
    const posted = await post(conversation, await conversation.token('leaving'), 'comment');
    const stored = await app.call('PUT', `/api/v1/sites/${conversation.siteId}/readers/leaving`, {
      token: app.adminKey,
      body: { name: 'Leaving Soon' },
      headers: withKey('profile'),
    });
    expect([posted.status, stored.status]).toEqual([202, 200]);
    const ctx = systemContext(conversation.siteId, 'spec');
    const deletion = app.app.get(AccountDeletionService, { strict: false });
    await app.app.get(Database).inSite(ctx, (tx) => deletion.eraseNow(tx, ctx, posted.body.author.id));
    const rows = await db.rows(
      `SELECT key, answer_sealed FROM idempotency_record WHERE key IN ('comment', 'profile')`,
    );
    expect(rows).toEqual([{ key: 'profile', answer_sealed: null }]);
    const again = await app.call<Json>('PUT', `/api/v1/sites/${conversation.siteId}/readers/leaving`, {
      token: app.adminKey,
      body: { name: 'Leaving Soon' },
      headers: withKey('profile'),
    });
    expect([again.status, again.body.code]).toEqual([409, 'idempotency-answer-gone']);
  });
});

/** Names of all members in the successful response of an operation. */
function memberNames(
  { responses }: Operation,
  resolve: <T extends { $ref?: string }>(node: T) => T,
): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<Schema>();
  const walk = (node: Schema | boolean | undefined): void => {
    if (typeof node !== 'object') return;
    const schema = resolve(node);
    if (seen.has(schema)) return;
    seen.add(schema);
    for (const [name, member] of Object.entries(schema.properties ?? {})) {
      names.add(name);
      walk(member);
    }
    [schema.items, schema.additionalProperties, ...(schema.anyOf ?? []), ...(schema.oneOf ?? [])].forEach(
      walk,
    );
  };
  for (const [status, response] of Object.entries(responses)) {
    if (!status.startsWith('2')) continue;
    for (const { schema } of Object.values(resolve(response).content ?? {})) walk(schema);
  }
  return names;
}

describe('every route that writes', () => {
  /** Names that look like secrets but are not. */
  const HARMLESS = new Set(['links', 'previousSecretValidUntil', 'hasPassword', 'clientToken', 'maxTokens']);

  it('authenticates its caller before the handler runs or accepts no key, and declares the secrets in its response', async () => {
    const { operations, resolve } = await loadApiDescription();
    const failures: string[] = [];
    let shownSecrets = 0;
    for (const operation of operations) {
      const isKeyed = operation.parameters.some(({ name }) => name === 'Idempotency-Key');
      if (!isKeyed) continue;
      const route = `${operation.method} ${operation.path}`;
      const isGuarded = operation.security.some((scheme) => 'publisher' in scheme || 'reader' in scheme);
      if (!isGuarded) failures.push(`${route} accepts a key and has no guard`);
      const shown = ((operation as unknown as Record<string, unknown>)[SHOWN_ONCE_EXTENSION] ??
        []) as string[];
      shownSecrets += shown.length;
      const secrets = [...memberNames(operation, resolve)].filter(
        (name) =>
          /secret|token|password|link|recovery|otp|^uri$|challenge|credential/i.test(name) &&
          !HARMLESS.has(name) &&
          !shown.includes(name),
      );
      if (secrets.length > 0) failures.push(`${route} returns undeclared secrets: ${secrets.join()}`);
    }
    expect(failures).toEqual([]);
    expect(shownSecrets).toBeGreaterThan(9);
  });
});
