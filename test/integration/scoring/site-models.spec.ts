import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { syntheticComments } from '../../../src/features/scoring/site-model/remarks.builder.js';
import { SiteModelTrainingService } from '../../../src/features/scoring/site-model/site-model-training.service.js';
import type { SiteId } from '../../../src/platform/ids.js';
import { startApp, type TestApp } from '../../support/app.js';
import { describeOnBothBackends } from '../../support/backends.js';
import {
  createSiteFixture,
  expectStatus,
  connectAsOwner,
  type Json,
  type SiteFixture,
  type OwnerConnection,
} from '../../support/site-fixture.js';
import { until } from '../../support/processes.js';

const isRefused = (text: string): boolean => text.includes('marrow');

async function decideAll(
  fixture: SiteFixture,
  comments: readonly { id: string; body: string }[],
): Promise<void> {
  for (let from = 0; from < comments.length; from += 100) {
    const decisions = comments.slice(from, from + 100).map(({ id, body }) => ({
      commentId: id,
      revision: 1,
      action: isRefused(body) ? 'reject' : 'approve',
    }));
    const { body } = await expectStatus(200, fixture.admin('POST', '/moderation/decisions', { decisions }));
    expect(body.results.every((result: Json) => result.decisionId)).toBe(true);
  }
}

describeOnBothBackends('the models of a site', (backend) => {
  let app: TestApp;
  let db: OwnerConnection;
  let fixture: SiteFixture;

  beforeAll(async () => {
    app = await startApp({
      databaseUrl: backend.databaseUrl,
      redisUrl: backend.redisUrl,
      settings: { limits: false },
    });
    db = await connectAsOwner(backend.databaseUrl);
    fixture = await createSiteFixture(app);
  });
  afterAll(async () => {
    await app?.close();
    await db?.end();
  });

  const readLearningState = async (): Promise<Json> =>
    (await expectStatus(200, fixture.admin('GET', `/sites/${fixture.site}/site-model`))).body;
  const setPolicy = (moderation: Record<string, unknown>) =>
    expectStatus(200, fixture.admin('PATCH', `/sites/${fixture.site}/policy`, { moderation }));
  async function train(): Promise<Json> {
    const before = (await readLearningState()).lastTraining.at;
    await expectStatus(202, fixture.admin('POST', `/sites/${fixture.site}/site-models`));
    await until(async () => (await readLearningState()).lastTraining.at !== before);
    return readLearningState();
  }
  async function scoreOf(body: string): Promise<{ id: string; toxicity: number; status: string }> {
    const { id } = await fixture.submit('ann', body);
    await until(async () => (await fixture.readOwnComment('ann', id))['status'] !== 'pending');
    const [{ value }] = await db.rows<{ value: number }>(
      `SELECT s.value FROM score s JOIN revision r ON r.id = s.revision_id WHERE r.comment_id = $1 AND s.label = 'toxicity'`,
      [id],
    );
    return { id, toxicity: value, status: (await fixture.readOwnComment('ann', id))['status'] };
  }

  it('does not train a site model on decisions by rules', async () => {
    const [first, ...others] = syntheticComments(40);
    await scoreOf(first);
    await Promise.all(others.map((body) => fixture.submit('ann', body)));
    expect(await train()).toMatchObject({
      learning: 'shadow',
      active: null,
      shadow: null,
      lastTraining: { outcome: 'too-few', texts: 0 },
      collected: {
        decisions: 0,
        suggested: 0,
        labels: { toxicity: { positives: 0, negatives: 0 } },
        needed: 38,
      },
    });
  });

  it('trains a site model on moderators’ decisions, and runs it in shadow mode first', async () => {
    await setPolicy({ mode: 'hold-all' });
    const bodies = syntheticComments(220).slice(40);
    const comments: { id: string; body: string }[] = [];
    for (let from = 0; from < bodies.length; from += 20) {
      const batch = bodies.slice(from, from + 20);
      const submitted = await Promise.all(batch.map((body) => fixture.submit('ben', body)));
      comments.push(...submitted.map(({ id }, index) => ({ id, body: batch[index] })));
    }
    await until(async () => {
      const [{ count }] = await db.rows<{ count: string }>(
        `SELECT count(*) FROM comment WHERE status = 'pending'`,
      );
      return count === '0';
    });
    await decideAll(fixture, comments);
    await setPolicy({ mode: 'score' });

    const { active, shadow, lastTraining } = await train();
    expect(active).toBeNull();
    expect(lastTraining).toMatchObject({ outcome: 'trained', texts: 180 });
    expect(shadow).toMatchObject({
      state: 'shadow',
      texts: 180,
      figures: { toxicity: { beats: true }, refusal: { beats: true, automatic: { texts: 180 } } },
    });
    // Every text is encoded once.
    expect(
      await db.rows(
        `SELECT count(*)::int AS count FROM embedding WHERE revision_id IN (
           SELECT r.id FROM revision r JOIN decision d ON d.comment_id = r.comment_id AND d.decided_by = 'moderator')`,
      ),
    ).toEqual([{ count: 180 }]);
    const { toxicity } = shadow.figures;
    expect(toxicity.siteModel.logLoss).toBeLessThan(toxicity.shipped.logLoss);

    expect((await scoreOf('Is the marrow contest on again?')).toxicity).toBeLessThan(0.2);
    // The default policy holds by `refusal`, which the site model raises for marrows.
    expect((await readLearningState()).shadow.shadow).toEqual({
      comments: 1,
      wouldHold: 1,
      onlyItHolds: 1,
      onlyItPasses: 0,
    });
    await scoreOf('You are a stupid idiot and everybody knows it.');
    expect((await readLearningState()).shadow.shadow).toMatchObject({ comments: 2, onlyItHolds: 1 });
    const { body: details } = await expectStatus(
      200,
      fixture.admin('GET', `/sites/${fixture.site}/site-models/${shadow.id}`),
    );
    expect(details.words.toxicity.map(({ text }: Json) => text)).toContain('marrow');
  });

  it('lists every decision that the site model is trained on, with the labels derived from it', async () => {
    const { collected } = await readLearningState();
    const marrows = syntheticComments(220).slice(40).filter(isRefused).length;
    expect(collected).toMatchObject({
      decisions: 180,
      labels: { toxicity: { positives: marrows, negatives: 180 - marrows }, threat: { positives: 0 } },
    });
    const examples: Json[] = [];
    let next: string | null = '';
    while (next !== null) {
      const path: string = `/sites/${fixture.site}/site-model/training-examples?limit=100${next === '' ? '' : `&cursor=${next}`}`;
      const { body } = await expectStatus(200, fixture.admin<Json>('GET', path));
      examples.push(...body.items);
      next = body.next;
    }
    expect(new Set(examples.map(({ commentId }) => commentId)).size).toBe(180);
    for (const { excerpt, refused, labels } of examples)
      expect([excerpt, refused, labels]).toEqual([
        excerpt,
        isRefused(excerpt),
        isRefused(excerpt) ? ['toxicity', 'refusal'] : [],
      ]);
    const { shadow } = await readLearningState();
    const { trained, heldOut } = shadow.figures.toxicity;
    const uses = (use: string): number => examples.filter((example) => example.use === use).length;
    expect([uses('trained'), uses('held-out'), uses('none')]).toEqual([trained.texts, heldOut.texts, 0]);
    // A decision that does not depend on the text is shown as not used.
    const { commentId } = examples.find(({ refused }) => !refused);
    const decisions = [{ commentId, revision: 1, action: 'remove', reason: 'off-topic' }];
    await expectStatus(200, fixture.admin('POST', '/moderation/decisions', { decisions }));
    const { body: after } = await expectStatus(
      200,
      fixture.admin<Json>('GET', `/sites/${fixture.site}/site-model/training-examples?limit=1`),
    );
    expect(after.items[0]).toMatchObject({
      commentId,
      refused: true,
      reason: 'off-topic',
      labels: [],
      use: 'none',
    });
    expect((await readLearningState()).collected.decisions).toBe(179);
    await expectStatus(
      400,
      fixture.admin('GET', `/sites/${fixture.site}/site-model/training-examples?cursor=mine`),
    );
  });

  it('activates the site model automatically if the site allows it, until a person rolls it back', async () => {
    await setPolicy({ learning: 'take-over' });
    const { active } = await train();
    expect(active).toMatchObject({ state: 'active', figures: { refusal: { beats: true } } });
    expect(await scoreOf('Who dislikes the marrow contest?')).toMatchObject({ status: 'held' });
    expect(await scoreOf('Who dislikes the old harbour?')).toMatchObject({ status: 'published' });

    const deactivated = await expectStatus(
      200,
      fixture.admin('PUT', `/sites/${fixture.site}/site-model`, { siteModelId: null }),
    );
    expect(deactivated.body).toMatchObject({ active: null, rolledBack: true });
    expect(await scoreOf('Who forgot the marrow contest?')).toMatchObject({ status: 'published' });
    // It stays inactive until a person activates it again.
    expect(await train()).toMatchObject({ active: null, rolledBack: true });

    const again = await expectStatus(
      200,
      fixture.admin('PUT', `/sites/${fixture.site}/site-model`, { siteModelId: active.id }),
    );
    expect(again.body).toMatchObject({ active: { id: active.id }, rolledBack: false });
    expect(await scoreOf('Who paints the marrow contest?')).toMatchObject({ status: 'held' });
    const { body: list } = await expectStatus(
      200,
      fixture.admin('GET', `/sites/${fixture.site}/site-models`),
    );
    expect(list.items.map(({ state }: Json) => state).sort()).toEqual(['active', 'retired', 'shadow']);
  });

  // The remaining specs do not involve jobs.
  if (backend.kind === 'redis') return;

  it('scores for API clients with a key of that site', async () => {
    const createKey = async (sites: string[] | null): Promise<string> =>
      (await expectStatus(201, fixture.admin('POST', '/keys', { name: 'coral', scopes: ['score'], sites })))
        .body.key;
    const toxicity = async (key: string): Promise<number> => {
      const body = {
        comment: { text: 'Our mayor talks about the marrow contest.' },
        languages: ['en'],
        requestedAttributes: { TOXICITY: {} },
      };
      const answer = await expectStatus(
        200,
        app.call<Json>('POST', `/v1alpha1/comments:analyze?key=${key}`, { body }),
      );
      return answer.body.attributeScores.TOXICITY.summaryScore.value;
    };
    expect(await toxicity(await createKey([fixture.site]))).toBeGreaterThan(0.5);
    expect(await toxicity(await createKey(null))).toBeLessThan(0.2);
  });

  it('uses the shipped model if the site model cannot be read', async () => {
    const { active } = await readLearningState();
    await db.rows(`UPDATE site_model SET weights = '\\x00ff' WHERE id = $1`, [active.id]);
    await expectStatus(
      200,
      fixture.admin('PUT', `/sites/${fixture.site}/site-model`, { siteModelId: active.id }),
    );
    expect(await scoreOf('Who measures the marrow contest?')).toMatchObject({ status: 'published' });
    const metrics = await app.call<string>('GET', '/metrics');
    expect(metrics.body).toMatch(/postbag_site_model_failures_total [1-9]/);
  });

  it('does not find another site’s model', async () => {
    const other = await createSiteFixture(app);
    const { active } = await readLearningState();
    await expectStatus(404, fixture.admin('GET', `/sites/${other.site}/site-models/${active.id}`));
    await expectStatus(
      404,
      fixture.admin('PUT', `/sites/${other.site}/site-model`, { siteModelId: active.id }),
    );
    const { body } = await expectStatus(200, fixture.admin('GET', `/sites/${other.site}/site-models`));
    expect(body).toEqual({ items: [], next: null });
    const examples = await expectStatus(
      200,
      fixture.admin('GET', `/sites/${other.site}/site-model/training-examples`),
    );
    expect(examples.body).toEqual({ items: [], next: null });
  });

  it('trains no site model if the policy forbids it', async () => {
    await setPolicy({ learning: 'off' });
    const { body } = await expectStatus(409, fixture.admin('POST', `/sites/${fixture.site}/site-models`));
    expect(body).toMatchObject({ code: 'learning-off' });
  });

  it('trains a site model automatically after enough decisions', async () => {
    const training = app.app.get(SiteModelTrainingService, { strict: false });
    await setPolicy({ learning: 'shadow' });
    await db.rows(`UPDATE site_model_training SET trained_at = now() - interval '7 hours', through = NULL`);
    await training.trainDueSites();
    await until(async () => Date.now() - Date.parse((await readLearningState()).lastTraining.at) < 60_000);
    // It has just been trained, so it is not trained again for some hours.
    await db.rows(`UPDATE site_model_training SET through = NULL`);
    const before = (await readLearningState()).lastTraining.at;
    await training.trainDueSites();
    await training.train({ siteId: (await createSiteFixture(app)).site as SiteId });
    expect((await readLearningState()).lastTraining.at).toBe(before);
  });
});
