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

let bed: ModerationFixture;
let app: TestApp;
let db: OwnerConnection;
let room: SiteFixture;
let vera: ModeratorSession;
let omar: ModeratorSession;
let id: string;

const later = (ms: number): void => bed.advanceClock(ms);

beforeAll(async () => {
  bed = await openModerationFixture({ moderation: { mode: 'hold-all' } });
  ({ app, db, room } = bed);
  vera = await signInModerator(app, db, 'Vera', room.site);
  omar = await signInModerator(app, db, 'Omar', room.site);
});
beforeEach(async () => {
  ({ id } = await room.submit('ann', `Something to read. ${Math.random()}`));
  await until(async () => (await room.readOwnComment('ann', id))['status'] === 'held');
});
afterEach(() => {
  bed.resetClock();
});
afterAll(() => bed?.close());

const looking = (tab?: string): string =>
  `/moderation/comments/${id}/claims${tab === undefined ? '' : `?tab=${tab}`}`;
const look = async (desk: ModeratorSession, tab?: string): Promise<string[]> =>
  (await expectStatus(200, desk.call<Json>('PUT', looking(tab)))).body.claimants.map(
    ({ name }: Json) => name,
  );
const releaseClaim = (desk: ModeratorSession, tab?: string) =>
  expectStatus(204, desk.call('DELETE', looking(tab)));
const approve = async (desk: ModeratorSession): Promise<Json> =>
  (
    await desk.call<Json>('POST', '/moderation/decisions', {
      decisions: [{ commentId: id, revision: 1, action: 'approve' }],
    })
  ).body.results[0];

describe('a claim on a comment', () => {
  it('names its holder to other moderators, who cannot decide the comment', async () => {
    expect(await look(vera)).toEqual(['Vera']);
    expect(await look(omar)).toEqual(['Vera', 'Omar']);
    // Renewing a claim keeps the order: first come, first listed.
    expect(await look(vera)).toEqual(['Vera', 'Omar']);
    const { items } = (await omar.call<Json>('GET', `/moderation/queue?site=${room.site}`)).body;
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
    expect((await room.readOwnComment('ann', id))['status']).toBe('held');
    expect(await approve(vera)).toMatchObject({ status: 'published' });
    expect((await approve(omar)).error.code).toBe('already-decided');
  });

  it('passes to the next moderator when its holder leaves', async () => {
    await look(vera);
    await look(omar);
    await releaseClaim(vera);
    expect(await approve(omar)).toMatchObject({ status: 'published' });
  });

  it('lasts while one of the holder’s tabs shows the comment, and ends with the last', async () => {
    await look(vera, 'one');
    await look(vera, 'two');
    await look(omar);
    await releaseClaim(vera, 'one');
    expect((await approve(omar)).error.code).toBe('claimed');
    // Releasing it again, or from a window that never had it open, frees nothing.
    await releaseClaim(vera, 'one');
    await releaseClaim(vera, 'three');
    expect(await look(omar)).toEqual(['Vera', 'Omar']);
    await releaseClaim(vera, 'two');
    expect(await look(omar)).toEqual(['Omar']);

    await look(vera, 'one');
    await look(vera, 'two');
    await releaseClaim(vera);
    expect(await look(omar)).toEqual(['Omar']);
  });

  it('does not count a tab whose heartbeat has expired', async () => {
    await look(vera, 'one');
    later(31_000);
    await look(vera, 'two');
    await releaseClaim(vera, 'two');
    expect(await look(omar)).toEqual(['Omar']);
  });

  it('expires when the tab sends no heartbeat', async () => {
    await look(vera);
    later(31_000);
    expect(await look(omar)).toEqual(['Omar']);
    // When Vera returns, she comes after those who are there now.
    expect(await look(vera)).toEqual(['Omar', 'Vera']);
    expect(await approve(omar)).toMatchObject({ status: 'published' });
  });

  it('expires after a few minutes in any case', async () => {
    await look(vera);
    for (const seconds of [25, 50, 75, 100, 125, 150, 175, 200, 225, 250, 275]) {
      later(seconds * 1_000);
      await look(vera);
    }
    expect(await look(omar)).toEqual(['Vera', 'Omar']);
    later(301_000);
    expect(await look(vera)).toEqual(['Omar', 'Vera']);
    expect((await approve(vera)).error.code).toBe('claimed');
    expect(await approve(omar)).toMatchObject({ status: 'published' });
  });

  it('does not block an API key', async () => {
    await look(vera);
    const { body } = await app.call<Json>('POST', '/api/v1/moderation/decisions', {
      token: app.adminKey,
      body: { decisions: [{ commentId: id, revision: 1, action: 'approve' }] },
    });
    expect(body.results[0]).toMatchObject({ status: 'published' });
  });
});
