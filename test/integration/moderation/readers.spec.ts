import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { BulkDecisionsService } from '../../../src/features/moderation/bulk-decisions.service.js';
import type { TestApp } from '../../support/app.js';
import { signInModerator, type ModeratorSession } from '../../support/moderator-session.js';
import { openModerationFixture, type ModerationFixture } from '../../support/moderation-fixture.js';
import {
  createSiteFixture,
  expectStatus,
  type Json,
  type SiteFixture,
  type OwnerConnection,
} from '../../support/site-fixture.js';
import { until } from '../../support/processes.js';
import { readerToken } from '../../support/sites.js';

let moderationFixture: ModerationFixture;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;
let other: SiteFixture;
let vera: ModeratorSession;
let viewer: ModeratorSession;
let stranger: ModeratorSession;

const advanceClock = (ms: number): void => moderationFixture.advanceClock(ms);

beforeAll(async () => {
  moderationFixture = await openModerationFixture({ moderation: { mode: 'hold-all' } });
  ({ app, db, fixture } = moderationFixture);
  other = await createSiteFixture(app, { moderation: { mode: 'hold-all' } });
  vera = await signInModerator(app, db, 'Vera', fixture.site);
  viewer = await signInModerator(app, db, 'Vic', fixture.site, 'viewer');
  stranger = await signInModerator(app, db, 'Sten', other.site);
  await db.rows(`UPDATE moderator SET email = 'vera.k@gmail.com' WHERE id = $1`, [vera.id]);
});
afterEach(() => {
  moderationFixture.resetClock();
});
afterAll(() => moderationFixture?.close());

interface ReaderFields {
  name?: string;
  email?: string;
}

const idOf = async (sub: string): Promise<string> =>
  (
    await db.rows<{ id: string }>('SELECT id FROM reader WHERE site_id = $1 AND key = $2', [
      fixture.site,
      sub,
    ])
  )[0].id;
const tokenOf = (sub: string, { name = `Reader ${sub}`, email }: ReaderFields = {}) =>
  readerToken(fixture.ssoSecret, { sub, name, aud: fixture.site, ...(email ? { email } : {}) });
/** Submits a comment as this reader and waits until it is held. */
const submitHeld = async (
  sub: string,
  fields: ReaderFields = {},
  body = `Something to read. ${Math.random()}`,
) => {
  const { id } = await fixture.submit(sub, body, { token: await tokenOf(sub, fields) });
  await until(async () => (await fixture.readOwnComment(sub, id))['status'] === 'held');
  return id;
};
const decide = (session: ModeratorSession, commentId: string, action: string) =>
  session.call<Json>('POST', '/moderation/decisions', {
    decisions: [{ commentId, revision: 1, action, ...(action === 'approve' ? {} : { reason: 'spam' }) }],
  });
const find = async (session: ModeratorSession, query: string): Promise<Json[]> =>
  (await expectStatus(200, session.call<Json>('GET', `/moderation/readers?site=${fixture.site}&${query}`)))
    .body.items;
const readRecord = async (sub: string, session = vera): Promise<Json> =>
  (await expectStatus(200, session.call<Json>('GET', `/moderation/readers/${await idOf(sub)}`))).body;
const setStanding = async (sub: string, body: object, session = vera) =>
  session.call<Json>('POST', `/moderation/readers/${await idOf(sub)}/standing`, {
    reason: 'Because.',
    ...body,
  });
const names = (items: Json[]): string[] => items.map(({ name }) => name);

describe('reader search', () => {
  beforeAll(async () => {
    await submitHeld('f-1', { name: 'Amara Osei', email: 'amara.osei@mail.example' });
    await submitHeld('f-2', { name: 'Osei-Tutu Kwame' });
    await submitHeld('f-3', { name: 'عمر حسن' });
  });

  it('finds readers by the beginnings of the words in their names, in any order', async () => {
    expect(names(await find(vera, 'q=ose'))).toEqual(['Osei-Tutu Kwame', 'Amara Osei']);
    expect(names(await find(vera, 'q=osei%20AMA'))).toEqual(['Amara Osei']);
    expect(names(await find(vera, `q=${encodeURIComponent('حس')}`))).toEqual(['عمر حسن']);
    expect(await find(vera, 'q=nobody')).toEqual([]);
    expect(await find(vera, 'q=%25')).toEqual([]);
  });

  it('finds readers by email address, key and id', async () => {
    const [amara] = await find(vera, 'q=amara.osei@');
    expect(amara).toMatchObject({ name: 'Amara Osei', email: 'amara.osei@mail.example', key: 'f-1' });
    expect(names(await find(vera, 'q=f-2'))).toEqual(['Osei-Tutu Kwame']);
    expect(names(await find(vera, `q=${amara.id}`))).toEqual(['Amara Osei']);
  });

  it('hides email addresses from viewers, who cannot search by them either', async () => {
    expect(await find(viewer, 'q=amara.osei@')).toEqual([]);
    expect((await find(viewer, 'q=amara'))[0].email).toBeNull();
    expect((await readRecord('f-1', viewer)).reader.email).toBeNull();
  });

  it('uses the current name, pages through results, and filters by the current standing', async () => {
    await submitHeld('f-4', { name: 'Quentin Early' });
    await submitHeld('f-4', { name: 'Quentin Later' });
    expect(await find(vera, 'q=early')).toEqual([]);
    expect(names(await find(vera, 'q=later'))).toEqual(['Quentin Later']);
    const first = await vera.call<Json>('GET', `/moderation/readers?site=${fixture.site}&limit=2`);
    const second = await vera.call<Json>(
      'GET',
      `/moderation/readers?site=${fixture.site}&limit=2&cursor=${first.body.next}`,
    );
    expect(names([...first.body.items, ...second.body.items])).toEqual([
      'Quentin Later',
      'عمر حسن',
      'Osei-Tutu Kwame',
      'Amara Osei',
    ]);
    await setStanding('f-2', { standing: 'suspended', until: new Date(Date.now() + 60_000).toISOString() });
    expect(names(await find(vera, 'standing=suspended'))).toEqual(['Osei-Tutu Kwame']);
    advanceClock(61_000);
    expect(await find(vera, 'standing=suspended')).toEqual([]);
    expect((await find(vera, 'q=tutu'))[0].standing).toBe('normal');
  });

  it('finds readers of the caller’s site only', async () => {
    const id = await idOf('f-1');
    for (const path of ['', '/comments', '/notes', '/messages', '/removal'])
      expect((await stranger.call('GET', `/moderation/readers/${id}${path}`)).status).toBe(404);
    expect((await stranger.call('GET', `/moderation/readers?site=${fixture.site}`)).status).toBe(404);
    expect((await stranger.call('POST', `/moderation/readers/${id}/notes`, { text: 'x' })).status).toBe(404);
    await expectStatus(
      202,
      app.call('POST', `/api/v1/sites/${other.site}/stories/${other.story}/comments`, {
        token: await readerToken(other.ssoSecret, { sub: 'o-1', name: 'Amara Osei', aud: other.site }),
        body: { body: 'Hello.' },
      }),
    );
    expect(names(await find(vera, 'q=amara')).length).toBe(1);
    const [theirs] = await db.rows<{ id: string }>(`SELECT id FROM reader WHERE site_id = $1`, [other.site]);
    const joined = await vera.call('POST', `/moderation/readers/${id}/same-person`, { readerId: theirs.id });
    expect(joined.status).toBe(404);
  });
});

describe('a reader’s record', () => {
  it('has counts, sanctions, notes, messages and moderators’ decisions', async () => {
    const [good, bad] = [
      await submitHeld('r-1', { name: 'Rita Rec' }),
      await submitHeld('r-1', { name: 'Rita Rec' }),
    ];
    await expectStatus(200, decide(vera, good, 'approve'));
    await expectStatus(200, decide(vera, bad, 'reject'));
    const id = await idOf('r-1');
    await expectStatus(200, setStanding('r-1', { standing: 'warned', note: 'Second time.' }));
    await expectStatus(
      201,
      vera.call('POST', `/moderation/readers/${id}/notes`, { text: '  Was kind before. ' }),
    );
    await expectStatus(
      201,
      vera.call('POST', `/moderation/readers/${id}/messages`, { text: 'Please be kind.' }),
    );
    const found = await readRecord('r-1', viewer);
    expect(found.reader).toMatchObject({ name: 'Rita Rec', standing: 'warned', published: 1 });
    expect(found.history).toMatchObject({ published: 1, rejected: 1, held: 0 });
    expect(found.sanctions).toMatchObject([
      { standing: 'warned', note: 'Second time.', moderator: { name: 'Vera' } },
    ]);
    expect(found.notes).toMatchObject([
      { text: 'Was kind before.', readerId: id, moderator: { name: 'Vera' } },
    ]);
    expect(found.messages).toMatchObject([{ text: 'Please be kind.' }]);
    expect(found.decisions.map(({ action }: Json) => action)).toEqual(['reject', 'approve']);
    const { body } = await viewer.call<Json>('GET', `/moderation/readers/${id}/comments`);
    expect(body.items.map((item: Json) => [item.id, item.status, item.reason])).toEqual([
      [bad, 'rejected', 'spam'],
      [good, 'published', null],
    ]);
    const refused = await viewer.call<Json>('GET', `/moderation/readers/${id}/comments?status=rejected`);
    expect(refused.body.items.map((item: Json) => item.id)).toEqual([bad]);
  });

  it('notifies the reader of sanctions and messages', async () => {
    const listNotifications = async () =>
      (
        await app.call<Json>('GET', '/api/v1/me/notifications', {
          token: await tokenOf('r-1', { name: 'Rita Rec' }),
        })
      ).body.items.filter(({ kind }: Json) => kind === 'message' || kind === 'standing');
    await until(async () => (await listNotifications()).length === 2);
    expect(await listNotifications()).toMatchObject([
      { kind: 'message', text: 'Please be kind.', story: null, comment: null, outcome: null },
      { kind: 'standing', text: 'Because.', story: null, outcome: 'warned' },
    ]);
    await expectStatus(200, setStanding('r-1', { standing: 'normal', reason: 'Time has passed.' }));
    await until(async () => (await listNotifications()).length === 3);
    expect((await listNotifications())[0]).toMatchObject({ outcome: 'reinstated', text: 'Time has passed.' });
  });

  it('has no notes any more when the account is deleted', async () => {
    await submitHeld('r-2');
    const id = await idOf('r-2');
    await expectStatus(
      201,
      vera.call('POST', `/moderation/readers/${id}/notes`, { text: 'To be forgotten.' }),
    );
    await expectStatus(202, app.call('POST', '/api/v1/me/deletion', { token: await tokenOf('r-2') }));
    await db.rows(`UPDATE reader_deletion SET due_at = now() - interval '1 second' WHERE reader_id = $1`, [
      id,
    ]);
    const countNotes = async () =>
      (await db.rows('SELECT 1 FROM reader_note WHERE reader_id = $1', [id])).length;
    const { AccountDeletionService } =
      await import('../../../src/features/readers/account-deletion.service.js');
    await app.app.get(AccountDeletionService, { strict: false }).sweep();
    await until(async () => (await countNotes()) === 0);
  });
});

describe('accounts of the same person', () => {
  it('share a record and keep separate standings', async () => {
    for (const sub of ['p-1', 'p-2', 'p-3']) await submitHeld(sub, { name: `Pat ${sub}` });
    const [one, two, three] = await Promise.all(['p-1', 'p-2', 'p-3'].map(idOf));
    const join = (id: string, readerId: string) =>
      vera.call<Json>('POST', `/moderation/readers/${id}/same-person`, { readerId });
    await expectStatus(200, setStanding('p-1', { standing: 'banned' }));
    await expectStatus(201, vera.call('POST', `/moderation/readers/${one}/notes`, { text: 'Sells pills.' }));
    const joined = await expectStatus(200, join(two, one));
    expect(names(joined.body.accounts)).toEqual(['Pat p-1']);
    await expectStatus(200, join(two, three));
    const found = await readRecord('p-3');
    expect(names(found.accounts)).toEqual(['Pat p-1', 'Pat p-2']);
    expect(found.notes).toMatchObject([{ text: 'Sells pills.', readerId: one }]);
    expect(found.sanctions).toMatchObject([{ standing: 'banned', readerId: one }]);
    expect(found.history.held).toBe(3);
    expect([found.reader.standing, (await readRecord('p-2')).reader.standing]).toEqual(['normal', 'normal']);
    const { body } = await vera.call<Json>('GET', `/moderation/readers/${three}/comments?limit=2`);
    expect(body.items.map((item: Json) => item.readerId)).toEqual([three, two]);
    expect(body.next).not.toBeNull();
    await expectStatus(204, vera.call('DELETE', `/moderation/readers/${three}/same-person`));
    expect((await readRecord('p-3')).accounts).toEqual([]);
    expect(names((await readRecord('p-1')).accounts)).toEqual(['Pat p-2']);
    await expectStatus(204, vera.call('DELETE', `/moderation/readers/${two}/same-person`));
    expect((await readRecord('p-1')).accounts).toEqual([]);
    const same = await join(one, one);
    expect([same.status, same.body.errors[0].pointer]).toEqual([400, '/readerId']);
  });
});

describe('hints that a sanctioned reader has returned', () => {
  const text =
    'The very best watches of all, half the price of the shops, look at my profile for the address.';

  it('name what two accounts have in common, and change nothing', async () => {
    await submitHeld('h-1', { name: 'Hal Bright', email: 'hal.bright+one@gmail.com' }, text);
    await expectStatus(200, setStanding('h-1', { standing: 'banned' }));
    advanceClock(1_000);
    await submitHeld('h-2', { name: 'Somebody Else', email: 'halbright@googlemail.com' }, text);
    const { hints, reader } = await readRecord('h-2');
    expect(hints).toMatchObject([
      { reader: { name: 'Hal Bright' }, why: ['email', 'text'], sanction: 'banned', cameAfter: true },
    ]);
    expect(reader.standing).toBe('normal');
    // A short text is not a hint, because many readers may write it. Neither is a match with a reader who was never
    // sanctioned.
    await submitHeld('h-3', { name: 'Short One' }, 'I agree.');
    await submitHeld('h-4', { name: 'Short Two' }, 'I agree.');
    await expectStatus(200, setStanding('h-3', { standing: 'banned' }));
    expect((await readRecord('h-4')).hints).toEqual([]);
    expect((await readRecord('h-3')).hints).toEqual([]);
  });

  it('match the same name although a number is added to the second account’s display name', async () => {
    await submitHeld('n-1', { name: 'Colin Mercer' });
    await submitHeld('n-2', { name: 'Coiin Mercer' });
    expect((await readRecord('n-2')).reader.name).toBe('Coiin Mercer (2)');
    await expectStatus(200, setStanding('n-1', { standing: 'banned' }));
    expect((await readRecord('n-2')).hints).toMatchObject([
      { reader: { name: 'Colin Mercer' }, why: ['name'] },
    ]);
    await expectStatus(200, setStanding('n-2', { standing: 'banned' }));
    expect((await readRecord('n-1')).hints).toMatchObject([
      { reader: { name: 'Coiin Mercer (2)' }, why: ['name'] },
    ]);
  });

  it('do not appear between accounts that are already linked', async () => {
    const [one, two] = await Promise.all(['h-1', 'h-2'].map(idOf));
    await expectStatus(200, vera.call('POST', `/moderation/readers/${two}/same-person`, { readerId: one }));
    expect((await readRecord('h-2')).hints).toEqual([]);
  });
});

describe('bulk removal of a reader’s comments', () => {
  const remove = async (sub: string, session = vera) =>
    session.call<Json>('POST', `/moderation/readers/${await idOf(sub)}/removal`, { reason: 'spam' });
  const statuses = async (sub: string): Promise<string[]> =>
    (await vera.call<Json>('GET', `/moderation/readers/${await idOf(sub)}/comments`)).body.items.map(
      ({ status }: Json) => status,
    );

  it('shows the count, runs after 30 seconds, and removes nothing if it is undone', async () => {
    const ids = [await submitHeld('s-1'), await submitHeld('s-1'), await submitHeld('s-1')];
    await submitHeld('s-2');
    await expectStatus(200, decide(vera, ids[0], 'approve'));
    await expectStatus(200, decide(vera, ids[1], 'reject'));
    const { body } = await viewer.call<Json>('GET', `/moderation/readers/${await idOf('s-1')}/removal`);
    expect(body).toEqual({ published: 1, held: 1, pending: 0, total: 2 });

    const first = await expectStatus(202, remove('s-1'));
    expect(first.body).toMatchObject({ state: 'waiting', total: 2 });
    await expectStatus(200, vera.call('POST', `/moderation/bulk-decisions/${first.body.id}/undo`));
    advanceClock(31_000);
    await app.app.get(BulkDecisionsService, { strict: false }).applyDue();
    expect(await statuses('s-1')).toEqual(['held', 'rejected', 'published']);

    const second = await expectStatus(202, remove('s-1'));
    advanceClock(62_000);
    await until(async () => {
      await app.app.get(BulkDecisionsService, { strict: false }).applyDue();
      return (
        (await vera.call<Json>('GET', `/moderation/bulk-decisions/${second.body.id}`)).body.state === 'done'
      );
    });
    expect(await statuses('s-1')).toEqual(['rejected', 'rejected', 'removed']);
    expect(await statuses('s-2')).toEqual(['held']);
    const again = await remove('s-1');
    expect([again.status, again.body.code]).toEqual([409, 'nothing-to-decide']);
  });
});

describe('moderators and their own accounts', () => {
  it('cannot decide on their own comments or account through any route', async () => {
    const id = await submitHeld('me', { name: 'Vee Kay', email: 'verak+paper@gmail.com' });
    const reader = await idOf('me');
    const { body } = await decide(vera, id, 'approve');
    expect(body.results[0].error).toMatchObject({ status: 403, code: 'own-comment' });
    // Opening it does not keep others from deciding.
    const claim = await expectStatus(200, vera.call<Json>('PUT', `/moderation/comments/${id}/claims`));
    expect(claim.body).toEqual({ claimants: [] });
    const opinion = await vera.call<Json>('POST', `/moderation/comments/${id}/opinions`, {
      revision: 1,
      leaning: 'approve',
    });
    expect([opinion.status, opinion.body.code]).toEqual([403, 'own-comment']);
    for (const [path, input] of [
      ['standing', { standing: 'trusted', reason: 'Me.' }],
      ['removal', { reason: 'spam' }],
      ['notes', { text: 'A fine person.' }],
      ['messages', { text: 'Hello me.' }],
    ] as const) {
      const answer = await vera.call<Json>('POST', `/moderation/readers/${reader}/${path}`, input);
      expect([path, answer.status, answer.body.code]).toEqual([path, 403, 'own-account']);
    }
    expect((await readRecord('me')).isOwn).toBe(true);
    // A bulk decision skips their own comment and applies to the others.
    const theirs = await submitHeld('not-me');
    const bulk = await expectStatus(
      202,
      vera.call<Json>('POST', '/moderation/bulk-decisions', {
        site: fixture.site,
        action: 'approve',
        comments: [id, theirs].map((commentId) => ({ commentId, revision: 1 })),
      }),
    );
    advanceClock(31_000);
    await until(async () => {
      await app.app.get(BulkDecisionsService, { strict: false }).applyDue();
      return (
        (await vera.call<Json>('GET', `/moderation/bulk-decisions/${bulk.body.id}`)).body.state === 'done'
      );
    });
    const done = await vera.call<Json>('GET', `/moderation/bulk-decisions/${bulk.body.id}`);
    expect(done.body).toMatchObject({ decided: 1, skipped: { 'own-comment': 1 } });
    expect((await fixture.readOwnComment('me', id))['status']).toBe('held');
    // This includes another account of the same person.
    const second = await submitHeld('me-too', { name: 'Vee Two' });
    await db.rows(
      `INSERT INTO same_person (site_id, reader_id, person_id)
       SELECT $1, id, $2 FROM reader WHERE site_id = $1 AND key IN ('me', 'me-too')`,
      [fixture.site, reader],
    );
    expect((await decide(vera, second, 'reject')).body.results[0].error.code).toBe('own-comment');
    const colleague = await signInModerator(app, db, 'Cole', fixture.site);
    expect((await decide(colleague, second, 'approve')).body.results[0].status).toBe('published');
  });
});
