import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { TestApp } from '../../support/app.js';
import { signInModerator, type ModeratorSession } from '../../support/moderator-session.js';
import { openModerationFixture, type ModerationFixture } from '../../support/moderation-fixture.js';
import {
  expectStatus,
  type Json,
  type SiteFixture,
  type OwnerConnection,
} from '../../support/site-fixture.js';
import { until } from '../../support/processes.js';

let moderationFixture: ModerationFixture;
let app: TestApp;
let db: OwnerConnection;
let fixture: SiteFixture;
let vera: ModeratorSession;
let omar: ModeratorSession;
let id: string;

const advanceClock = (ms: number): void => moderationFixture.advanceClock(ms);

beforeAll(async () => {
  moderationFixture = await openModerationFixture({ moderation: { mode: 'hold-all' } });
  ({ app, db, fixture } = moderationFixture);
  vera = await signInModerator(app, db, 'Vera', fixture.site);
  omar = await signInModerator(app, db, 'Omar', fixture.site);
});
beforeEach(async () => {
  ({ id } = await fixture.submit('ann', `Something to read. ${Math.random()}`));
  await until(async () => (await fixture.readOwnComment('ann', id))['status'] === 'held');
});
afterEach(() => {
  moderationFixture.resetClock();
});
afterAll(() => moderationFixture?.close());

const claimsPath = (tab?: string): string =>
  `/moderation/comments/${id}/claims${tab === undefined ? '' : `?tab=${tab}`}`;
const claim = async (moderator: ModeratorSession, tab?: string): Promise<string[]> =>
  (await expectStatus(200, moderator.call<Json>('PUT', claimsPath(tab)))).body.claimants.map(
    ({ name }: Json) => name,
  );
const releaseClaim = (moderator: ModeratorSession, tab?: string) =>
  expectStatus(204, moderator.call('DELETE', claimsPath(tab)));
const approve = async (moderator: ModeratorSession): Promise<Json> =>
  (
    await moderator.call<Json>('POST', '/moderation/decisions', {
      decisions: [{ commentId: id, revision: 1, action: 'approve' }],
    })
  ).body.results[0];

describe('a claim on a comment', () => {
  it('names its holder to other moderators, who cannot decide the comment', async () => {
    expect(await claim(vera)).toEqual(['Vera']);
    expect(await claim(omar)).toEqual(['Vera', 'Omar']);
    // Renewing a claim does not change the order of the claimants.
    expect(await claim(vera)).toEqual(['Vera', 'Omar']);
    const { items } = (await omar.call<Json>('GET', `/moderation/queue?site=${fixture.site}`)).body;
    const item = items.find(({ comment }: Json) => comment.id === id);
    expect(item.claimants.map(({ name }: Json) => name)).toEqual(['Vera', 'Omar']);
    const { body } = await omar.call<Json>('GET', `/moderation/comments/${id}/claims`);
    expect(body.claimants).toEqual(item.claimants);

    expect((await approve(omar)).error).toMatchObject({
      status: 409,
      code: 'claimed',
      detail: 'Vera has claimed this comment.',
      claimedBy: { id: vera.id, name: 'Vera' },
    });
    expect((await fixture.readOwnComment('ann', id))['status']).toBe('held');
    expect(await approve(vera)).toMatchObject({ status: 'published' });
    expect((await approve(omar)).error.code).toBe('already-decided');
  });

  it('passes to the next moderator when its holder leaves', async () => {
    await claim(vera);
    await claim(omar);
    await releaseClaim(vera);
    expect(await approve(omar)).toMatchObject({ status: 'published' });
  });

  it('lasts while one of the holder’s tabs shows the comment, and ends with the last', async () => {
    await claim(vera, 'one');
    await claim(vera, 'two');
    await claim(omar);
    await releaseClaim(vera, 'one');
    expect((await approve(omar)).error.code).toBe('claimed');
    // Releasing it again, or from a tab that did not show the comment, has no effect.
    await releaseClaim(vera, 'one');
    await releaseClaim(vera, 'three');
    expect(await claim(omar)).toEqual(['Vera', 'Omar']);
    await releaseClaim(vera, 'two');
    expect(await claim(omar)).toEqual(['Omar']);

    await claim(vera, 'one');
    await claim(vera, 'two');
    await releaseClaim(vera);
    expect(await claim(omar)).toEqual(['Omar']);
  });

  it('does not count a tab whose heartbeat has expired', async () => {
    await claim(vera, 'one');
    advanceClock(31_000);
    await claim(vera, 'two');
    await releaseClaim(vera, 'two');
    expect(await claim(omar)).toEqual(['Omar']);
  });

  it('expires when the tab sends no heartbeat', async () => {
    await claim(vera);
    advanceClock(31_000);
    expect(await claim(omar)).toEqual(['Omar']);
    // When Vera returns, her claim comes after the existing ones.
    expect(await claim(vera)).toEqual(['Omar', 'Vera']);
    expect(await approve(omar)).toMatchObject({ status: 'published' });
  });

  it('expires after a few minutes in any case', async () => {
    await claim(vera);
    for (const seconds of [25, 50, 75, 100, 125, 150, 175, 200, 225, 250, 275]) {
      advanceClock(seconds * 1_000);
      await claim(vera);
    }
    expect(await claim(omar)).toEqual(['Vera', 'Omar']);
    advanceClock(301_000);
    expect(await claim(vera)).toEqual(['Omar', 'Vera']);
    expect((await approve(vera)).error.code).toBe('claimed');
    expect(await approve(omar)).toMatchObject({ status: 'published' });
  });

  it('does not block an API key', async () => {
    await claim(vera);
    const { body } = await app.call<Json>('POST', '/api/v1/moderation/decisions', {
      token: app.adminKey,
      body: { decisions: [{ commentId: id, revision: 1, action: 'approve' }] },
    });
    expect(body.results[0]).toMatchObject({ status: 'published' });
  });
});
