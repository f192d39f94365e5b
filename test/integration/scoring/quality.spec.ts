import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { threadPageSql } from '../../../src/features/comments/thread.view.js';
import { QUALITY_LABELS } from '../../../src/features/scoring/scores.js';
import { startApp, type TestApp } from '../../support/app.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';
import {
  connectAsOwner,
  createSiteFixture,
  expectStatus,
  type Json,
  type OwnerConnection,
  type SiteFixture,
} from '../../support/site-fixture.js';

const ARGUMENT =
  'A congestion charge should pay for more buses, because people only leave their cars at home if there is another way to get to work.';

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;

const scoresOf = async (id: string): Promise<Record<string, number>> => {
  const rows = await db.rows<{ label: string; value: number }>(
    `SELECT s.label, s.value FROM comment c
     JOIN revision v ON v.comment_id = c.id AND v.number = c.revision JOIN score s ON s.revision_id = v.id
     WHERE c.id = $1 AND s.label = ANY ($2)`,
    [id, QUALITY_LABELS],
  );
  return Object.fromEntries(rows.map(({ label, value }) => [label, value]));
};

async function submit(sub: string, body: string, parentId?: string): Promise<string> {
  const { id } = await fixture.submit(sub, body, parentId === undefined ? {} : { parentId });
  await until(async () => (await fixture.readOwnComment(sub, id))['status'] !== 'pending');
  return id;
}

const statusOf = async (id: string): Promise<string> =>
  (await db.rows<{ status: string }>('SELECT status FROM comment WHERE id = $1', [id]))[0].status;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  db = await connectAsOwner(database.url);
  fixture = await createSiteFixture(app);
  await expectStatus(
    200,
    fixture.admin('PUT', `/sites/${fixture.site}/stories/${fixture.story}`, {
      url: 'http://localhost/talks',
      title: 'City council votes on a congestion charge for cars',
    }),
  );
  // The first comments of a process may be scored before the encoder is ready.
  await until(async () => 'argumentQuality' in (await scoresOf(await submit('ann', ARGUMENT))));
});
afterAll(async () => {
  await app?.close();
  await db?.end();
  await database?.drop();
});

describe('the quality labels', () => {
  it('are stored for an English comment, which is published all the same', async () => {
    const id = await submit('ben', ARGUMENT);
    const scores = await scoresOf(id);
    expect(Object.keys(scores).sort()).toEqual([...QUALITY_LABELS].sort());
    expect(scores['onTopic']).toBeGreaterThan(0.5);
    expect(scores).toMatchObject({ question: 0, newsroom: 0 });
    expect(await statusOf(id)).toBe('published');
    const [{ quality }] = await db.rows<{ quality: number }>('SELECT quality FROM comment WHERE id = $1', [
      id,
    ]);
    expect(quality).toBeGreaterThan(0);
  });

  it('distinguish an off-topic comment, and compare a reply with its parent comment', async () => {
    const offTopic = await submit('cleo', 'My grandmother bakes her bread with rye flour and caraway seeds.');
    expect((await scoresOf(offTopic))['onTopic']).toBeLessThan(0.2);
    const [{ quality }] = await db.rows<{ quality: number }>('SELECT quality FROM comment WHERE id = $1', [
      offTopic,
    ]);
    expect(quality).toBeLessThanOrEqual(0.5);
    const reply = await submit('dan', 'Rye bread with caraway tastes best on the second day.', offTopic);
    expect((await scoresOf(reply))['onTopic']).toBeGreaterThan(0.5);
  });

  it('are absent for a comment in another language', async () => {
    const id = await submit(
      'eva',
      'Die Maut sollte den Bus bezahlen, denn nur so lassen die Leute das Auto stehen.',
    );
    expect(await scoresOf(id)).toEqual({});
  });

  it('are scored again when the text changes', async () => {
    const id = await submit('fay', 'Where can I read the full study about the charge?');
    expect((await scoresOf(id))['question']).toBeGreaterThan(0.5);
    await expectStatus(
      200,
      app.call('PATCH', `/api/v1/comments/${id}`, {
        token: await fixture.token('fay'),
        body: { body: ARGUMENT },
      }),
    );
    await until(async () => (await scoresOf(id))['question'] === 0);
  });

  it('never affect the decision', async () => {
    const id = await submit('gil', 'Where can I read the full study? There is a typo in the headline.');
    expect(await scoresOf(id)).toMatchObject({ question: expect.any(Number), newsroom: 0.9 });
    const decisions = await db.rows(
      'SELECT action, rule_key, rule_text FROM decision WHERE comment_id = $1',
      [id],
    );
    expect(decisions).toEqual([expect.objectContaining({ action: 'publish', rule_key: 'all-clear' })]);
  });

  it.each(QUALITY_LABELS)('cannot have a threshold: %s', async (label) => {
    const thresholds = { moderation: { thresholds: { [label]: { hold: 0.5 } } } };
    for (const call of [
      fixture.admin('PATCH', `/sites/${fixture.site}/policy`, thresholds),
      fixture.admin('PATCH', `/sites/${fixture.site}/policy`, {
        moderation: { thresholds: { [label]: { hold: null, reject: 1 } } },
      }),
      fixture.admin('PUT', `/sites/${fixture.site}/stories/other`, {
        url: 'http://localhost/other',
        title: 'Other',
        policy: thresholds,
      }),
    ]) {
      const { body } = await expectStatus(400, call);
      expect(JSON.stringify(body.errors)).toContain('only orders and suggests comments');
    }
    const { body: policy } = await fixture.admin('GET', `/sites/${fixture.site}/policy`);
    expect(JSON.stringify(policy)).not.toContain(label);
  });

  it('find suggestions among published comments', async () => {
    const question = await submit('hal', 'Could the reporter tell us when the charge would begin?');
    const typo = await submit('ida', 'The caption is wrong: this is the old town hall.');
    const listSuggested = async (suggested: string): Promise<string[]> => {
      const { body } = await expectStatus(
        200,
        fixture.admin<Json>(
          'GET',
          `/moderation/queue?site=${fixture.site}&state=published&suggested=${suggested}&limit=100`,
        ),
      );
      return body.items.map(({ comment }: Json) => comment.id);
    };
    expect(await listSuggested('question')).toContain(question);
    expect(await listSuggested('question')).not.toContain(typo);
    expect(await listSuggested('newsroom')).toContain(typo);
    expect(await listSuggested('newsroom')).not.toContain(question);

    const [{ story_id }] = await db.rows<Json>('SELECT story_id FROM comment WHERE id = $1', [question]);
    const answer = { body: 'The charge begins in March.', parentId: question };
    await expectStatus(202, fixture.admin('POST', `/moderation/stories/${story_id}/answers`, answer));
    await until(async () => !(await listSuggested('question')).includes(question));

    const good = await submit('jon', ARGUMENT);
    await db.rows('UPDATE comment SET quality = 0.95 WHERE id = $1', [good]);
    await db.rows('UPDATE comment SET quality = 0.4 WHERE id = $1', [question]);
    expect(await listSuggested('pick')).toContain(good);
    expect(await listSuggested('pick')).not.toContain(question);
    await expectStatus(
      200,
      fixture.admin('PUT', `/moderation/comments/${good}/featured`, { picked: true, pinned: false }),
    );
    expect(await listSuggested('pick')).not.toContain(good);
    await expectStatus(
      400,
      fixture.admin('GET', `/moderation/queue?site=${fixture.site}&suggested=everything`),
    );
  });
});

describe('the sort order best', () => {
  it('orders by reactions, and by quality where they are equal, page by page', async () => {
    const other = await createSiteFixture(app);
    const ids: string[] = [];
    for (let n = 0; n < 5; n++) {
      const { id } = await other.submit('kim', `Comment number ${n} about the talks.`);
      await until(async () => (await other.readOwnComment('kim', id))['status'] === 'published');
      ids.push(id);
    }
    // Reactions and quality of each comment. One that was not scored counts as average.
    const values: readonly (readonly [number, number | null])[] = [
      [0, 0.2],
      [0, 0.9],
      [0, null],
      [3, 0],
      [1, 0.1],
    ];
    for (const [index, [reactions, quality]] of values.entries())
      await db.rows('UPDATE comment SET reaction_count = $2, quality = $3 WHERE id = $1', [
        ids[index],
        reactions,
        quality,
      ]);
    const collected: string[] = [];
    let cursor: string | null = null;
    do {
      const { body }: { body: Json } = await expectStatus(
        200,
        app.call<Json>(
          'GET',
          `/api/v1/sites/${other.site}/stories/${other.story}/comments?sort=best&limit=2${cursor ? `&cursor=${encodeURIComponent(cursor)}` : ''}`,
        ),
      );
      collected.push(...body.items.map(({ id }: Json) => id));
      cursor = body.next;
    } while (cursor !== null);
    expect(collected).toEqual([3, 4, 1, 2, 0].map((index) => ids[index]));
  });

  it('is read from its index', async () => {
    await db.rows('SET enable_seqscan = off');
    await db.rows('SET plan_cache_mode = force_generic_plan');
    for (const isFirst of [true, false]) {
      const name = `best_${isFirst}`;
      await db.rows(`PREPARE ${name} AS ${threadPageSql('best', isFirst)}`);
      const values = `'${fixture.site}', '${fixture.site}', 20${isFirst ? '' : `, 1000, '${fixture.site}'`}`;
      const plan = await db.rows<{ 'QUERY PLAN': string }>(`EXPLAIN EXECUTE ${name}(${values})`);
      const text = plan.map((row) => row['QUERY PLAN']).join('\n');
      expect(text).toContain('comment_thread_by_best');
      expect(text).toMatch(isFirst ? /Index Cond: .*story_id/ : /Index Cond: .*ROW\(/);
    }
  });
});

describe('comments:analyze', () => {
  it('scores the quality attributes of an English text', async () => {
    const { body: made } = await expectStatus(
      201,
      fixture.admin<Json>('POST', '/keys', { name: 'analyzer', scopes: ['score'] }),
    );
    const analyze = (text: string, attributes: readonly string[], more: object = {}) =>
      app.call<Json>('POST', `/v1alpha1/comments:analyze?key=${made.key}`, {
        body: {
          comment: { text },
          requestedAttributes: Object.fromEntries(attributes.map((name) => [name, {}])),
          ...more,
        },
      });
    const context = {
      articleAndParentComment: { article: { text: 'City council votes on a congestion charge for cars' } },
    };
    const { body } = await expectStatus(
      200,
      analyze(ARGUMENT, ['ARGUMENT_QUALITY', 'ON_TOPIC_EXPERIMENTAL', 'QUESTION', 'NEWSROOM', 'TOXICITY'], {
        context,
      }),
    );
    const value = (name: string): number => body.attributeScores[name].summaryScore.value;
    expect(value('ON_TOPIC_EXPERIMENTAL')).toBeGreaterThan(0.5);
    expect(value('ARGUMENT_QUALITY')).toBeGreaterThan(0);
    expect([value('QUESTION'), value('NEWSROOM')]).toEqual([0, 0]);
    expect(value('TOXICITY')).toBeLessThan(0.5);

    const missing = await expectStatus(400, analyze(ARGUMENT, ['ON_TOPIC']));
    expect(missing.body.error.message).toContain('context.articleAndParentComment');
    const dropped = await expectStatus(
      200,
      analyze(ARGUMENT, ['ON_TOPIC', 'TOXICITY'], { dropUnsupportedAttributes: true }),
    );
    expect(Object.keys(dropped.body.attributeScores)).toEqual(['TOXICITY']);
    const german = await expectStatus(
      400,
      analyze('Die Maut sollte den Bus bezahlen, denn nur so lassen die Leute das Auto stehen.', [
        'ARGUMENT_QUALITY',
      ]),
    );
    expect(german.body.error.message).toContain('does not support request languages');
  });
});
