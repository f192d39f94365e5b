import { afterAll, afterEach, beforeAll, expect, it } from '@jest/globals';
import { caller } from '../../support/app.js';
import { describeOnBothBackends } from '../../support/backends.js';
import { aNewsroom, expectStatus, ownerOf, type Newsroom, type Owner } from '../../support/newsroom.js';
import { startProcess, until, type RunningProcess } from '../../support/processes.js';
import { openInbox, type WebhookInbox } from '../../support/webhook-inbox.js';

const ADMIN_KEY = 'pbk_test-admin-key-of-forty-characters-length';

describeOnBothBackends('a worker that is killed', (backend) => {
  let api: RunningProcess;
  let worker: RunningProcess | undefined;
  let inbox: WebhookInbox;
  let room: Newsroom;
  let db: Owner;

  const start = (role: string): Promise<RunningProcess> =>
    startProcess({
      env: {
        ROLE: role,
        DATABASE_URL: backend.databaseUrl,
        ...(backend.redisUrl === null ? {} : { REDIS_URL: backend.redisUrl }),
        SECRET_KEY: 'a secret key for tests, long enough for anyone',
        ADMIN_KEY,
        OUTBOUND_ALLOW: '127.0.0.0/8',
        LOG_LEVEL: 'warn',
      },
    });
  const own = async (sub: string, id: string) => (await room.own(sub, id))['status'];

  beforeAll(async () => {
    api = await start('api');
    db = await ownerOf(backend.databaseUrl);
    room = await aNewsroom({ call: caller(api.url), adminKey: ADMIN_KEY });
  }, 60_000);
  afterEach(async () => {
    await worker?.kill9();
    await inbox?.close();
  });
  afterAll(async () => {
    await db?.end();
    await api?.kill9();
  });

  it('between decision and delivery loses no event: each comes again, in order, with the same bytes', async () => {
    inbox = await openInbox();
    inbox.answer = () => 'hang';
    await expectStatus(
      201,
      room.admin('POST', `/sites/${room.site}/webhooks`, { url: inbox.url, events: ['*'] }),
    );
    worker = await start('worker');
    const { id } = await room.submit('ann', 'A calm remark about the talks.');
    await until(async () => (await own('ann', id)) === 'published');
    await inbox.has(1);
    await worker.kill9();

    inbox.answer = () => 200;
    worker = await start('worker');
    const of = () => inbox.received.filter(({ event }) => event.data.comment?.id === id);
    // The dead one's lease has to end first.
    await until(() => of().some(({ event }) => event.type === 'comment.published'), 60_000);
    expect(of().map(({ event }) => [event.type, event.sequence])).toEqual([
      ['comment.submitted', 1],
      ['comment.submitted', 1],
      ['comment.published', 2],
    ]);
    expect(of()[0].body).toBe(of()[1].body);
    expect(of()[0].headers['webhook-id']).toBe(of()[1].headers['webhook-id']);
  }, 120_000);

  it('in the middle of a decision leaves nothing half done, and the comment is decided once', async () => {
    // Whoever decides waits here, with the comment moved and not yet committed.
    await db.rows('BEGIN');
    await db.rows('LOCK TABLE decision IN EXCLUSIVE MODE');
    worker = await start('worker');
    const { id } = await room.submit('ben', 'Another calm remark.');
    await until(
      async () =>
        (await db.rows(`SELECT 1 FROM pg_locks WHERE relation = 'decision'::regclass AND NOT granted`))
          .length > 0,
    );
    await worker.kill9();
    await db.rows('COMMIT');
    expect(await own('ben', id)).toBe('pending');

    worker = await start('worker');
    await until(async () => (await own('ben', id)) === 'published', 60_000);
    expect(await db.rows('SELECT action FROM decision WHERE comment_id = $1', [id])).toEqual([
      { action: 'publish' },
    ]);
    await until(async () => (await db.rows('SELECT 1 FROM outbox')).length === 0);
    const events = await db.rows('SELECT type, sequence FROM event WHERE comment_id = $1 ORDER BY position', [
      id,
    ]);
    expect(events).toEqual([
      { type: 'comment.submitted', sequence: 1 },
      { type: 'comment.published', sequence: 2 },
    ]);
  }, 120_000);
});
