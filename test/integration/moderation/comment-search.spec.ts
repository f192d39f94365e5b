import { afterAll, beforeAll, expect, it } from '@jest/globals';
import type { TestApp } from '../../support/app.js';
import { signInModerator, type ModeratorSession } from '../../support/moderator-session.js';
import { openModerationFixture, type ModerationFixture } from '../../support/moderation-fixture.js';
import {
  createSiteFixture,
  type Json,
  type SiteFixture,
  type OwnerConnection,
} from '../../support/site-fixture.js';
import { until } from '../../support/processes.js';

let moderationFixture: ModerationFixture;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;
let viewer: ModeratorSession;
const ids: string[] = [];

const TEXTS: [string, string][] = [
  ['ann', 'The harbour budget was passed on Tuesday.'],
  ['bob', 'Budgets, budgets: nobody reads them.'],
  ['ann', 'A quiet evening by the harbour.'],
  ['bob', 'Zoë says the same.'],
];

beforeAll(async () => {
  moderationFixture = await openModerationFixture({ moderation: { wordLists: { suspect: ['quiet'] } } });
  ({ app, db, fixture } = moderationFixture);
  viewer = await signInModerator(app, db, 'Vi', fixture.site, 'viewer');
  for (const [sub, text] of TEXTS) {
    const { id } = await fixture.submit(sub, text);
    await until(async () => (await fixture.readOwnComment(sub, id))['status'] !== 'pending');
    ids.push(id);
  }
});
afterAll(() => moderationFixture?.close());

const search = async (query: string): Promise<Json> =>
  (await viewer.call<Json>('GET', `/moderation/search?site=${fixture.site}${query}`)).body;
/** Indexes in `TEXTS`. */
const findIndexes = async (query: string): Promise<number[]> =>
  (await search(query)).items.map(({ commentId }: Json) => ids.indexOf(commentId));

it('finds comments by all of the given words, ignoring case, each as a whole word or a prefix', async () => {
  expect(await findIndexes('&q=Budget')).toEqual([1, 0]);
  expect(await findIndexes('&q=harbour%20quiet')).toEqual([2]);
  expect(await findIndexes('&q=Zoë')).toEqual([3]);
  expect(await findIndexes(`&q=${encodeURIComponent("' | :* !")}`)).toEqual([]);
  expect(await findIndexes('&q=nowhere')).toEqual([]);
});

it('finds comments by author, story, status, rule, score and time, separately and combined', async () => {
  const author = (await fixture.readOwnComment('ann', ids[0]))['author'].id;
  expect(await findIndexes(`&author=${author}`)).toEqual([2, 0]);
  expect(await findIndexes(`&story=${fixture.story}`)).toEqual([3, 2, 1, 0]);
  expect(await findIndexes('&story=another')).toEqual([]);
  expect(await findIndexes('&status=held')).toEqual([2]);
  expect(await findIndexes('&rule=suspect-word')).toEqual([2]);
  expect(await findIndexes('&label=suspectWords&low=0.5')).toEqual([2]);
  expect(await findIndexes('&label=suspectWords&high=0.5')).toEqual([3, 1, 0]);
  const { createdAt } = await fixture.readOwnComment('ann', ids[2]);
  expect(await findIndexes(`&from=${createdAt}`)).toEqual([3, 2]);
  expect(await findIndexes(`&until=${createdAt}&q=budget&author=${author}`)).toEqual([0]);
});

it('pages by cursor, and reports a complete result when everything was searched', async () => {
  const first = await search('&limit=3');
  expect(first).toMatchObject({ isPartial: false });
  const rest = await search(`&limit=3&cursor=${first.next}`);
  expect([...first.items, ...rest.items].map(({ commentId }: Json) => commentId)).toEqual([...ids].reverse());
  expect(rest).toMatchObject({ next: null, isPartial: false });
  expect(
    (await viewer.call('GET', `/moderation/search?site=${fixture.site}&q=x&cursor=${first.next}`)).status,
  ).toBe(400);
});

it('searches common words in windows, and returns a partial page after each window without a match', async () => {
  // The word has more matches than a rare word may have, and they fill more than one window.
  await db.rows(
    `WITH made AS (
       INSERT INTO comment (site_id, id, story_id, author_id, status, created_at)
       SELECT c.site_id, ('00000000-0000-7000-8000-' || lpad(to_hex(n), 12, '0'))::uuid, c.story_id, c.author_id, 'published', c.created_at
       FROM comment c, generate_series(1, 5200) n WHERE c.id = $1 RETURNING site_id, id, created_at)
     INSERT INTO revision (site_id, id, comment_id, number, body, html, fingerprint, created_at)
     SELECT site_id, id, id, 1, 'common ground', '', '', created_at FROM made`,
    [ids[0]],
  );
  let cursor = '';
  const seen = new Set<string>();
  let partial = 0;
  for (;;) {
    const page = await search(`&q=common&label=threat&high=1&limit=100${cursor}`);
    for (const { commentId } of page.items) seen.add(commentId);
    if (page.isPartial) partial++;
    if (page.next === null) break;
    cursor = `&cursor=${page.next}`;
  }
  // None of them has scores, so no page has a result.
  expect([seen.size, partial]).toEqual([0, 2]);
  expect((await search('&q=common&limit=100')).items).toHaveLength(100);
});

it('refuses invalid queries, and finds nothing of another site', async () => {
  const other = await createSiteFixture(app);
  expect((await viewer.call('GET', `/moderation/search?site=${other.site}`)).status).toBe(404);
  for (const query of [
    '&low=0.5',
    '&label=x',
    '&label=insult&low=2',
    '&status=gone',
    '&author=1',
    '&from=today',
  ])
    expect([
      query,
      (await viewer.call('GET', `/moderation/search?site=${fixture.site}${query}`)).status,
    ]).toEqual([query, 400]);
  const { body } = await fixture.admin('GET', `/moderation/search?site=${other.site}&q=budget`);
  expect(body.items).toEqual([]);
});
