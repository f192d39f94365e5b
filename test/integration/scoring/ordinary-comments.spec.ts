import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { RevisionScoringService } from '../../../src/features/scoring/revision-scoring.service.js';
import type { CommentId, SiteId } from '../../../src/platform/ids.js';
import { startApp, type TestApp } from '../../support/app.js';
import { createSiteFixture, expectStatus, type Json, type SiteFixture } from '../../support/site-fixture.js';
import { COMMENTS_WITH_SOURCES, ORDINARY_COMMENTS } from '../../support/ordinary-comments.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';

let database: FreshDatabase;
let app: TestApp;

beforeAll(async () => {
  database = await freshDatabase();
  // Turn off limits, because the spec posts faster than people do.
  app = await startApp({ databaseUrl: database.url, settings: { role: 'api', limits: false } });
});
afterAll(async () => {
  await app?.close();
  await database?.drop();
});

/** Posts the first comment of a new reader under the default policy, and returns it when it is decided. */
async function submitAndDecide(
  fixture: SiteFixture,
  sub: string,
  body: string,
): Promise<{ status: string; explanation: string }> {
  const { id } = await fixture.submit(sub, body);
  await app.app
    .get(RevisionScoringService, { strict: false })
    .score({ siteId: fixture.site as SiteId, commentId: id as CommentId, revision: 1 });
  const { body: detail } = await expectStatus(
    200,
    app.call<Json>('GET', `/api/v1/moderation/comments/${id}`, { token: app.adminKey }),
  );
  return { status: detail.comment.status, explanation: `${body} — ${detail.decisions[0].rule.text}` };
}

async function submitAndDecideAll(bodies: readonly string[]) {
  const fixture = await createSiteFixture(app);
  const outcomes: Awaited<ReturnType<typeof submitAndDecide>>[] = [];
  for (const [index, body] of bodies.entries())
    outcomes.push(await submitAndDecide(fixture, `reader-${index}`, body));
  const explanationsOf = (status: string) =>
    outcomes.filter((outcome) => outcome.status === status).map(({ explanation }) => explanation);
  return {
    rejected: explanationsOf('rejected'),
    held: explanationsOf('held'),
    published: explanationsOf('published'),
  };
}

describe('under the default policy', () => {
  it('ordinary comments of subscribers are not rejected and hardly ever held', async () => {
    const { rejected, held, published } = await submitAndDecideAll(ORDINARY_COMMENTS);
    expect(rejected).toEqual([]);
    expect(held.length > ORDINARY_COMMENTS.length * 0.02 ? held : []).toEqual([]);
    expect(published.length + held.length).toBe(ORDINARY_COMMENTS.length);
  });

  it('a link to a serious source is not rejected and hardly ever held', async () => {
    const { rejected, held } = await submitAndDecideAll(COMMENTS_WITH_SOURCES);
    expect(rejected).toEqual([]);
    expect(held.length > COMMENTS_WITH_SOURCES.length * 0.03 ? held : []).toEqual([]);
  });

  it('an advertisement with a second signal is held', async () => {
    const advertisements = [
      'Congratulations, you have won a free iPhone! Click https://bit.ly/win-now to claim your prize now!!!',
      'EARN $5000 WEEKLY working from home! Contact me on WhatsApp +1 202 555 0143 to start today',
      'Free bitcoin for the first 100 people, write to me on Telegram @fastcoins and claim your cash',
      'Visit https://paypa1.com/free to claim your prize',
    ];
    const { held } = await submitAndDecideAll(advertisements);
    expect(held).toHaveLength(advertisements.length);
  });
});
