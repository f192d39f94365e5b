import { createPublicKey, verify } from 'node:crypto';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from '@jest/globals';
import { Webhook } from 'standardwebhooks';
import { DeliveryRepository } from '../../../src/features/webhooks/delivery.repository.js';
import { DeliveryService } from '../../../src/features/webhooks/delivery.service.js';
import { SLOTS } from '../../../src/features/webhooks/endpoint-slots.js';
import { SYSTEM } from '../../../src/platform/auth/principal.js';
import { Clock } from '../../../src/platform/clock.js';
import { Database } from '../../../src/platform/database/database.js';
import type { DeliveryId, SiteId } from '../../../src/platform/ids.js';
import { startApp, type TestApp } from '../../support/app.js';
import { describeOnBothBackends } from '../../support/backends.js';
import {
  createSiteFixture,
  expectStatus,
  connectAsOwner,
  type SiteFixture,
  type OwnerConnection,
  type Json,
} from '../../support/site-fixture.js';
import { until } from '../../support/processes.js';
import { openInbox, type WebhookInbox } from '../../support/webhook-inbox.js';

describeOnBothBackends('webhooks', (backend) => {
  let app: TestApp;
  let db: OwnerConnection;
  let fixture: SiteFixture;
  let inbox: WebhookInbox;
  let realNow: () => Date;

  beforeAll(async () => {
    app = await startApp({
      databaseUrl: backend.databaseUrl,
      redisUrl: backend.redisUrl,
      settings: { limits: false },
    });
    db = await connectAsOwner(backend.databaseUrl);
    const clock = app.app.get(Clock, { strict: false });
    realNow = clock.now.bind(clock);
  });
  beforeEach(async () => {
    inbox = await openInbox();
    fixture = await createSiteFixture(app, { moderation: { wordLists: { suspect: ['quibbleton'] } } });
    // Endpoints receive events recorded after their creation. Wait for the event of the fixture's own story, so that it
    // is not among them.
    await until(
      async () => (await fixture.admin('GET', `/sites/${fixture.site}/events`)).body.items.length === 1,
    );
  });
  afterEach(async () => {
    app.app.get(Clock, { strict: false }).now = realNow;
    await inbox.close();
  });
  afterAll(async () => {
    await db?.end();
    await app?.close();
  });

  /** Advances the clock, including that of the retry schedule. */
  const advanceClock = (ms: number): void => {
    app.app.get(Clock, { strict: false }).now = () => new Date(realNow().getTime() + ms);
  };
  const createEndpoint = async (more: Record<string, unknown> = {}) =>
    (
      await expectStatus(
        201,
        fixture.admin('POST', `/sites/${fixture.site}/webhooks`, { url: inbox.url, events: ['*'], ...more }),
      )
    ).body;
  const createDecided = async (sub: string, body: string): Promise<string> => {
    const { id } = await fixture.submit(sub, body);
    await until(async () => (await fixture.readOwnComment(sub, id))['status'] !== 'pending');
    return id;
  };
  const receivedFor = (id: string) => inbox.received.filter(({ event }) => event.data.comment?.id === id);
  const path = (id: string) => `/sites/${fixture.site}/webhooks/${id}`;
  const deliveries = async (id: string) =>
    (await fixture.admin('GET', `${path(id)}/deliveries?limit=100`)).body.items;

  it('report the changes of a comment, in order, with signatures that the standardwebhooks library accepts', async () => {
    const { secret } = await createEndpoint();
    const id = await createDecided('ann', 'A calm remark about the talks.');
    await until(() => receivedFor(id).length === 2);
    const events = receivedFor(id).map(
      ({ body, headers }) => new Webhook(secret).verify(body, headers as Record<string, string>) as Json,
    );
    expect(events.map(({ type, sequence }) => [type, sequence])).toEqual([
      ['comment.submitted', 1],
      ['comment.published', 2],
    ]);
    expect(events[1]).toEqual({
      id: receivedFor(id)[1].headers['webhook-id'],
      type: 'comment.published',
      timestamp: expect.stringMatching(/^\d{4}-.*Z$/),
      site: fixture.site,
      sequence: 2,
      data: {
        comment: {
          id,
          storyKey: fixture.story,
          parentId: null,
          readerKey: 'ann',
          status: 'published',
          revision: 1,
        },
        decision: { id: expect.any(String), by: 'rule', rule: 'all-clear' },
      },
    });
    expect(() =>
      new Webhook(secret).verify(
        `${receivedFor(id)[0].body} `,
        receivedFor(id)[0].headers as Record<string, string>,
      ),
    ).toThrow();
  });

  it('contain text, author and scores if the endpoint requests full bodies, and are sent only for the requested types', async () => {
    await createEndpoint({ events: ['comment.held'], body: 'full' });
    const id = await createDecided('ben', 'Well, quibbleton to **you**.');
    await inbox.waitForCount(1);
    await createDecided('ben', 'A calm remark.');
    const { comment } = receivedFor(id)[0].event.data;
    expect(comment).toMatchObject({
      id,
      status: 'held',
      body: 'Well, quibbleton to **you**.',
      html: expect.stringContaining('<strong>you</strong>'),
      author: { name: 'Reader ben', tier: null, role: 'reader' },
      scores: { suspectWords: { spans: [[6, 16]] } },
    });
    expect(inbox.received.map(({ event }) => event.type)).toEqual(['comment.held']);
  });

  it('without jobs are sent as fast as the endpoint responds, not at the polling interval', async () => {
    const { id: endpointId } = await createEndpoint({ events: ['story.created'] });
    const count = 300;
    // Due rows without jobs, as after Redis lost the jobs or after an endpoint was down.
    await db.rows(
      `WITH made AS (
         INSERT INTO event (site_id, id, type, subject, sequence, payload, body_thin, body_full, occurred_at)
         SELECT $1::uuid, gen_random_uuid(), 'story.created', 'story:' || n, 1, '{}',
           json_build_object('n', n), json_build_object('n', n), now()
         FROM generate_series(1, $3::int) n RETURNING site_id, id, subject, position)
       INSERT INTO delivery (site_id, id, endpoint_id, event_id, subject, position, next_attempt_at, created_at)
       SELECT site_id, gen_random_uuid(), $2::uuid, id, subject, position, now(), now() FROM made`,
      [fixture.site, endpointId, count],
    );
    const sender = app.app.get(DeliveryService, { strict: false });
    const enqueueDue = sender.enqueueDue.bind(sender);
    // The timer runs once, which picks up 8 of them, and then never again.
    sender.enqueueDue = () => Promise.resolve();
    try {
      await enqueueDue();
      await until(() => new Set(inbox.received.map(({ event }) => event.n)).size === count);
    } finally {
      sender.enqueueDue = enqueueDue;
    }
  });

  it('report the deletion of a comment by its author without its text, even to endpoints with full bodies', async () => {
    await createEndpoint({ body: 'full' });
    const id = await createDecided('del', 'A calm remark that is gone soon.');
    await until(() => receivedFor(id).length === 2);
    await expectStatus(
      204,
      app.call('DELETE', `/api/v1/comments/${id}`, { token: await fixture.token('del') }),
    );
    await until(() => receivedFor(id).length === 3);
    const { event, body } = receivedFor(id)[2];
    expect(event.type).toBe('comment.deleted');
    expect(event.data.comment).toEqual({
      id,
      storyKey: fixture.story,
      parentId: null,
      readerKey: 'del',
      status: 'deleted',
      revision: 1,
    });
    expect(body).not.toContain('calm remark');
  });

  it('of a comment stay in order while the receiver fails, with the same body and ID in each attempt', async () => {
    const { id: endpointId } = await createEndpoint();
    let failures = 0;
    // It is not retried before the clock is advanced, regardless of how long the other delivery takes.
    const unavailable = { status: 503, headers: { 'retry-after': '60' } };
    inbox.answer = ({ event }) => (event.type === 'comment.submitted' && failures++ < 2 ? unavailable : 200);
    const first = await createDecided('cat', 'A calm remark about bonds.');
    await inbox.waitForCount(1);
    // Later events of the comment wait for it; those of another comment do not.
    inbox.answer = ({ event }) =>
      event.type === 'comment.submitted' && event.data.comment.id === first && failures++ < 2
        ? unavailable
        : 200;
    const other = await createDecided('dan', 'A calm remark about shares.');
    await until(() => receivedFor(other).length === 2);
    expect(new Set(receivedFor(first).map(({ event }) => event.type))).toEqual(
      new Set(['comment.submitted']),
    );

    // The next attempt is scheduled when the response is recorded. Only then may the clock be moved.
    const isRecorded = async (attempts: number): Promise<boolean> =>
      (await deliveries(endpointId)).some(
        (each: Json) =>
          each.subject === `comment:${first}` && each.attempts >= attempts && each.lastStatus === 503,
      );
    await until(() => isRecorded(1));
    advanceClock(90_000);
    await until(() => isRecorded(2));
    advanceClock(10 * 60_000);
    await until(() => receivedFor(first).length === 4);
    expect(receivedFor(first).map(({ event }) => event.type)).toEqual([
      'comment.submitted',
      'comment.submitted',
      'comment.submitted',
      'comment.published',
    ]);
    const attempts = receivedFor(first).slice(0, 3);
    expect(new Set(attempts.map(({ body }) => body)).size).toBe(1);
    expect(new Set(attempts.map(({ headers }) => headers['webhook-id'])).size).toBe(1);
    expect(new Set(attempts.map(({ headers }) => headers['webhook-timestamp'])).size).toBe(3);

    await until(async () =>
      (await deliveries(endpointId)).every((each: Json) => each.status === 'delivered'),
    );
    const delivery = (await deliveries(endpointId)).find(
      (each: Json) => each.type === 'comment.submitted' && each.subject === `comment:${first}`,
    );
    expect(delivery).toMatchObject({ attempts: 3, lastStatus: 200, status: 'delivered' });
    expect(delivery.log.map((each: Json) => [each.number, each.status, each.answer])).toEqual([
      [3, 200, 'thanks'],
      [2, 503, 'thanks'],
      [1, 503, 'thanks'],
    ]);
  });

  it('wait for the time in the receiver’s Retry-After', async () => {
    const { id } = await createEndpoint({ events: ['comment.submitted'] });
    inbox.answer = () => ({ status: 429, headers: { 'retry-after': '3600' } });
    await fixture.submit('eve', 'A calm remark.');
    await inbox.waitForCount(1);
    await until(async () => (await deliveries(id))[0]?.lastStatus === 429);
    const [{ nextAttemptAt }] = await deliveries(id);
    expect(Date.parse(nextAttemptAt) - Date.now()).toBeGreaterThan(3_500_000);
  });

  it('that hang do not delay those of other endpoints', async () => {
    const slow = await openInbox();
    slow.answer = () => 'hang';
    try {
      await createEndpoint({ url: slow.url });
      await createEndpoint();
      const ids = await Promise.all(
        Array.from({ length: 12 }, (_, index) =>
          createDecided(`r${index}`, `A calm remark, number ${index}.`),
        ),
      );
      await until(() => ids.every((id) => receivedFor(id).length === 2), 14_000);
      await until(() => slow.hanging() <= 8);
    } finally {
      await slow.close();
    }
  });

  it('that hang do not delay those of other endpoints at the same server', async () => {
    inbox.answer = ({ path: requestPath }) => (requestPath === '/hangs' ? 'hang' : 200);
    await createEndpoint({ url: `${inbox.url}/hangs` });
    await createEndpoint({ url: `${inbox.url}/answers` });
    const ids = await Promise.all(
      Array.from({ length: 12 }, (_, index) =>
        createDecided(`r${index}`, `A quiet remark, number ${index}.`),
      ),
    );
    const receivedByAnswering = (id: string) =>
      receivedFor(id).filter(({ path: requestPath }) => requestPath === '/answers');
    await until(() => ids.every((id) => receivedByAnswering(id).length === 2), 14_000);
  });

  it('that waited behind hanging ones are sent when those end', async () => {
    const { id: endpointId } = await createEndpoint({ events: ['story.created'] });
    inbox.answer = () => 'hang';
    const put = (n: number) =>
      expectStatus(
        200,
        fixture.admin('PUT', `/sites/${fixture.site}/stories/stalled-${n}`, {
          url: `http://localhost/stalled-${n}`,
          title: 'A story',
        }),
      );
    for (let n = 0; n < 8; n++) await put(n);
    await inbox.waitForCount(8);
    for (let n = 8; n < 12; n++) await put(n);
    await until(async () => (await deliveries(endpointId)).length === 12);
    expect(inbox.received).toHaveLength(8);

    inbox.answer = () => 200;
    inbox.releaseHanging();
    advanceClock(60_000);
    await until(async () =>
      (await deliveries(endpointId)).every((each: Json) => each.status === 'delivered'),
    );
  });

  // Changing or deleting an endpoint locks its row first and then those of its deliveries.
  it('that fail lock their endpoint before they lock a row that its deletion removes', async () => {
    const { id: endpointId } = await createEndpoint({ events: ['story.created'] });
    inbox.answer = () => 'hang';
    await expectStatus(
      200,
      fixture.admin('PUT', `/sites/${fixture.site}/stories/hung`, {
        url: 'http://localhost/hung',
        title: 'A story',
      }),
    );
    await inbox.waitForCount(1);
    const other = await connectAsOwner(backend.databaseUrl);
    try {
      await other.rows('BEGIN');
      await other.rows('SELECT FROM webhook_endpoint WHERE id = $1 FOR UPDATE', [endpointId]);
      inbox.releaseHanging();
      await until(async () => {
        const rows = await db.rows(
          `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
             AND query LIKE '%webhook_endpoint%'`,
        );
        return rows.length > 0;
      });
      await other.rows('SELECT FROM delivery WHERE endpoint_id = $1 FOR UPDATE NOWAIT', [endpointId]);
      await other.rows('COMMIT');
    } finally {
      await other.end();
    }
    await until(async () => (await deliveries(endpointId))[0].attempts === 1);
  });

  it('that fail repeatedly pause their endpoint, and one of them is sent as a probe', async () => {
    const { id: endpointId } = await createEndpoint({ events: ['story.created'] });
    inbox.answer = () => 500;
    // More than can be in flight when the tenth failure opens the circuit.
    const stories = 24;
    const put = (n: number) =>
      expectStatus(
        200,
        fixture.admin('PUT', `/sites/${fixture.site}/stories/circuit-${n}`, {
          url: `http://localhost/circuit-${n}`,
          title: 'A story',
        }),
      );
    for (let n = 0; n < stories; n++) await put(n);
    const read = async () => (await fixture.admin('GET', path(endpointId))).body;
    await until(async () => (await read()).circuit === 'open', 15_000);
    const leasedCount = () =>
      db.rows('SELECT FROM delivery WHERE endpoint_id = $1 AND lease IS NOT NULL', [endpointId]);
    await until(async () => (await leasedCount()).length === 0);
    // Some that failed were already in flight when the tenth failure opened the circuit.
    const attemptedEvents = new Set(inbox.received.map(({ event }) => event.id)).size;
    expect(attemptedEvents).toBeGreaterThanOrEqual(10);
    expect(attemptedEvents).toBeLessThan(stories);

    // After a minute one probe is sent, and nothing else.
    const soon = realNow().getTime() + 50_000;
    const probes = () =>
      inbox.received.filter(({ headers }) => Number(headers['webhook-timestamp']) * 1_000 > soon);
    advanceClock(70_000);
    await until(() => probes().length > 0);
    await until(async () => (await read()).circuit === 'open');
    expect(probes()).toHaveLength(1);
    const nextProbeMs = async () => Date.parse((await read()).openUntil) - Date.now();
    expect(await nextProbeMs()).toBeGreaterThan(110_000);
    expect(await nextProbeMs()).toBeLessThan(150_000);

    // After an hour the next probe is five minutes later.
    advanceClock(3_700_000);
    await until(async () => (await nextProbeMs()) > 3_980_000);
    expect(await nextProbeMs()).toBeLessThan(4_020_000);

    // The receiver works again: the next probe closes the circuit, and no delivery waits for its own next attempt.
    inbox.answer = () => 200;
    advanceClock(4_100_000);
    await until(async () =>
      (await deliveries(endpointId)).every((each: Json) => each.status === 'delivered'),
    );
    expect(await read()).toMatchObject({ circuit: 'closed', openUntil: null, failingSince: null });
    expect(new Set(inbox.received.map(({ event }) => event.id)).size).toBeGreaterThanOrEqual(stories);
  });

  it('send one probe to an endpoint with an open circuit, regardless of the number of workers', async () => {
    const { id: endpointId } = await createEndpoint({ events: ['story.created'] });
    inbox.answer = () => 500;
    for (let n = 0; n < 14; n++) {
      await expectStatus(
        200,
        fixture.admin('PUT', `/sites/${fixture.site}/stories/probe-${n}`, {
          url: `http://localhost/probe-${n}`,
          title: 'A story',
        }),
      );
    }
    await until(async () => (await fixture.admin('GET', path(endpointId))).body.circuit === 'open', 15_000);
    await until(async () => {
      const leased = await db.rows('SELECT FROM delivery WHERE endpoint_id = $1 AND lease IS NOT NULL', [
        endpointId,
      ]);
      return leased.length === 0;
    });

    // The workers' clock is ahead, so that the timer of the app does not also send a probe.
    const at = new Date(realNow().getTime() + 70_000);
    const database = app.app.get(Database, { strict: false });
    const repository = app.app.get(DeliveryRepository, { strict: false });
    const lease = (id: string) =>
      database.inSite({ siteId: fixture.site as SiteId, principal: SYSTEM }, (tx) =>
        repository.lease(
          tx,
          fixture.site as SiteId,
          id as DeliveryId,
          at,
          new Date(at.getTime() + 30_000),
          SLOTS,
        ),
      );
    const holder = await connectAsOwner(backend.databaseUrl);
    try {
      await holder.rows('BEGIN');
      // All workers have read what is in flight before the first of them locks its row.
      const pending = await holder.rows<{ id: string }>(
        `SELECT id FROM delivery WHERE endpoint_id = $1 AND status = 'pending' AND next_attempt_at <= $2
         ORDER BY position LIMIT 3 FOR NO KEY UPDATE`,
        [endpointId, at],
      );
      expect(pending).toHaveLength(3);
      const leases = Promise.all(pending.map(({ id }) => lease(id)));
      await until(async () => {
        const waiting = await db.rows(
          `SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'
             AND query LIKE '%delivery%'`,
        );
        return waiting.length === 3;
      });
      await holder.rows('COMMIT');
      expect((await leases).filter((leased) => leased !== null)).toHaveLength(1);
    } finally {
      await holder.end();
    }
  });

  it('can be resent by a filter on result, type, time and comment', async () => {
    const { id: endpointId } = await createEndpoint();
    const one = await createDecided('ida', 'A calm remark about bridges.');
    const two = await createDecided('jon', 'A calm remark about tunnels.');
    await until(() => receivedFor(one).length === 2 && receivedFor(two).length === 2);
    await until(async () =>
      (await deliveries(endpointId)).every((each: Json) => each.status === 'delivered'),
    );
    const redeliver = (body: object) => fixture.admin('POST', `${path(endpointId)}/redeliver`, body);
    expect((await redeliver({})).body).toEqual({ deliveries: 0, more: false });
    const statuses = ['delivered'];
    expect((await redeliver({ statuses, commentId: one })).body).toEqual({ deliveries: 2, more: false });
    await until(() => receivedFor(one).length === 4);
    expect(receivedFor(one).map(({ event }) => event.sequence)).toEqual([1, 2, 1, 2]);
    await until(async () =>
      (await deliveries(endpointId)).every((each: Json) => each.status === 'delivered'),
    );
    expect((await redeliver({ statuses, types: ['comment.published'] })).body.deliveries).toBe(2);
    const recoverUntil = receivedFor(two)[0].event.timestamp;
    await until(async () =>
      (await deliveries(endpointId)).every((each: Json) => each.status === 'delivered'),
    );
    expect(
      (await redeliver({ statuses, until: recoverUntil, types: ['comment.submitted'] })).body.deliveries,
    ).toBe(1);
    expect((await redeliver({ statuses: ['pending'] })).status).toBe(400);
    expect((await redeliver({ since: 'yesterday' })).status).toBe(400);
  });

  it('fail if the receiver redirects them', async () => {
    const { id } = await createEndpoint({ events: ['comment.submitted'] });
    const redirectTarget = await openInbox();
    try {
      inbox.answer = () => ({ status: 307, headers: { location: redirectTarget.url } });
      await fixture.submit('kim', 'A calm remark.');
      await until(async () => (await deliveries(id))[0]?.lastStatus === 307);
      expect(redirectTarget.received).toEqual([]);
    } finally {
      await redirectTarget.close();
    }
  });

  it('are also signed with Ed25519 on request, for verification with the public key', async () => {
    const { id, secret, publicKeys } = await createEndpoint({ events: ['webhook.test'], ed25519: true });
    const rotated = (await expectStatus(200, fixture.admin('POST', `${path(id)}/rotate`))).body;
    expect(rotated.publicKeys).toEqual([expect.stringMatching(/^whpk_/), publicKeys[0]]);
    await expectStatus(202, fixture.admin('POST', `${path(id)}/test`));
    await inbox.waitForCount(1);
    const { body, headers } = inbox.received[0];
    const signatures = String(headers['webhook-signature']).split(' ');
    expect(signatures.map((each) => each.split(',')[0])).toEqual(['v1', 'v1', 'v1a', 'v1a']);
    const signed = Buffer.from(
      `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`,
    );
    for (const [n, publicKey] of (rotated.publicKeys as string[]).entries()) {
      const x = Buffer.from(publicKey.slice('whpk_'.length), 'base64').toString('base64url');
      const key = createPublicKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', x } });
      expect(verify(null, signed, key, Buffer.from(signatures[2 + n].slice('v1a,'.length), 'base64'))).toBe(
        true,
      );
    }
    new Webhook(secret).verify(body, headers as Record<string, string>);
    const disabled = await expectStatus(200, fixture.admin('PATCH', path(id), { ed25519: false }));
    expect(disabled.body.publicKeys).toEqual([]);
  });

  /** Creates an owner who has an email address and has joined. */
  const createOwner = async (): Promise<string> => {
    const email = `owner-${fixture.site}@paper.example`;
    const { body } = await expectStatus(
      201,
      fixture.admin('POST', `/sites/${fixture.site}/moderators`, { name: 'Owner', email, role: 'owner' }),
    );
    await db.rows('UPDATE moderator SET joined_at = now() WHERE id = $1', [body.moderator.id]);
    return email;
  };
  const emailsTo = async (to: string): Promise<Json[]> =>
    (await fixture.admin('GET', '/mail?limit=100')).body.items.filter((email: Json) => email.to === to);

  it('that fail for an hour are reported to the owners, once a day', async () => {
    const to = await createOwner();
    const { id } = await createEndpoint({ events: ['comment.submitted'] });
    inbox.answer = () => 500;
    await fixture.submit('hal', 'A calm remark.');
    await inbox.waitForCount(1);
    const failing = async () => (await fixture.admin('GET', path(id))).body.failingSince !== null;
    await until(failing);
    expect(await emailsTo(to)).toEqual([]);
    for (const [attempts, hours] of [
      [2, 2],
      [3, 4],
    ] as const) {
      advanceClock(hours * 3_600_000);
      // The attempt and the email about it are recorded. Only then may the clock be moved.
      await until(async () => (await deliveries(id))[0].attempts === attempts);
      expect(await emailsTo(to)).toHaveLength(1);
    }
    const [{ content }] = await emailsTo(to);
    expect(content.subject).toBe(`The Ledger: webhooks to ${new URL(inbox.url).host} are failing`);
    expect(content.text).toContain(`/console/webhooks?site=${fixture.site}&endpoint=${id}`);

    inbox.answer = () => 200;
    advanceClock(8 * 3_600_000);
    const subjects = async () => (await emailsTo(to)).map((email) => email.content.subject);
    await until(async () => (await subjects()).length === 2);
    const host = new URL(inbox.url).host;
    expect((await subjects()).sort()).toEqual([
      `The Ledger: webhooks to ${host} are failing`,
      `The Ledger: webhooks to ${host} arrive again`,
    ]);
  });

  it('that failed for too short a time to be reported are not reported as working again', async () => {
    const to = await createOwner();
    const { id } = await createEndpoint({ events: ['comment.submitted'] });
    inbox.answer = () => 500;
    await fixture.submit('ida', 'A calm remark.');
    await until(async () => (await fixture.admin('GET', path(id))).body.failingSince !== null);
    inbox.answer = () => 200;
    advanceClock(60_000);
    await until(async () => (await deliveries(id)).every(({ status }: Json) => status === 'delivered'));
    expect(await emailsTo(to)).toEqual([]);
  });

  it('can be read one by one with their body, and by type, comment and time', async () => {
    const { id: endpointId } = await createEndpoint({ body: 'full' });
    const one = await createDecided('lea', 'A calm remark about bridges.');
    await createDecided('max', 'A calm remark about tunnels.');
    await until(async () => (await deliveries(endpointId)).length === 4);
    const list = async (query: string): Promise<Json[]> =>
      (await expectStatus(200, fixture.admin('GET', `${path(endpointId)}/deliveries?${query}`))).body.items;
    expect((await list(`commentId=${one}`)).map(({ type }) => type)).toEqual([
      'comment.published',
      'comment.submitted',
    ]);
    expect(await list('type=comment.published')).toHaveLength(2);
    expect(await list(`type=comment.held&commentId=${one}`)).toEqual([]);
    expect(await list('until=2026-01-01T00:00:00Z')).toEqual([]);
    expect((await fixture.admin('GET', `${path(endpointId)}/deliveries?type=x`)).status).toBe(400);

    const [{ id, eventId }] = await list(`type=comment.published&commentId=${one}`);
    const { body } = await expectStatus(200, fixture.admin('GET', `${path(endpointId)}/deliveries/${id}`));
    const sent = receivedFor(one).find(({ event }) => event.id === eventId)!;
    expect(body).toMatchObject({
      id,
      request: { method: 'POST', url: inbox.url, headers: { 'webhook-id': eventId }, body: sent.body },
    });
    const other = await createSiteFixture(app);
    const otherSitePath = `/sites/${other.site}/webhooks/${endpointId}/deliveries/${id}`;
    await expectStatus(404, other.admin('GET', otherSitePath));
    await expectStatus(404, fixture.admin('GET', `${path(endpointId)}/deliveries/${eventId}`));
  });

  it('stop after a 410 until the endpoint is enabled again, and missed ones can be recovered', async () => {
    const to = await createOwner();
    const { id } = await createEndpoint({ events: ['comment.submitted'] });
    inbox.answer = () => 410;
    const lost = (await fixture.submit('fay', 'A calm remark.')).id;
    const status = async () => (await fixture.admin('GET', path(id))).body;
    await until(async () => (await status()).status === 'disabled');
    expect(await status()).toMatchObject({ disabledReason: expect.stringContaining('410') });
    expect((await emailsTo(to)).map(({ content }) => content.subject)).toEqual([
      `The Ledger: webhooks to ${new URL(inbox.url).host} are switched off`,
    ]);
    inbox.answer = () => 200;
    const missed = await createDecided('gus', 'Another calm remark.');
    expect(receivedFor(missed)).toEqual([]);
    expect((await fixture.admin('POST', `${path(id)}/test`)).body.code).toBe('endpoint-disabled');

    await expectStatus(200, fixture.admin('PATCH', path(id), { status: 'enabled' }));
    const since = new Date(Date.now() - 60_000).toISOString();
    const recovered = await expectStatus(202, fixture.admin('POST', `${path(id)}/recover`, { since }));
    expect(recovered.body).toEqual({ deliveries: 2 });
    await until(() => receivedFor(lost).length === 2 && receivedFor(missed).length === 1);
    expect((await fixture.admin('POST', `${path(id)}/recover`, { since })).body).toEqual({ deliveries: 0 });
  });

  it('that are tests do not wait for earlier tests', async () => {
    const { id } = await createEndpoint({ events: ['webhook.test'] });
    inbox.answer = () => 500;
    await expectStatus(202, fixture.admin('POST', `${path(id)}/test`));
    await until(async () => (await deliveries(id))[0]?.attempts === 1);
    await db.rows(
      `UPDATE delivery SET next_attempt_at = now() + interval '5 hours' WHERE endpoint_id = $1 AND status = 'pending'`,
      [id],
    );
    // The receiver works again, and its owner tests it now.
    inbox.answer = () => 200;
    await expectStatus(202, fixture.admin('POST', `${path(id)}/test`));
    await until(
      async () => (await deliveries(id)).filter(({ status }: Json) => status === 'delivered').length === 2,
    );
    expect(inbox.received.map(({ event }) => event.sequence)).toEqual([1, 1, 2]);
  });

  it('end after ten attempts, without delaying later deliveries', async () => {
    const { id: endpointId } = await createEndpoint();
    inbox.answer = ({ event }) => (event.type === 'comment.submitted' ? 500 : 200);
    const id = await createDecided('hal', 'A calm remark.');
    await inbox.waitForCount(1);
    const minute = 60_000;
    let ms = 0;
    for (const [index, delay] of [1, 5, 30, 120, 300, 600, 840, 1200, 1440].entries()) {
      await until(async () => (await deliveries(endpointId)).some((each: Json) => each.attempts > index));
      // The schedule plus a fifth, because of the jitter.
      ms += 1.21 * delay * minute;
      advanceClock(ms);
      await inbox.waitForCount(index + 2);
    }
    await until(() => receivedFor(id).some(({ event }) => event.type === 'comment.published'));
    const failed = (await deliveries(endpointId)).find((each: Json) => each.type === 'comment.submitted');
    expect(failed).toMatchObject({ status: 'failed', attempts: 10, nextAttemptAt: null });

    // It can be redelivered manually.
    inbox.answer = () => 200;
    await expectStatus(202, fixture.admin('POST', `${path(endpointId)}/deliveries/${failed.id}/redeliver`));
    await until(async () =>
      (await deliveries(endpointId)).some(
        (each: Json) => each.id === failed.id && each.status === 'delivered',
      ),
    );
  });

  it('are signed with both secrets for a day after a rotation, and then only with the new one', async () => {
    const { id, secret } = await createEndpoint({ events: ['webhook.test'] });
    const rotated = (await expectStatus(200, fixture.admin('POST', `${path(id)}/rotate`))).body;
    expect(rotated.secret).not.toBe(secret);
    await expectStatus(202, fixture.admin('POST', `${path(id)}/test`));
    await inbox.waitForCount(1);
    const { body, headers, event } = inbox.received[0];
    expect(event).toMatchObject({ type: 'webhook.test', sequence: 1, data: { endpoint: { id } } });
    for (const each of [secret, rotated.secret])
      new Webhook(each).verify(body, headers as Record<string, string>);

    const signaturesAfter = async (hours: number): Promise<string[]> => {
      // A delivery that is in flight while the clock is advanced may be sent again.
      await until(async () => (await deliveries(id)).every((each: Json) => each.status === 'delivered'));
      const before = inbox.received.length;
      advanceClock(hours * 3_600_000);
      await expectStatus(202, fixture.admin('POST', `${path(id)}/test`));
      await inbox.waitForCount(before + 1);
      const sent = inbox.received[before];
      const at = new Date(Number(sent.headers['webhook-timestamp']) * 1000);
      const sentSignatures = String(sent.headers['webhook-signature']).split(' ');
      const signatures = [secret, rotated.secret].map((each) =>
        new Webhook(each).sign(sent.event.id, at, sent.body),
      );
      return sentSignatures.map((each) => ['old', 'new'][signatures.indexOf(each)] ?? 'unknown');
    };
    expect(await signaturesAfter(23)).toEqual(['new', 'old']);
    expect(await signaturesAfter(25)).toEqual(['new']);
  });
});
