import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { startApp, type TestApp } from '../../support/app.js';
import { until } from '../../support/processes.js';
import { createSiteFixture, expectStatus, type Json, type SiteFixture } from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';

/* A site lets the German model publish. Its own decisions must show that few of these comments would be wrong. */

const NOUNS = ['Artikel', 'Bericht', 'Kommentar', 'Beitrag', 'Überblick', 'Hintergrund'];
const PLACES = ['Ulm', 'Kiel', 'Jena', 'Trier', 'Bonn', 'Fulda', 'Emden', 'Passau', 'Görlitz', 'Husum'];
const SUBJECTS = [
  'die Brücke',
  'den Bahnhof',
  'das Theater',
  'die Schule',
  'den Hafen',
  'das Rathaus',
  'den Park',
];
const KIND = NOUNS.flatMap((noun) =>
  PLACES.flatMap((place) => SUBJECTS.map((subject) => `Danke für den ${noun} über ${subject} in ${place}.`)),
);
const RUDE = PLACES.map((place) => `Du bist so ein dummes Stück Scheiße, du Arschloch aus ${place}.`);
const NEW_KIND = 'Vielen Dank für den guten Beitrag über das Museum in Weimar.';

let database: FreshDatabase;
let app: TestApp;
let fixture: SiteFixture;
const decided: { id: string }[] = [];

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { limits: false } });
  fixture = await createSiteFixture(app, { moderation: { languages: ['en', 'de'] } });
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const sitePath = (path: string) => `/sites/${fixture.site}/${path}`;
const choose = (use: 'assist' | 'publish' | 'hold' | null) =>
  fixture.admin('PATCH', sitePath('policy'), { moderation: { languageModels: { de: use } } });
const readModeration = async (): Promise<Json> =>
  (await fixture.admin('GET', sitePath('policy'))).body.moderation;
const measured = async (): Promise<Json> =>
  (await expectStatus(200, fixture.admin('GET', sitePath('language-models')))).body.items.find(
    ({ language }: Json) => language === 'de',
  );

/** Submits comments and waits until the rules have decided. @returns their ids */
async function submitAll(bodies: readonly string[]): Promise<string[]> {
  const ids: string[] = [];
  for (let from = 0; from < bodies.length; from += 20) {
    const submitted = await Promise.all(
      bodies.slice(from, from + 20).map((body) => fixture.submit('ann', body)),
    );
    ids.push(...submitted.map(({ id }) => id));
  }
  for (const id of ids)
    await until(async () => (await fixture.readOwnComment('ann', id))['status'] !== 'pending');
  return ids;
}

async function verdictOn(body: string): Promise<{ status: string; rule: { key: string; text: string } }> {
  const [id] = await submitAll([body]);
  const { body: detail } = await expectStatus(
    200,
    app.call<Json>('GET', `/api/v1/moderation/comments/${id}`, { token: app.adminKey }),
  );
  return { status: detail.comment.status, rule: detail.decisions[0].rule };
}

async function decide(comments: readonly { id: string }[], action: string): Promise<void> {
  for (let from = 0; from < comments.length; from += 100) {
    const decisions = comments
      .slice(from, from + 100)
      .map(({ id }) => ({ commentId: id, revision: 1, action }));
    const { body } = await expectStatus(200, fixture.admin('POST', '/moderation/decisions', { decisions }));
    expect(body.results.every((result: Json) => result.decisionId)).toBe(true);
  }
}

async function replay(policy: unknown): Promise<Json> {
  const request = { policy, comments: 1000 };
  const { body } = await expectStatus(202, fixture.admin('POST', sitePath('policy/replays'), request));
  let found: Json;
  await until(async () => {
    ({ body: found } = await fixture.admin('GET', sitePath(`policy/replays/${body.id}`)));
    return found.endedAt !== null;
  });
  expect(found.state).toBe('done');
  return found;
}
const countOf = (replayed: Json, live: string, draft: string): number =>
  replayed.score.cells
    .filter((cell: Json) => cell.live === live && cell.draft === draft)
    .reduce((sum: number, { comments }: Json) => sum + comments, 0);

describe('publishing by the model of a language', () => {
  it('is refused without decisions, and says how many are missing', async () => {
    const { status, body } = await choose('publish');
    expect([status, body.code, body.decisions, body.decisionsNeeded]).toEqual([
      409,
      'too-few-decisions',
      0,
      381,
    ]);
    expect(body.detail).toContain('0 of the 381');
    expect(await readModeration()).toMatchObject({ languageModels: {}, publishBelow: {} });
    expect(await measured()).toMatchObject({ decisions: 0, decisionsNeeded: 381, publishBelow: null });
    const draft = { policy: { moderation: { languageModels: { de: 'publish' } } }, comments: 10 };
    expect((await fixture.admin('POST', sitePath('policy/replays'), draft)).body.code).toBe(
      'too-few-decisions',
    );
  });

  it('is refused for languages whose model only orders, and for stories and overrides', async () => {
    const french = { moderation: { languageModels: { fr: 'publish' } } };
    expect((await fixture.admin('PATCH', sitePath('policy'), french)).status).toBe(400);
    for (const moderation of [
      { languageModels: { de: 'publish' } },
      { publishBelow: { de: { toxicity: 1, model: '1.0.0' } } },
    ]) {
      const policy = { moderation };
      const story = { url: 'http://localhost/talks', title: 'Talks', policy };
      expect(
        (await fixture.admin('PUT', sitePath(`stories/${fixture.story}`), story)).body.errors[0].code,
      ).toBe('site-only');
      const override = await fixture.admin('PUT', sitePath('overrides/election'), { policy });
      expect(override.body.errors[0].code).toBe('site-only');
    }
  });

  it('is accepted once enough decisions show few errors', async () => {
    decided.push(...(await submitAll([...KIND, ...RUDE])).map((id) => ({ id })));
    await decide(decided.slice(0, KIND.length), 'approve');
    await decide(decided.slice(KIND.length), 'reject');
    const found = await measured();
    expect(found).toMatchObject({ decisions: KIND.length + RUDE.length, wrong: 0, wrongAllowed: 0.01 });
    expect(found.share).toBeCloseTo(KIND.length / decided.length, 2);

    const { status, body } = await choose('publish');
    expect([status, body.moderation.languageModels]).toEqual([200, { de: 'publish' }]);
    expect(body.moderation.publishBelow).toEqual({
      de: { toxicity: found.publishBelow, model: found.model },
    });
    expect(found.publishBelow).toBeLessThan(0.8);
    // The whole policy can be sent back, but the limit is not the caller's to choose.
    const publishBelow = { de: { toxicity: 1, model: found.model } };
    const sentBack = { ...body, moderation: { ...body.moderation, publishBelow } };
    const again = await expectStatus(200, fixture.admin('PATCH', sitePath('policy'), sentBack));
    expect(again.body.moderation.publishBelow).toEqual(body.moderation.publishBelow);
  });

  it('publishes comments below the limit, holds the others, and changes nothing for English', async () => {
    expect(await verdictOn(NEW_KIND)).toMatchObject({
      status: 'published',
      rule: { key: 'language-model', text: expect.stringMatching(/^published: in German, toxicity .* < /) },
    });
    expect((await verdictOn(RUDE[0])).status).toBe('held');
    expect(await verdictOn('Thank you for this thoughtful article.')).toMatchObject({
      status: 'published',
      rule: { key: 'all-clear' },
    });
    expect((await verdictOn('You are a fucking idiot and a disgrace.')).status).toBe('held');
    expect((await verdictOn('Dat is toch complete onzin, en dat weten jullie ook wel.')).status).toBe('held');
  });

  it('decides a replay with the stored limit, and measures that of a draft', async () => {
    const withoutModel = await replay({ moderation: { languageModels: { de: 'assist' } } });
    expect(countOf(withoutModel, 'publish', 'hold')).toBe(KIND.length + 1);
    expect(countOf(withoutModel, 'hold', 'hold')).toBe(RUDE.length + 3);

    await expectStatus(200, choose('hold'));
    expect((await readModeration()).publishBelow).toEqual({});
    const withModel = await replay({ moderation: { languageModels: { de: 'publish' } } });
    expect(countOf(withModel, 'hold', 'publish')).toBe(KIND.length + 1);
  });

  it('is refused when too many would be wrong, but an old version keeps its limit', async () => {
    await decide(
      decided.slice(0, KIND.length).filter((_, index) => index % 20 === 0),
      'remove',
    );
    const { status, body } = await choose('publish');
    expect([status, body.code, body.wrongAllowed]).toEqual([409, 'too-many-wrong', 0.01]);
    expect(body.wrong).toBeGreaterThan(0.01);
    expect(body.detail).toMatch(/moderators refused \d.* %, .* 1 % is allowed/);

    const { body: versions } = await fixture.admin('GET', sitePath('policy/versions'));
    const accepted = versions.items.find(({ differences }: Json) =>
      differences.some((each: Json) => each.what === 'model for de' && each.after === 'publish'),
    );
    expect(accepted.differences.map(({ what }: Json) => what)).toContain(
      'toxicity below which de is published',
    );
    await expectStatus(
      200,
      fixture.admin('POST', sitePath(`policy/versions/${accepted.version}/restore`), {}),
    );
    expect((await verdictOn(NEW_KIND)).rule.key).toBe('language-model');
    const live = await replay({ moderation: { languageModels: { de: 'hold' } } });
    expect(countOf(live, 'publish', 'hold')).toBe(KIND.length + 2);
  });
});
