import { startApp, type TestApp } from '../../support/app.js';
import { describeOnBothBackends } from '../../support/backends.js';
import { Conversation } from '../../support/conversation.js';
import { EventStream } from '../../support/event-stream.js';
import { connectAsOwner } from '../../support/site-fixture.js';

describeOnBothBackends('the event stream of a story', (backend) => {
  // Two processes that serve requests, and one that relays events.
  let app: TestApp;
  let other: TestApp;
  let worker: TestApp;
  const streams: EventStream[] = [];

  beforeAll(async () => {
    const start = (role: 'api' | 'worker') => startApp({ ...backend, settings: { role, limits: false } });
    [app, other, worker] = await Promise.all([start('api'), start('api'), start('worker')]);
  });
  afterEach(() => streams.splice(0).forEach((stream) => stream.close()));
  afterAll(() => Promise.all([app, other, worker].map((each) => each.close())));

  // All comments are held, so that only the spec changes their status.
  const openConversation = () => Conversation.open(app, { moderation: { mode: 'hold-all' } });

  async function listen(
    conversation: Conversation,
    { from = app, token, lastEventId }: { from?: TestApp; token?: string; lastEventId?: number } = {},
  ) {
    const stream = await EventStream.open(from.url + conversation.threadPath.replace(/comments$/, 'events'), {
      ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
      ...(lastEventId === undefined ? {} : { 'last-event-id': String(lastEventId) }),
    });
    streams.push(stream);
    return stream;
  }

  async function submitHeld(conversation: Conversation, token: string, body: string): Promise<string> {
    const answer = await conversation.post(token, body);
    expect(answer.status).toBe(202);
    const { id } = answer.body;
    while ((await conversation.comment('GET', id, { token })).body.status === 'pending') {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    return id as string;
  }

  it('sends published, removed, restored, edited and deleted comments to everyone, in every process', async () => {
    const conversation = await openConversation();
    const anna = await conversation.token('anna');
    const listeners = [await listen(conversation), await listen(conversation, { from: other })];
    for (const stream of listeners) {
      expect(stream.answer.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
      expect(stream.answer.headers.get('x-accel-buffering')).toBe('no');
      expect(stream.answer.headers.get('access-control-allow-origin')).toBe('*');
      expect(stream.answer.headers.get('cache-control')).toContain('no-store');
      expect((await stream.next('counts')).data).toEqual({ total: 0 });
      expect(stream.text).toMatch(/^retry: \d+\n\n/);
    }
    const id = await submitHeld(conversation, anna, 'Hello all');
    await conversation.move(id, 'held', 'published');
    for (const stream of listeners) {
      const { data, id: position } = await stream.next('comment.published');
      expect(data.comment).toMatchObject({
        id,
        body: 'Hello all',
        status: 'published',
        author: { name: 'anna' },
      });
      expect(position).toBeGreaterThan(0);
      expect((await stream.next('counts')).data).toEqual({ total: 1 });
    }
    await conversation.move(id, 'published', 'removed');
    for (const stream of listeners) expect((await stream.next('comment.removed')).data).toEqual({ id });
    await conversation.move(id, 'removed', 'published');
    for (const stream of listeners)
      expect((await stream.next('comment.restored')).data.comment).toMatchObject({ id });

    await conversation.comment('PATCH', id, { token: anna, body: { body: 'Hello everybody' } });
    for (const stream of listeners) expect((await stream.next('comment.removed')).data).toEqual({ id });
    while (!(await conversation.move(id, 'held', 'published', { revision: 2 })).ok)
      await new Promise((r) => setTimeout(r, 20));
    for (const stream of listeners) {
      expect((await stream.next('comment.edited')).data.comment).toMatchObject({
        body: 'Hello everybody',
        revision: 2,
      });
    }
    await conversation.comment('DELETE', id, { token: anna });
    for (const stream of listeners) {
      expect((await stream.next('comment.deleted')).data).toEqual({ id });
      expect((await stream.next('counts')).data).toEqual({ total: 0 });
      const positions = stream.events.map((event) => event.id);
      expect(positions).toEqual([...positions].sort((a, b) => a - b));
    }
  });

  it('sends unpublished comments only to their author, with the reason', async () => {
    const conversation = await openConversation();
    const [anna, ben] = [await conversation.token('anna'), await conversation.token('ben')];
    const [own, bens, anonymous] = [
      await listen(conversation, { token: anna }),
      await listen(conversation, { token: ben }),
      await listen(conversation),
    ];
    const id = await submitHeld(conversation, anna, 'A secret so far');
    expect((await own.next('comment.decided')).data).toEqual({
      id,
      status: 'held',
      reason: expect.stringMatching(/A moderator will read it/),
    });
    await conversation.move(id, 'held', 'rejected', {
      decision: { id, by: 'moderator', reason: 'spam' } as never,
    });
    expect((await own.next('comment.decided')).data).toEqual({
      id,
      status: 'rejected',
      reason: expect.stringMatching(/advertising/),
    });
    // The text stored with a decision takes precedence over the site's current text.
    const second = await submitHeld(conversation, anna, 'Another secret');
    expect((await own.next('comment.decided')).data).toMatchObject({ id: second, status: 'held' });
    await conversation.move(second, 'held', 'rejected', {
      decision: { id: second, by: 'moderator', reason: 'spam' } as never,
      reasonText: 'Das ist Werbung.',
    });
    expect((await own.next('comment.decided')).data.reason).toBe('Das ist Werbung.');
    const next = await submitHeld(conversation, anna, 'Fine');
    await conversation.move(next, 'held', 'published');
    for (const stream of [own, bens, anonymous])
      expect((await stream.next('comment.published')).data.comment.id).toBe(next);
    for (const stream of [bens, anonymous]) {
      expect(stream.text).not.toContain('secret');
      expect(stream.text).not.toContain(id);
      expect(stream.text).not.toContain('comment.decided');
    }
    expect(
      own.events.filter(({ type }) => type === 'comment.decided').map(({ data }) => data.status),
    ).toEqual(['held', 'rejected', 'held', 'rejected', 'held', 'published']);
  });

  it('sends the count after every published comment, even if the comment was counted before its event arrived', async () => {
    const conversation = await openConversation();
    const anna = await conversation.token('anna');
    const [one, two] = [
      await submitHeld(conversation, anna, 'One'),
      await submitHeld(conversation, anna, 'Two'),
    ];
    const stream = await listen(conversation);
    await stream.next('counts');
    const db = await connectAsOwner(backend.databaseUrl);
    // The event of the second comment is postponed, so it arrives long after the comment was counted.
    await db.rows(`
      CREATE FUNCTION postpone_second() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        NEW.failed_at := now();
        NEW.retry_at := 'infinity';
        RETURN NEW;
      END $$;
      CREATE TRIGGER postpone_second BEFORE INSERT ON outbox FOR EACH ROW
        WHEN (NEW.subject = 'comment:${two}') EXECUTE FUNCTION postpone_second()`);
    try {
      await conversation.move(two, 'held', 'published');
      await conversation.move(one, 'held', 'published');
      expect((await stream.next('comment.published')).data.comment.id).toBe(one);
      expect((await stream.next('counts')).data).toEqual({ total: 2 });
      await db.rows(`UPDATE outbox SET retry_at = now() WHERE subject = 'comment:${two}'`);
      expect((await stream.next('comment.published')).data.comment.id).toBe(two);
      expect((await stream.next('counts')).data).toEqual({ total: 2 });
    } finally {
      await db.rows('DROP FUNCTION postpone_second CASCADE');
      await db.end();
    }
  });

  it('sends the outcome of an appeal to the author at once', async () => {
    const conversation = await openConversation();
    const anna = await conversation.token('anna');
    const decide = async (commentId: string, action: string) =>
      expect(
        (
          await app.call<{ results: { error?: unknown }[] }>('POST', '/api/v1/moderation/decisions', {
            token: app.adminKey,
            body: { decisions: [{ commentId, revision: 1, action, reason: 'spam' }] },
          })
        ).body.results[0]?.error,
      ).toBeUndefined();
    const id = await submitHeld(conversation, anna, 'Not spam at all');
    const own = await listen(conversation, { token: anna });
    await own.next('counts');
    await decide(id, 'reject');
    while ((await own.next('comment.decided')).data.status !== 'rejected');
    await conversation.comment('POST', id, {
      path: '/appeal',
      token: anna,
      body: { text: 'Read it again.' },
    });
    expect((await own.next('comment.decided')).data).toMatchObject({ status: 'rejected', appeal: 'open' });
    await decide(id, 'reject');
    expect((await own.next('comment.decided')).data).toEqual({
      id,
      status: 'rejected',
      reason: expect.stringMatching(/advertising/),
      appeal: 'upheld',
    });
  });

  it('resends missed events once after a reconnect, and asks for a reload when too many were missed', async () => {
    const conversation = await openConversation();
    const anna = await conversation.token('anna');
    const first = await listen(conversation);
    const one = await submitHeld(conversation, anna, 'One');
    await conversation.move(one, 'held', 'published');
    const { id: last } = await first.next('comment.published');
    first.close();
    const two = await submitHeld(conversation, anna, 'Two');
    const three = await submitHeld(conversation, anna, 'Three');
    await conversation.move(two, 'held', 'published');
    await conversation.move(three, 'held', 'published');
    await conversation.move(two, 'published', 'removed');
    const witness = await listen(conversation, { lastEventId: last });
    await witness.next('comment.removed');

    const reconnected = await listen(conversation, { from: other, lastEventId: last });
    await reconnected.next('counts');
    expect(
      reconnected.events.slice(0, -1).map(({ type, data }) => [type, data.comment?.id ?? data.id]),
    ).toEqual([
      // The comment that was removed in the meantime is not sent as published.
      ['comment.published', three],
      ['comment.removed', two],
    ]);
    const unknownCursor = await listen(conversation, { lastEventId: 999_999_999 });
    expect((await unknownCursor.next('reset')).data).toEqual({});
    const malformedCursor = await EventStream.open(
      app.url + conversation.threadPath.replace(/comments$/, 'events'),
      {
        'last-event-id': 'x',
      },
    );
    streams.push(malformedCursor);
    expect((await malformedCursor.next('counts')).data).toEqual({ total: 2 });
  });

  it('opens for readers who may read, and ends with their token or their permission', async () => {
    const conversation = await openConversation();
    const short = await listen(conversation, {
      token: await conversation.token('anna', { expiresInSeconds: 1 }),
    });
    expect(short.answer.status).toBe(200);
    const long = await listen(conversation, { token: await conversation.token('ben') });
    const anonymous = await listen(conversation);
    await short.end();
    expect([long.ended, anonymous.ended]).toEqual([false, false]);
    await conversation.setPolicy({ gate: { read: 'signed-in' } });
    await anonymous.end();
    expect(long.ended).toBe(false);
    expect((await listen(conversation)).answer.status).toBe(401);
    expect((await listen(conversation, { token: 'nonsense' })).answer.status).toBe(401);
    await conversation.publisher('PUT', '/tiers', [{ key: 'gold', name: 'Insider Gold', rank: 30 }]);
    await conversation.setPolicy({ gate: { read: 'gold' } });
    await long.end();
    expect((await listen(conversation, { token: await conversation.token('ben') })).answer.status).toBe(403);
  });

  it('is not found for another site’s story', async () => {
    const [one, two] = [await openConversation(), await Conversation.open(app, {}, 'elsewhere')];
    const path = one.threadPath.replace(/comments$/, 'events').replace(one.siteId, two.siteId);
    const answer = await fetch(app.url + path);
    expect(answer.status).toBe(404);
    await answer.body?.cancel();
  });

  it('does not prevent the process from shutting down', async () => {
    const third = await startApp({ ...backend, settings: { role: 'api', limits: false } });
    const conversation = await openConversation();
    const stream = await listen(conversation, { from: third });
    await stream.next('counts');
    await third.close();
    await stream.end();
  });
});
