import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RevisionScoringService } from '../../../src/features/scoring/revision-scoring.service.js';
import type { CommentId, SiteId } from '../../../src/platform/ids.js';
import { startApp, type TestApp } from '../../support/app.js';
import { createSiteFixture, expectStatus, type Json, type SiteFixture } from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';

/* The models of languages other than English order the queue. They do not publish or reject. */

let database: FreshDatabase;
let app: TestApp;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { role: 'api' } });
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

const RUDE = 'Du bist so ein dummes Stück Scheiße, du Arschloch.';
const KIND = 'Vielen Dank für den guten und ausführlichen Artikel.';

async function score(fixture: SiteFixture, sub: string, body: string) {
  const { id } = await fixture.submit(sub, body);
  await app.app
    .get(RevisionScoringService, { strict: false })
    .score({ siteId: fixture.site as SiteId, commentId: id as CommentId, revision: 1 });
  const { body: detail } = await expectStatus(
    200,
    app.call<Json>('GET', `/api/v1/moderation/comments/${id}`, { token: app.adminKey }),
  );
  return {
    id,
    status: detail.comment.status as string,
    rule: detail.decisions[0].rule as { key: string; text: string },
    toxicity: detail.scores.toxicity.value as number,
    scores: detail.scores as Record<string, { value: number }>,
  };
}

async function queueOf(fixture: SiteFixture): Promise<string[]> {
  const { body } = await expectStatus(
    200,
    app.call<Json>('GET', `/api/v1/moderation/queue?site=${fixture.site}&order=risk`, {
      token: app.adminKey,
    }),
  );
  return body.items.map(({ id, comment }: Json) => comment?.id ?? id);
}

describe('a comment in a language of the site that has a model', () => {
  it('is held and sorted by its score, and is held by a score rule if it is certainly abusive', async () => {
    const fixture = await createSiteFixture(app, { moderation: { languages: ['en', 'de'] } });
    const kind = await score(fixture, 'ann', KIND);
    const rude = await score(fixture, 'ben', RUDE);
    expect([kind.status, kind.rule]).toEqual([
      'held',
      { key: 'unscored-language', text: 'held: in German, whose scores only order the queue, new reader' },
    ]);
    expect([rude.status, rude.rule.key]).toEqual(['held', expect.stringMatching(/^score-/)]);
    expect(rude.toxicity).toBeGreaterThan(0.8);
    expect(kind.toxicity).toBeGreaterThan(0);
    expect(await queueOf(fixture)).toEqual([rude.id, kind.id]);
  });

  it('is neither rejected nor published by the model', async () => {
    const fixture = await createSiteFixture(app, {
      moderation: {
        languages: ['en', 'de'],
        thresholds: { toxicity: { hold: 0.5, reject: 0.78 }, insult: { hold: 0.5, reject: 0.9 } },
      },
    });
    expect((await score(fixture, 'ann', 'Diese Leute sind das Letzte, widerliches Pack.')).status).toBe(
      'held',
    );
    expect((await score(fixture, 'ben', KIND)).status).toBe('held');
  });

  it('gets no scores from the English model, and none at all with `hold`', async () => {
    const fixture = await createSiteFixture(app, {
      moderation: { languages: ['en', 'de', 'nl'], languageModels: { de: 'hold' } },
    });
    const { rule, scores } = await score(
      fixture,
      'ann',
      'Der Kerl war die Ursache, und das war gar nicht fett genug.',
    );
    expect(rule.text).toContain('in German, which is not scored');
    for (const label of ['toxicity', 'insult', 'threat', 'spam']) expect(scores[label].value).toBe(0);
    const dutch = await score(fixture, 'ben', 'Dat is toch complete onzin, en dat weten jullie ook wel.');
    expect([dutch.status, dutch.rule.key, dutch.toxicity]).toEqual(['held', 'unscored-language', 0]);
  });

  it('still gets scores for its English part', async () => {
    const fixture = await createSiteFixture(app, { moderation: { unscored: 'publish' } });
    const mixed = await score(
      fixture,
      'ann',
      'You are a fucking idiot and a disgrace. Ich hoffe ihr kommt bald alle wieder nach Hause.',
    );
    expect([mixed.status, mixed.rule.key]).toEqual(['held', 'score-insult']);
  });

  it('uses an experimental model only if the site turned it on, and is not held by a score rule because of it', async () => {
    const polish = 'Ty głupi chuju, spierdalaj stąd razem ze swoim rządem';
    const defaultSite = await createSiteFixture(app, { moderation: { languages: ['en', 'pl'] } });
    expect((await score(defaultSite, 'ann', polish)).toxicity).toBe(0);
    const assistedSite = await createSiteFixture(app, {
      moderation: { languages: ['en', 'pl'], languageModels: { pl: 'assist' } },
    });
    const { status, rule, toxicity, scores } = await score(assistedSite, 'ann', polish);
    expect([status, rule.key]).toEqual(['held', 'unscored-language']);
    expect(toxicity).toBeGreaterThan(0.5);
    expect(scores.refusal.value).toBeLessThan(0.08);
  });
});

describe('the setting of a language’s model', () => {
  it('is stored, reset by null, and refused for other languages and uses', async () => {
    const fixture = await createSiteFixture(app);
    const patch = (languageModels: unknown) =>
      fixture.admin('PATCH', `/sites/${fixture.site}/policy`, { moderation: { languageModels } });
    const readSetting = async (): Promise<unknown> =>
      (await fixture.admin('GET', `/sites/${fixture.site}/policy`)).body.moderation.languageModels;
    expect(await readSetting()).toEqual({});
    expect((await patch({ de: 'hold', pl: 'assist' })).status).toBe(200);
    expect(await readSetting()).toEqual({ de: 'hold', pl: 'assist' });
    expect((await patch({ de: null })).status).toBe(200);
    expect(await readSetting()).toEqual({ pl: 'assist' });
    for (const wrong of [{ nl: 'assist' }, { en: 'assist' }, { fr: 'publish' }, { de: 1 }, [], 'de'])
      expect((await patch(wrong)).status).toBe(400);
  });
});
