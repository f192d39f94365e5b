import { EVENT_TYPES } from '../../src/features/webhooks/event-types.js';
import { startApp, type TestApp } from '../support/app.js';
import {
  connectAsOwner,
  createSiteFixture,
  listAllEvents,
  expectStatus,
  type Json,
  type SiteFixture,
} from '../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../support/postgres.js';
import { addRegularReaders } from '../support/regular-readers.js';
import { until } from '../support/processes.js';
import { expectRecorded, withoutVariableParts } from '../support/recordings.js';
import { openInbox, type WebhookInbox } from '../support/webhook-inbox.js';

let database: FreshDatabase;
let app: TestApp;
let fixture: SiteFixture;
let thin: WebhookInbox;
let full: WebhookInbox;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: true } });
  fixture = await createSiteFixture(app, {
    moderation: { mode: 'hold-all', brigading: { newReaders: 3 } },
  });
  await fixture.admin('PUT', `/sites/${fixture.site}/tiers`, [{ key: 'insider', name: 'Insider', rank: 10 }]);
  // The event of its own story is written before the endpoint exists.
  await until(async () => (await listAllEvents(fixture)).length === 1);
  [thin, full] = [await openInbox(), await openInbox()];
});
afterAll(async () => {
  await app.close();
  await Promise.all([thin.close(), full.close()]);
  await database.drop();
});

const hasReceived = (type: string): boolean =>
  [thin, full].every(({ received }) => received.some(({ event }) => event.type === type));

async function expectEvent(type: string): Promise<void> {
  try {
    await until(() => hasReceived(type));
  } catch {
    throw new Error(`not every inbox received ${type}`);
  }
}

const decide = (commentId: string, action: string, revision = 1, more = {}) =>
  expectStatus(
    200,
    fixture.admin('POST', '/moderation/decisions', { decisions: [{ commentId, revision, action, ...more }] }),
  );

const callAsAuthor = async (method: string, id: string, path = '', body?: unknown) =>
  app.call(method, `/api/v1/comments/${id}${path}`, {
    token: await fixture.token('anna'),
    ...(body === undefined ? {} : { body }),
  });

async function checkEndpointEvents(): Promise<void> {
  for (const [inbox, body] of [
    [thin, 'thin'],
    [full, 'full'],
  ] as const) {
    const made = await expectStatus(
      201,
      fixture.admin('POST', `/sites/${fixture.site}/webhooks`, { url: inbox.url, events: ['*'], body }),
    );
    await expectStatus(202, fixture.admin('POST', `/sites/${fixture.site}/webhooks/${made.body.id}/test`));
  }
  await expectEvent('webhook.test');
}

async function checkStoryEvents(): Promise<void> {
  const story = { url: 'http://localhost/dates', title: 'Observe the dates' };
  for (const [state, type] of [
    ['open', 'created'],
    ['closed', 'closed'],
    ['open', 'reopened'],
  ]) {
    await expectStatus(
      200,
      fixture.admin('PUT', `/sites/${fixture.site}/stories/dates`, { ...story, state }),
    );
    await expectEvent(`story.${type}`);
  }
}

async function checkBrigadeEvent(): Promise<void> {
  const db = await connectAsOwner(database.url);
  await addRegularReaders(db, fixture.site, 60);
  await db.end();
  // Exactly three readers: the comments are decided concurrently, so it would be undefined whether a fourth is counted.
  for (const sub of ['bea', 'cid']) await fixture.submit(sub, `A remark by ${sub}.`);
  await expectEvent('story.brigading_detected');
}

async function checkReaderEvents(): Promise<void> {
  const { body: reader } = await fixture.admin('GET', `/sites/${fixture.site}/readers/anna`);
  for (const [standing, type] of [
    ['warned', 'warned'],
    ['suspended', 'suspended'],
    ['banned', 'banned'],
    ['normal', 'reinstated'],
  ]) {
    await expectStatus(
      200,
      fixture.admin('POST', `/moderation/readers/${reader.id}/standing`, { standing, reason: 'A reason.' }),
    );
    await expectEvent(`reader.${type}`);
  }
  await expectStatus(
    200,
    fixture.admin('PUT', `/sites/${fixture.site}/readers/anna/entitlement`, {
      tier: 'insider',
      status: 'active',
      validUntil: '2030-01-01T00:00:00.000Z',
    }),
  );
  await expectEvent('entitlement.changed');
}

async function checkCommentEvents(): Promise<void> {
  const { id } = await fixture.submit('anna', 'I *call* BS.');
  await expectEvent('comment.submitted');
  await expectEvent('comment.held');
  await decide(id, 'approve');
  await expectEvent('comment.published');
  await app.call('POST', `/api/v1/comments/${id}/flags`, {
    token: await fixture.token('ben'),
    body: { reason: 'spam', detail: 'Bought followers' },
  });
  await expectEvent('comment.flagged');
  await expectStatus(200, callAsAuthor('PATCH', id, '', { body: 'I still call BS.' }));
  await expectEvent('comment.edited');
  await until(async () => (await fixture.readOwnComment('anna', id))['status'] === 'held');
  await decide(id, 'approve', 2);
  await decide(id, 'remove', 2, { reason: 'spam', note: 'For moderators alone.' });
  await expectEvent('comment.removed');
  await expectStatus(202, callAsAuthor('POST', id, '/appeal', { text: 'Read it again.' }));
  await expectEvent('appeal.opened');
  await decide(id, 'restore', 2);
  await expectEvent('comment.restored');
  await expectEvent('appeal.decided');
  await expectStatus(204, callAsAuthor('DELETE', id));
  await expectEvent('comment.deleted');
  const other = await fixture.submit('anna', 'Buy my followers.');
  await until(async () => (await fixture.readOwnComment('anna', other.id))['status'] === 'held');
  await decide(other.id, 'reject', 1, { reason: 'spam' });
  await expectEvent('comment.rejected');
}

const firstOf = ({ received }: WebhookInbox, type: string): Json =>
  received.find(({ event }) => event.type === type)?.event;

/** Not covered by this spec, because it is sent only when a reader is erased. */
const SENT_BY_ERASURE = ['reader.erased'];

it('sends webhook bodies in the published shape', async () => {
  await checkEndpointEvents();
  await checkStoryEvents();
  await checkCommentEvents();
  await checkReaderEvents();
  await checkBrigadeEvent();
  const types = EVENT_TYPES.filter((type) => !SENT_BY_ERASURE.includes(type));
  expect(types.filter((type) => !hasReceived(type))).toEqual([]);
  const bodies = types.map((type) => {
    const [small, large] = [
      withoutVariableParts(firstOf(thin, type)),
      withoutVariableParts(firstOf(full, type)),
    ];
    return [
      type,
      JSON.stringify(small) === JSON.stringify(large) ? { both: small } : { thin: small, full: large },
    ];
  });
  const text = JSON.stringify(Object.fromEntries(bodies)).replaceAll(fixture.story, '<story>');
  expectRecorded('webhooks', JSON.parse(text));
});

it('sends the headers of Standard Webhooks, and the event’s ID also in the body', () => {
  for (const { headers, event, path } of [...thin.received, ...full.received]) {
    expect(path).toBe('/');
    expect(headers['content-type']).toMatch(/^application\/json/);
    expect(headers['webhook-id']).toBe(event.id);
    expect(headers['webhook-timestamp']).toMatch(/^\d{10}$/);
    expect(headers['webhook-signature']).toMatch(/^v1,[A-Za-z0-9+/]{43}=$/);
    expect(Object.keys(event as object).sort()).toEqual([
      'data',
      'id',
      'sequence',
      'site',
      'timestamp',
      'type',
    ]);
  }
});
