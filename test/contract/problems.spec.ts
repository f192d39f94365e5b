import { startApp, type TestApp } from '../support/app.js';
import type { Answer, CallOptions } from '../support/caller.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { expectRecorded, withoutVariableParts } from '../support/recordings.js';
import { createSite, type Body, type TestSite } from '../support/sites.js';

let database: FreshDatabase;
let app: TestApp;
let site: TestSite;
let token: string;
let comment: string;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({
    databaseUrl: database.url,
    settings: { role: 'api', publicUrl: 'https://comments.example' },
  });
  site = await createSite(app, { signInUrl: 'https://news.example/sign-in' });
  await site.publisher('PUT', '/stories/talks', { url: 'https://news.example/talks', title: 'Talks' });
  token = await site.token('anna');
  const posted = await site.reader<Body>(token, 'POST', `/sites/${site.id}/stories/talks/comments`, {
    body: 'I call BS.',
  });
  comment = posted.body.id;
  await admin('POST', '/moderation/decisions', {
    body: { decisions: [{ commentId: comment, revision: 1, action: 'approve' }] },
  });
  await site.publisher('PATCH', '/policy', { gate: { comment: 'insider-gold' } });
});
afterAll(async () => {
  await app.close();
  await database.drop();
});

const thread = () => `/api/v1/sites/${site.id}/stories/talks/comments`;
const post = (more: CallOptions): Promise<Answer> =>
  app.call('POST', thread(), { body: { body: 'So do I.' }, ...more });
const admin = (method: string, path: string, more: CallOptions = {}): Promise<Answer> =>
  app.call(method, `/api/v1${path}`, { token: app.adminKey, ...more });

async function scoreKey(): Promise<string> {
  const created = await admin('POST', '/keys', { body: { name: 'scorer', scopes: ['score'] } });
  return created.body['key'] as string;
}

async function signInUntilLimited(): Promise<Answer> {
  const body = { email: 'nobody@news.example', password: 'a guess that is wrong' };
  for (;;) {
    const answer = await app.call('POST', '/api/v1/console/session', {
      headers: { 'x-postbag-console': '1' },
      body,
    });
    if (answer.status !== 401) return answer;
  }
}

async function reuseIdempotencyKey(): Promise<Answer> {
  const headers = { 'idempotency-key': 'one' };
  await admin('POST', '/sites', { headers, body: { name: 'A', origins: ['https://a.example'] } });
  return admin('POST', '/sites', { headers, body: { name: 'B', origins: ['https://a.example'] } });
}

const refusals: readonly (readonly [name: string, make: () => Promise<Answer>])[] = [
  ['400 invalid', () => admin('POST', '/sites', { body: { name: '', origins: 'x', color: 'red' } })],
  ['400 malformed', () => admin('POST', '/sites', { body: '{"name":' })],
  ['400 bad cursor', () => admin('GET', '/sites?cursor=x')],
  ['401 unauthorized', () => app.call('GET', '/api/v1/sites')],
  ['401 signed-out', () => post({})],
  ['401 bad reader token', () => post({ token: 'a.b.c' })],
  ['401 no session', () => app.call('GET', '/api/v1/console/session')],
  [
    '401 bad credentials',
    () =>
      app.call('POST', '/api/v1/console/session', {
        headers: { 'x-postbag-console': '1' },
        body: { link: 'no such link' },
      }),
  ],
  ['403 tier-required', () => post({ token })],
  [
    '403 entitlement-ended',
    async () => {
      await site.publisher('PUT', '/readers/ben/entitlement', { tier: 'insider-gold', status: 'cancelled' });
      return post({ token: await site.token('ben') });
    },
  ],
  [
    '403 story-closed',
    async () => {
      await site.publisher('PUT', '/stories/over', {
        url: 'https://news.example/over',
        title: 'Over',
        state: 'closed',
      });
      return app.call('POST', `/api/v1/sites/${site.id}/stories/over/comments`, {
        token,
        body: { body: 'Late.' },
      });
    },
  ],
  ['403 scope-required', async () => app.call('GET', '/api/v1/sites', { token: await scoreKey() })],
  ['403 csrf', () => app.call('DELETE', '/api/v1/console/session')],
  [
    '403 not-the-author',
    async () =>
      app.call('PATCH', `/api/v1/comments/${comment}`, {
        token: await site.token('ben'),
        body: { body: 'Mine.' },
      }),
  ],
  ['404 not-found', () => admin('GET', '/sites/0190d5a0-0000-7000-8000-000000000000')],
  ['404 nothing at this address', () => app.call('GET', '/api/v1/nothing')],
  [
    '409 not-refused',
    () => app.call('POST', `/api/v1/comments/${comment}/appeal`, { token, body: { text: 'Please.' } }),
  ],
  ['413 too-large', () => admin('POST', '/sites', { body: { name: 'x'.repeat(300_000) } })],
  [
    '415 unsupported-media-type',
    () => admin('POST', '/sites', { body: 'name=x', headers: { 'content-type': 'text/plain' } }),
  ],
  ['422 idempotency-mismatch', reuseIdempotencyKey],
  ['429 rate-limited', signInUntilLimited],
];

it('returns errors in the published shape', async () => {
  const seen: Record<string, unknown> = {};
  for (const [name, make] of refusals) {
    const { status, headers, body } = await make();
    expect([name, headers.get('content-type')?.split(';')[0]]).toEqual([name, 'application/problem+json']);
    expect([name, body['requestId']]).toEqual([name, headers.get('x-request-id')]);
    const more = ['www-authenticate', 'retry-after'].flatMap((header) =>
      headers.has(header) ? [[header, header === 'retry-after' ? '<seconds>' : headers.get(header)]] : [],
    );
    seen[name] = { status, headers: Object.fromEntries(more) as object, body: withoutVariableParts(body) };
  }
  expectRecorded('problems', seen);
});
