import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RevisionScoringService } from '../../../src/features/scoring/revision-scoring.service.js';
import type { CommentId, SiteId } from '../../../src/platform/ids.js';
import { startApp, type TestApp } from '../../support/app.js';
import {
  createSiteFixture,
  expectStatus,
  connectAsOwner,
  type Json,
  type SiteFixture,
  type OwnerConnection,
} from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';

/* Checks the effect of the scoring phases: the rule that held a comment, and what moderators see. */

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;

beforeAll(async () => {
  database = await freshDatabase();
  app = await startApp({ databaseUrl: database.url, settings: { role: 'api' } });
  db = await connectAsOwner(database.url);
});
afterAll(async () => {
  await app?.close();
  await db?.end();
  await database?.drop();
});

interface Outcome {
  status: string;
  rule: string;
  text: string;
  scores: Record<string, { value: number; spans: [number, number][] }>;
}

async function outcomeOf(fixture: SiteFixture, sub: string, body: string): Promise<Outcome> {
  const { id } = await fixture.submit(sub, body);
  await app.app
    .get(RevisionScoringService, { strict: false })
    .score({ siteId: fixture.site as SiteId, commentId: id as CommentId, revision: 1 });
  const answer = await expectStatus(
    200,
    app.call<Json>('GET', `/api/v1/moderation/comments/${id}`, { token: app.adminKey }),
  );
  const { comment, rule, scores, decisions } = answer.body;
  return {
    status: comment.status,
    rule: rule?.key ?? decisions[0].rule.key,
    text: decisions[0].rule.text,
    scores,
  };
}

async function makeTrusted(fixture: SiteFixture, sub: string): Promise<void> {
  await fixture.admin('PUT', `/sites/${fixture.site}/readers/${sub}`, { name: `Reader ${sub}` });
  const { body } = await fixture.admin('GET', `/sites/${fixture.site}/readers/${sub}`);
  await expectStatus(
    200,
    app.call('POST', `/api/v1/moderation/readers/${body.id}/standing`, {
      token: app.adminKey,
      body: { standing: 'trusted', reason: 'Known for years.' },
    }),
  );
}

const GERMAN = 'Das ist doch totaler Unsinn, und ihr wisst das auch.';

describe('a comment', () => {
  it('with a phone number is held, and the number’s position is shown', async () => {
    const fixture = await createSiteFixture(app);
    const body = 'The editor lives alone, call her: (212) 555-0134 any time.';
    const outcome = await outcomeOf(fixture, 'ann', body);
    expect([outcome.status, outcome.rule]).toEqual(['held', 'personal-data']);
    const [[start, end]] = outcome.scores['personalData'].spans;
    expect(body.slice(start, end)).toContain('(212) 555-0134');
  });

  it('in a language that is not scored is held, even from a trusted reader, unless the site publishes such comments', async () => {
    const fixture = await createSiteFixture(app);
    const held = await outcomeOf(fixture, 'ann', GERMAN);
    expect([held.status, held.rule, held.text]).toEqual([
      'held',
      'unscored-language',
      'held: in German, which is not scored, new reader',
    ]);
    await makeTrusted(fixture, 'ben');
    expect((await outcomeOf(fixture, 'ben', GERMAN)).status).toBe('held');
    expect(await outcomeOf(fixture, 'ben', 'Kutmarokkanen')).toMatchObject({
      status: 'held',
      text: 'held: in Dutch, which is not scored, new reader, trusted reader',
    });
    expect(await outcomeOf(fixture, 'ben', 'Nyamaza mjinga wewe')).toMatchObject({
      status: 'held',
      text: 'held: in an unrecognised language, which is not scored, new reader, trusted reader',
    });
    for (const body of ['+1', '👍', 'Well said', 'Trump again'])
      expect((await outcomeOf(fixture, 'ben', body)).status).toBe('published');
    await fixture.admin('PATCH', `/sites/${fixture.site}/policy`, { moderation: { unscored: 'publish' } });
    expect((await outcomeOf(fixture, 'cat', `${GERMAN} Wirklich.`)).status).toBe('published');
  });

  it('in a language that the site does not accept is held, regardless of its content', async () => {
    const fixture = await createSiteFixture(app, {
      moderation: { languages: ['en', 'fr'], unscored: 'publish' },
    });
    expect((await outcomeOf(fixture, 'ann', GERMAN)).rule).toBe('off-language');
    expect(
      (await outcomeOf(fixture, 'ann', "Je suis d'accord avec l'auteur, mais pas avec vous.")).status,
    ).toBe('published');
    const { body } = await fixture.admin('GET', `/sites/${fixture.site}/policy`);
    expect(body.moderation).toMatchObject({ languages: ['en', 'fr'], unscored: 'publish' });
    const wrong = await fixture.admin('PATCH', `/sites/${fixture.site}/policy`, {
      moderation: { languages: ['English'] },
    });
    expect(wrong.status).toBe(400);
  });

  it('with abuse in another language is held for it', async () => {
    const fixture = await createSiteFixture(app, { moderation: { unscored: 'publish' } });
    const outcome = await outcomeOf(
      fixture,
      'ann',
      'Ihr seid doch alle gekauft, du Arschloch, und das wisst ihr.',
    );
    expect([outcome.status, outcome.rule]).toEqual(['held', 'score-insult']);
  });

  it('that urges others to harm themselves is held, even from a trusted reader, and one about the author’s own distress is not rejected', async () => {
    const fixture = await createSiteFixture(app);
    await makeTrusted(fixture, 'ben');
    for (const reader of ['ann', 'ben'])
      for (const body of ['go kys', 'drink bleach'])
        expect(await outcomeOf(fixture, reader, body)).toMatchObject({
          status: 'held',
          rule: 'score-threat',
        });
    expect((await outcomeOf(fixture, 'cat', 'I want to kill myself.')).status).not.toBe('rejected');
  });

  it('an announcement of self-harm in words that no phrase has is held, even if a trusted reader makes it', async () => {
    const fixture = await createSiteFixture(app);
    await makeTrusted(fixture, 'ann');
    const announcement = 'I can do no more of this, after tonight nobody will have to put up with me.';
    expect(await outcomeOf(fixture, 'ann', announcement)).toMatchObject({
      status: 'held',
      rule: 'self-harm',
    });
  });

  it('that a rule held or rejected shows its author why and what to do, in the language of the page', async () => {
    const fixture = await createSiteFixture(app, { moderation: { wordLists: { banned: ['gadget'] } } });
    const score = async (sub: string, body: string, language?: string): Promise<Json> => {
      const { id } = await fixture.submit(sub, body, language === undefined ? {} : { language });
      await app.app
        .get(RevisionScoringService, { strict: false })
        .score({ siteId: fixture.site as SiteId, commentId: id as CommentId, revision: 1 });
      const { status, reason } = await fixture.readOwnComment(sub, id);
      return { status, reason };
    };
    expect(await score('ann', 'Buy this gadget.')).toEqual({
      status: 'rejected',
      reason:
        'Your comment contains a word that this site does not publish unchecked. You can post it again in other words, or ask a moderator to look at it again.',
    });
    expect(await score('ben', 'Buy this gadget now.', 'de')).toEqual({
      status: 'rejected',
      reason: expect.stringMatching(/^Ihr Kommentar enthält ein Wort.*erneute Prüfung bitten\.$/),
    });
    expect(await score('cat', GERMAN, 'fr')).toEqual({
      status: 'held',
      reason: expect.stringMatching(/^Votre commentaire est dans une langue.*rien à faire\.$/),
    });
    expect(await score('dan', 'Nothing to see here.')).toEqual({ status: 'published', reason: undefined });
    const { body } = await app.call<Json>(
      'GET',
      `/api/v1/sites/${fixture.site}/stories/${fixture.story}/comments`,
      {
        token: await fixture.token('ann'),
      },
    );
    expect(body.items.find((item: Json) => item.status === 'rejected').reason).toContain('a word');
  });

  it('in capitals is held only if the site sets a threshold for it', async () => {
    const fixture = await createSiteFixture(app);
    const loud = 'THIS IS WHAT HAPPENS WHEN NOBODY LISTENS TO THE FARMERS';
    expect((await outcomeOf(fixture, 'ann', loud)).status).toBe('published');
    await fixture.admin('PATCH', `/sites/${fixture.site}/policy`, {
      moderation: { thresholds: { shouting: { hold: 0.8 } } },
    });
    expect((await outcomeOf(fixture, 'ben', `${loud} AGAIN`)).rule).toBe('shouting');
  });

  it('is held if matching its text with a word list would take too long', async () => {
    const stars = (i: number): string =>
      Array.from(
        { length: 20 },
        (_, at) => ['a', '*a', 'a*', '*a*'][(Math.imul(i + 1, 2654435761 + at * 40503) >>> 13) % 4],
      ).join(' ');
    const suspect = Array.from({ length: 2_500 }, (_, i) => `${stars(i)} x${i}`);
    const fixture = await createSiteFixture(app, { moderation: { wordLists: { suspect } } });
    const { id } = await fixture.submit('ann', 'a '.repeat(2_400).trim());
    const scoring = app.app.get(RevisionScoringService, { strict: false });
    const payload = { siteId: fixture.site as SiteId, commentId: id as CommentId, revision: 1 };
    const startedAt = performance.now();
    await expect(scoring.score(payload)).rejects.toThrow('no scores from word-lists');
    expect(performance.now() - startedAt).toBeLessThan(10_000);
    await scoring.markFailed(payload);
    expect((await fixture.readOwnComment('ann', id))['status']).toBe('held');
  });
});
