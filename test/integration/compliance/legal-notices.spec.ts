import { LegalNoticesService } from '../../../src/features/compliance/legal-notices.service.js';
import { AccountDeletionService } from '../../../src/features/readers/account-deletion.service.js';
import { startApp } from '../../support/app.js';
import { signInModerator } from '../../support/moderator-session.js';
import { openModerationFixture, type ModerationFixture } from '../../support/moderation-fixture.js';
import { until } from '../../support/processes.js';
import { Conversation } from '../../support/conversation.js';

let env: ModerationFixture;

beforeAll(async () => {
  env = await openModerationFixture();
});
afterAll(() => env.close());

const NOTICE = {
  reason: 'defamation',
  explanation: 'It says that I stole money.',
  name: 'Ada Smith',
  email: 'ada@mail.example',
  goodFaith: true,
};

async function setUp() {
  const conversation = await Conversation.open(env.app);
  const id = await conversation.published(await conversation.token('anna'));
  const submit = (body: unknown, headers: Record<string, string> = {}) =>
    env.app.call('POST', `/api/v1/comments/${id}/notices`, { body, headers });
  const moderate = (method: string, path: string, body?: unknown) =>
    env.app.call<any>(method, `/api/v1/moderation/notices${path}`, { token: env.app.adminKey, body }); // eslint-disable-line @typescript-eslint/no-explicit-any
  const read = (reference: unknown) => env.app.call('GET', `/api/v1/notices/${String(reference)}`);
  const mails = () =>
    env.db.rows<{ key: string; address: string }>(
      'SELECT key, address FROM mail WHERE site_id = $1 ORDER BY id',
      [conversation.siteId],
    );
  return { conversation, id, submit, moderate, read, mails };
}

describe('a notice of illegal content', () => {
  it('is taken without signing in, answered by email, and removes the comment once decided', async () => {
    const { conversation, id, submit, moderate, read, mails } = await setUp();
    const { status, body: receipt } = await submit(NOTICE, { 'accept-language': 'de' });
    expect([status, receipt]).toEqual([
      201,
      { id: expect.any(String), reference: expect.stringMatching(/^[\w-]{22}$/), status: 'received' },
    ]);
    expect(await mails()).toEqual([
      { key: `legal-notice-${String(receipt['id'])}-received`, address: NOTICE.email },
    ]);
    expect((await read(receipt['reference'])).body).toMatchObject({
      status: 'received',
      decision: null,
      redress: null,
    });

    const { body: page } = await moderate('GET', `?site=${conversation.siteId}`);
    expect(page.items).toMatchObject([
      {
        id: receipt['id'],
        state: 'open',
        reason: 'defamation',
        explanation: NOTICE.explanation,
        comment: { id, status: 'published', revision: 1 },
      },
    ]);
    const decision = { action: 'remove', revision: 1, note: 'Proven wrong.' };
    const decided = await moderate('POST', `/${String(receipt['id'])}/decision`, decision);
    expect(decided).toMatchObject({
      status: 200,
      body: { state: 'removed', note: 'Proven wrong.', comment: { status: 'removed' } },
    });
    expect(await moderate('POST', `/${String(receipt['id'])}/decision`, decision)).toMatchObject({
      status: 409,
      body: { code: 'already-decided' },
    });
    expect((await conversation.comment('GET', id)).status).toBe(404);
    const { body: answer } = await read(receipt['reference']);
    expect(answer).toMatchObject({
      status: 'decided',
      decision: { outcome: 'removed', automated: false },
      redress: expect.stringContaining('Artikel 21'),
    });
    expect(JSON.stringify(answer)).not.toMatch(/Ada|BS|stole|Proven/);
    expect((await mails()).map(({ key }) => key)).toContain(`legal-notice-${String(receipt['id'])}-decided`);
    const rows = await env.db.rows(
      `SELECT body::json ->> 'action' AS action, body FROM audit_entry WHERE site_id = $1 AND body LIKE '%legal-notice%' ORDER BY id`,
      [conversation.siteId],
    );
    expect(rows.map(({ action }) => action)).toEqual(['legal-notice.made', 'legal-notice.changed']);
    expect(JSON.stringify(rows)).not.toMatch(/Ada|ada@|stole/);
    // A comment that is no longer published is not there for the public.
    expect((await submit(NOTICE)).status).toBe(404);
  });

  it('can leave the comment as it is', async () => {
    const { conversation, id, submit, moderate, read } = await setUp();
    const { body: receipt } = await submit({ reason: 'other', explanation: 'Rude.', goodFaith: true });
    await moderate('POST', `/${String(receipt['id'])}/decision`, { action: 'no-action', revision: 1 });
    expect((await conversation.comment('GET', id)).status).toBe(200);
    expect((await read(receipt['reference'])).body).toMatchObject({ decision: { outcome: 'no-action' } });
    expect((await moderate('GET', `?site=${conversation.siteId}`)).body.items).toEqual([]);
    expect((await moderate('GET', `?site=${conversation.siteId}&state=no-action`)).body.items).toHaveLength(
      1,
    );
  });

  it.each([
    [{ ...NOTICE, goodFaith: false }, '/goodFaith'],
    [{ ...NOTICE, email: 'nobody' }, '/email'],
    [{ ...NOTICE, explanation: ' ' }, '/explanation'],
    [{ ...NOTICE, reason: undefined }, '/reason'],
  ])('refuses %j', async (body, pointer) => {
    const { submit } = await setUp();
    expect(await submit(body)).toMatchObject({ status: 400, body: { errors: [{ pointer }] } });
  });

  it('forgets the notifier on request and six months after the decision', async () => {
    const { submit, moderate, mails, read } = await setUp();
    const [{ body: first }, { body: second }] = [await submit(NOTICE), await submit(NOTICE)];
    const notifierOf = async ({ id }: Record<string, unknown>) =>
      (await env.db.rows('SELECT name, email, explanation FROM legal_notice WHERE id = $1', [id]))[0];
    const erasure = `/api/v1/notices/${String(first['reference'])}/notifier`;
    expect((await env.app.call('DELETE', erasure)).status).toBe(204);
    expect(await notifierOf(first)).toEqual({ name: null, email: null, explanation: NOTICE.explanation });
    expect(await mails()).toHaveLength(1);
    await moderate('POST', `/${String(second['id'])}/decision`, { action: 'no-action', revision: 1 });
    const purgeAfter = async (days: number): Promise<void> => {
      env.advanceClock(days * 86_400_000);
      await env.app.app.get(LegalNoticesService, { strict: false }).purge();
      env.resetClock();
    };
    await purgeAfter(180);
    expect(await notifierOf(second)).toMatchObject({ name: NOTICE.name });
    await purgeAfter(185);
    expect(await notifierOf(second)).toEqual({ name: null, email: null, explanation: null });
    expect((await read(second['reference'])).body).toMatchObject({ status: 'decided' });
  });

  it('loses its explanation when the author of the comment is erased', async () => {
    const { conversation, submit, moderate } = await setUp();
    await submit(NOTICE);
    const requested = await env.app.call('POST', '/api/v1/me/deletion', {
      token: await conversation.token('anna'),
    });
    expect(requested.status).toBe(202);
    await env.db.rows(`UPDATE reader_deletion SET due_at = now() - interval '1 second' WHERE site_id = $1`, [
      conversation.siteId,
    ]);
    await env.app.app.get(AccountDeletionService, { strict: false }).sweep();
    const explanation = async (): Promise<unknown> =>
      (await moderate('GET', `?site=${conversation.siteId}`)).body.items[0].explanation;
    await until(async () => (await explanation()) === null, 30_000);
  });

  it('shows viewers neither the name nor the address of the notifier', async () => {
    const { conversation, submit } = await setUp();
    await submit(NOTICE);
    const listOf = async (role: string): Promise<unknown> => {
      const session = await signInModerator(env.app, env.db, role, conversation.siteId, role);
      return (await session.call('GET', `/moderation/notices?site=${conversation.siteId}`)).body;
    };
    expect(await listOf('viewer')).toMatchObject({
      items: [{ name: null, email: null, reason: 'defamation' }],
    });
    expect(await listOf('moderator')).toMatchObject({ items: [{ name: NOTICE.name, email: NOTICE.email }] });
  });

  it('is limited per network, and per email address from any network', async () => {
    const limited = await startApp({
      databaseUrl: env.databaseUrl,
      settings: { role: 'api', limits: true, trustProxy: 1 },
    });
    try {
      const { id } = await setUp();
      const statusFrom = async (ip: string, email?: string): Promise<number> =>
        (
          await limited.call('POST', `/api/v1/comments/${id}/notices`, {
            body: {
              reason: 'other',
              explanation: 'x',
              goodFaith: true,
              ...(email === undefined ? {} : { email }),
            },
            headers: { 'x-forwarded-for': ip },
          })
        ).status;
      const perEmail: number[] = [];
      for (let n = 1; n <= 11; n++) perEmail.push(await statusFrom(`198.51.${n}.1`, 'Ada@mail.example'));
      expect(perEmail).toEqual([...Array<number>(10).fill(201), 429]);
      const perNetwork: number[] = [];
      for (let n = 1; n <= 21; n++) perNetwork.push(await statusFrom('203.0.113.9'));
      expect(perNetwork).toEqual([...Array<number>(20).fill(201), 429]);
      expect(await statusFrom('203.0.114.9')).toBe(201);
    } finally {
      await limited.close();
    }
  });

  it('of another site is not found, nor is an unknown reference', async () => {
    const { submit, read } = await setUp();
    const { body: receipt } = await submit(NOTICE);
    const other = await Conversation.open(env.app);
    const { body: key } = await env.app.call('POST', '/api/v1/keys', {
      token: env.app.adminKey,
      body: { name: 'other', scopes: ['moderation'], sites: [other.siteId] },
    });
    const token = String(key['key']);
    const decision = await env.app.call(
      'POST',
      `/api/v1/moderation/notices/${String(receipt['id'])}/decision`,
      {
        token,
        body: { action: 'remove', revision: 1 },
      },
    );
    expect(decision.status).toBe(404);
    const list = await env.app.call('GET', '/api/v1/moderation/notices', { token });
    expect(list).toMatchObject({ status: 200, body: { items: [] } });
    expect((await read('nothing')).status).toBe(404);
  });
});
