import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SiteModelTrainingService } from '../../../src/features/scoring/site-model/site-model-training.service.js';
import { syntheticComments } from '../../../src/features/scoring/site-model/remarks.builder.js';
import type { SiteId } from '../../../src/platform/ids.js';
import { startApp, type TestApp } from '../../support/app.js';
import { packModerated, type Moderated } from '../../support/coral-export.js';
import {
  createSiteFixture,
  expectStatus,
  connectAsOwner,
  type Json,
  type SiteFixture,
  type OwnerConnection,
} from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { until } from '../../support/processes.js';

const ORIGIN = 'http://localhost';
const DECISIONS = 240;

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  db = await connectAsOwner(database.url);
});
afterAll(async () => {
  await db?.end();
  await app?.close();
  await database?.drop();
});

/** Decisions of moderators who reject every comment about marrows, which the shipped model scores as harmless. */
const decisionsOn = (texts: readonly string[]): Moderated[] =>
  texts.map((text) => ({ text, isRefused: text.includes('marrow') }));
const TRAINING_EXPORT = decisionsOn(syntheticComments(DECISIONS));
const REFUSED = TRAINING_EXPORT.filter(({ isRefused }) => isRefused).length;

async function runImport(fixture: SiteFixture, comments: readonly Moderated[], query = ''): Promise<Json> {
  const answer = await fetch(`${app.url}/api/v1/sites/${fixture.site}/imports?format=coral${query}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.adminKey}` },
    body: new Uint8Array(await packModerated(ORIGIN, comments)),
  });
  expect(answer.status).toBe(202);
  const { id } = (await answer.json()) as { id: string };
  let body: Json;
  await until(async () => {
    ({ body } = await fixture.admin('GET', `/sites/${fixture.site}/imports/${id}`));
    return body.state !== undefined && body.state !== 'running';
  }, 120_000);
  expect(body).toMatchObject({ state: 'done', failure: null });
  return body;
}

const learningStateOf = async (fixture: SiteFixture): Promise<Json> =>
  (await expectStatus(200, fixture.admin('GET', `/sites/${fixture.site}/site-model`))).body;
const siteModelsOf = async (fixture: SiteFixture): Promise<Json[]> =>
  (await expectStatus(200, fixture.admin('GET', `/sites/${fixture.site}/site-models`))).body.items;
const setActiveModel = (fixture: SiteFixture, siteModelId: string | null) =>
  expectStatus(200, fixture.admin('PUT', `/sites/${fixture.site}/site-model`, { siteModelId }));
async function statusOf(fixture: SiteFixture, text: string): Promise<string> {
  const { id } = await fixture.submit('ben', text);
  await until(async () => (await fixture.readOwnComment('ben', id))['status'] !== 'pending');
  return (await fixture.readOwnComment('ben', id))['status'];
}

describe('moderators’ decisions in Coral', () => {
  let fixture: SiteFixture;
  let first: Json;

  beforeAll(async () => {
    fixture = await createSiteFixture(app, { moderation: { thresholds: { toxicity: { hold: 0.6 } } } });
    first = await runImport(fixture, [
      ...TRAINING_EXPORT,
      // Comments by staff and decisions by Coral's rules are not used for training.
      ...syntheticComments(DECISIONS + 40)
        .slice(DECISIONS)
        .map((text): Moderated => ({ text, isRefused: false, author: 'mod' })),
      ...syntheticComments(DECISIONS + 80)
        .slice(DECISIONS + 40)
        .map((text): Moderated => ({ text, isRefused: true, by: null })),
    ]);
  });

  it('are used during the import to train a site model, which is better on held-out comments', async () => {
    const { learned } = first;
    expect(learned).toMatchObject({ outcome: 'trained', texts: DECISIONS, refused: REFUSED });
    const { before, after, beats } = learned.labels.toxicity;
    expect(after).toBeGreaterThan(before);
    expect(beats).toBe(true);
    expect(learned.message).toContain(`trained on ${DECISIONS} decisions (${REFUSED} rejected)`);
    expect(learned.message).toContain(`${before.toFixed(3)} before, ${after.toFixed(3)} after`);
    const { active, shadow, lastTraining, learning } = await learningStateOf(fixture);
    expect([active, shadow.id, learning]).toEqual([null, learned.siteModelId, 'shadow']);
    expect(shadow.figures.toxicity.siteModel.rocAuc).toBe(after);
    expect(lastTraining).toMatchObject({ outcome: 'trained', texts: DECISIONS });
  });

  it('do not affect decisions until a person accepts the site model', async () => {
    expect(await statusOf(fixture, 'Is the marrow contest on again?')).toBe('published');
    await setActiveModel(fixture, first.learned.siteModelId);
    expect(await statusOf(fixture, 'Who dislikes the marrow contest?')).toBe('held');
    expect(await statusOf(fixture, 'Who dislikes the old harbour?')).toBe('published');
  });

  it('are not used again if the same file is imported again', async () => {
    const siteModels = await siteModelsOf(fixture);
    const again = await runImport(fixture, TRAINING_EXPORT);
    expect(again.learned).toMatchObject({ outcome: 'nothing-new', siteModelId: null });
    expect(await siteModelsOf(fixture)).toEqual(siteModels);
  });

  it('train a model in shadow mode if another site model is already active', async () => {
    const { active } = await learningStateOf(fixture);
    const more = decisionsOn(syntheticComments(2 * DECISIONS).slice(DECISIONS));
    const { learned } = await runImport(fixture, [
      ...TRAINING_EXPORT,
      ...syntheticComments(DECISIONS + 80)
        .slice(DECISIONS)
        .map((text): Moderated => ({ text, isRefused: false })),
      ...more.slice(80),
    ]);
    expect(learned.outcome).toBe('trained');
    const after = await learningStateOf(fixture);
    expect([after.active.id, after.shadow.id]).toEqual([active.id, learned.siteModelId]);
  });
});

describe('a site', () => {
  it('whose learning was switched off after it activated a model trains in shadow mode again and activates nothing by itself', async () => {
    const fixture = await createSiteFixture(app, { moderation: { thresholds: { toxicity: { hold: 0.6 } } } });
    const { learned } = await runImport(fixture, TRAINING_EXPORT);
    await setActiveModel(fixture, learned.siteModelId);
    await expectStatus(
      200,
      fixture.admin('PATCH', `/sites/${fixture.site}/policy`, { moderation: { learning: 'off' } }),
    );
    const more = await runImport(fixture, [
      ...TRAINING_EXPORT,
      ...decisionsOn(syntheticComments(2 * DECISIONS).slice(DECISIONS)),
    ]);
    expect(more.learned).toMatchObject({ outcome: 'trained', texts: 2 * DECISIONS });
    expect(await learningStateOf(fixture)).toMatchObject({
      learning: 'shadow',
      active: null,
      shadow: { id: more.learned.siteModelId },
    });
    expect(await statusOf(fixture, 'Is the marrow contest on again?')).toBe('published');
    const versions = await fixture.admin<Json>('GET', `/sites/${fixture.site}/policy/versions`);
    expect(versions.body.items[0].note).toContain('imported decisions');
  });

  it('does not activate a model from an import by itself, even if it activates other site models automatically', async () => {
    const fixture = await createSiteFixture(app, { moderation: { learning: 'take-over' } });
    const { learned } = await runImport(fixture, TRAINING_EXPORT);
    expect(learned.labels.toxicity.beats).toBe(true);
    expect(await learningStateOf(fixture)).toMatchObject({
      active: null,
      shadow: { id: learned.siteModelId },
    });
  });

  it('gets no site model from a dry run or from too few rejections, and the result says why', async () => {
    const fixture = await createSiteFixture(app, { moderation: { learning: 'off' } });
    const dryRun = await runImport(fixture, TRAINING_EXPORT, '&dryRun');
    expect(dryRun.learned).toBeNull();
    expect((await learningStateOf(fixture)).lastTraining.at).toBeNull();
    const texts = TRAINING_EXPORT.slice(0, 60);
    const refused = texts.filter(({ isRefused }) => isRefused).length;
    const few = await runImport(fixture, texts);
    expect(few.learned).toMatchObject({ outcome: 'too-few', texts: 60, refused, siteModelId: null });
    expect(few.learned.message).toContain(`60 decisions (${refused} rejected) are too few`);
    expect((await learningStateOf(fixture)).learning).toBe('off');
    expect(await siteModelsOf(fixture)).toEqual([]);
  });

  it('trains no other site model while its import is running', async () => {
    const fixture = await createSiteFixture(app);
    await runImport(fixture, TRAINING_EXPORT);
    await db.rows(
      `UPDATE site_model_training SET trained_at = now() - interval '7 hours', through = NULL
      WHERE site_id = $1`,
      [fixture.site],
    );
    const due = () =>
      db.rows(`SELECT site_id FROM sites_to_train(now(), 50, 'any', 1000) WHERE site_id = $1`, [
        fixture.site,
      ]);
    expect(await due()).toHaveLength(1);
    await db.rows(
      `INSERT INTO site_import (site_id, id, format, dry_run, state, step, principal, created_at, touched_at)
       VALUES ($1, gen_random_uuid(), 'coral', false, 'running', 'clean', '{"kind": "admin"}', now(), now())`,
      [fixture.site],
    );
    expect(await due()).toEqual([]);
    const { at } = (await learningStateOf(fixture)).lastTraining;
    await app.app.get(SiteModelTrainingService, { strict: false }).trainDueSites();
    expect((await learningStateOf(fixture)).lastTraining.at).toBe(at);
  });

  it('does not learn from another site’s import', async () => {
    const fixture = await createSiteFixture(app);
    await app.app.get(SiteModelTrainingService, { strict: false }).train({ siteId: fixture.site as SiteId });
    expect(await learningStateOf(fixture)).toMatchObject({ shadow: null, collected: { decisions: 0 } });
  });
});

describe('reading the decisions for training', () => {
  let fixture: SiteFixture;
  const listSlowReads = (): Promise<Json[]> =>
    db.rows(
      `SELECT pid FROM pg_stat_activity WHERE datname = current_database() AND state = 'active'
         AND pid <> pg_backend_pid() AND query LIKE '%"decidedAt"%'`,
    );
  const startImport = async (): Promise<string> => {
    const answer = await fetch(`${app.url}/api/v1/sites/${fixture.site}/imports?format=coral`, {
      method: 'POST',
      headers: { authorization: `Bearer ${app.adminKey}` },
      body: new Uint8Array(await packModerated(ORIGIN, TRAINING_EXPORT)),
    });
    const { id } = (await answer.json()) as { id: string };
    await until(async () => (await listSlowReads()).length > 0, 60_000);
    return id;
  };
  const importOf = async (id: string): Promise<Json> =>
    (await fixture.admin<Json>('GET', `/sites/${fixture.site}/imports/${id}`)).body;

  beforeEach(async () => {
    fixture = await createSiteFixture(app);
    await db.rows(
      `CREATE POLICY slow ON revision AS RESTRICTIVE FOR SELECT
         USING (site_id <> '${fixture.site}' OR pg_sleep(1) IS NOT NULL)`,
    );
  });
  afterEach(() => db.rows('DROP POLICY slow ON revision'));

  it('stops within seconds when the import is cancelled', async () => {
    const id = await startImport();
    const response = await fixture.admin('DELETE', `/sites/${fixture.site}/imports/${id}`);
    expect(response.status).toBe(202);
    await until(async () => (await importOf(id)).state === 'cancelled', 10_000);
    await until(async () => (await listSlowReads()).length === 0, 10_000);
    expect((await importOf(id)).learned).toBeNull();
  });

  it('fails alone if PostgreSQL cancels its query: the import completes', async () => {
    const id = await startImport();
    for (const { pid } of await listSlowReads()) await db.rows('SELECT pg_cancel_backend($1)', [pid]);
    await until(async () => (await importOf(id)).state !== 'running', 30_000);
    expect(await importOf(id)).toMatchObject({
      state: 'done',
      failure: null,
      learned: { outcome: 'failed' },
    });
  });
});
