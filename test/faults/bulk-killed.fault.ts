import { signInModerator, type ModeratorSession } from '../support/moderator-session.js';
import {
  createSiteFixture,
  listAllEvents,
  expectStatus,
  connectAsOwner,
  type Json,
  type SiteFixture,
  type OwnerConnection,
} from '../support/site-fixture.js';
import { until } from '../support/processes.js';
import { PRODUCT_ADMIN_KEY, startProduct, type Product } from '../support/product.js';
import { openInbox, type WebhookInbox } from '../support/webhook-inbox.js';
import { itOnBothBackendsInParallel } from '../support/parallel-backends.js';
import { countIn, createLockBarrier } from '../support/database-locks.js';
import { MAX_WAIT_MS } from '../support/promise-checker.js';

const COMMENTS = 24;

/** Works with any running process, because a console session survives a restart. */
interface BulkFixture {
  readonly fixture: SiteFixture;
  readonly vera: ModeratorSession;
}

describe('a bulk decision while processes are killed', () => {
  itOnBothBackendsInParallel(
    'is completed after a restart, once for each comment, sends no notification before it takes effect, and can still be undone',
    async (backend, cleanups) => {
      let api: Product;
      const start = async (role: 'api' | 'worker'): Promise<Product> => {
        const product = await startProduct({ ...backend, role, env: { LIMITS: 'off' } });
        cleanups.push(() => product.process.kill());
        return product;
      };
      const app = {
        adminKey: PRODUCT_ADMIN_KEY,
        call: ((...request: Parameters<Product['call']>) => api.call(...request)) as Product['call'],
      };
      const db = await connectAsOwner(backend.databaseUrl);
      cleanups.push(() => db.end());
      const inbox = await openInbox();
      cleanups.push(() => inbox.close());

      let worker: Product;
      [api, worker] = await Promise.all([start('api'), start('worker')]);
      const fixture = await createSiteFixture(app, { moderation: { mode: 'hold-all' } });
      const vera = await signInModerator(app, db, 'Vera', fixture.site);
      const actors = { fixture, vera };
      await expectStatus(
        201,
        fixture.admin('POST', `/sites/${fixture.site}/webhooks`, { url: `${inbox.url}/hook`, events: ['*'] }),
      );
      const ids: string[] = [];
      for (let n = 0; n < COMMENTS; n++) ids.push((await fixture.submit(`reader-${n}`, `Remark ${n}.`)).id);
      const heldCount = (): Promise<number> => statusCount(backend.databaseUrl, fixture, 'held');
      await until(async () => (await heldCount()) === COMMENTS, MAX_WAIT_MS);
      await inbox.waitForCount(2 * COMMENTS, MAX_WAIT_MS);
      const [approvedIds, rejectedIds] = [ids.slice(0, COMMENTS - 4), ids.slice(COMMENTS - 4)];

      const approving = await decideMany(actors, approvedIds, { action: 'approve' });
      const rejecting = await decideMany(actors, rejectedIds, { action: 'reject', reason: 'spam' });
      // Move the due time, so that the undo period does not end during a slow restart.
      await db.rows(`UPDATE bulk_decision SET due_at = now() + interval '1 hour' WHERE id = ANY ($1)`, [
        [approving, rejecting],
      ]);
      await Promise.all([api.process.kill(), worker.process.kill()]);
      [api, worker] = await Promise.all([start('api'), start('worker')]);
      const undone = await vera.call<Json>('POST', `/moderation/bulk-decisions/${rejecting}/undo`);
      expect(undone).toMatchObject({ status: 200, body: { state: 'undone', total: rejectedIds.length } });
      await expectNothingAnnounced(actors, app, inbox);
      expect(await heldCount()).toBe(COMMENTS);

      // A lock on the middle comment blocks the process that reaches it.
      const middle = [...approvedIds].sort()[approvedIds.length / 2];
      const barrier = await createLockBarrier(
        backend.databaseUrl,
        'SELECT 1 FROM comment WHERE id = $1 FOR UPDATE',
        [middle],
      );
      await db.rows(`UPDATE bulk_decision SET due_at = now() WHERE id = $1`, [approving]);
      await barrier.waiting(1);
      const before = await heldCount();
      expect(before).toBeGreaterThan(rejectedIds.length);
      expect(before).toBeLessThan(COMMENTS);
      // It is now too late to undo all of the bulk decision.
      expect(await vera.call<Json>('POST', `/moderation/bulk-decisions/${approving}/undo`)).toMatchObject({
        status: 409,
        body: { code: 'undo-expired' },
      });
      await Promise.all([api.process.kill(), worker.process.kill()]);
      await barrier.release();
      [api, worker] = await Promise.all([start('api'), start('worker')]);

      await until(async () => (await bulk(actors, approving)).state === 'done', MAX_WAIT_MS);
      expect(await bulk(actors, approving)).toMatchObject({
        total: approvedIds.length,
        decided: approvedIds.length,
        skipped: {},
      });
      expect(await bulk(actors, rejecting)).toMatchObject({ state: 'undone', decided: 0 });
      await expectDecidedOnce(db, fixture, approvedIds);
      expect(await heldCount()).toBe(rejectedIds.length);
      await expectNotifiedOnce(actors, app, inbox, approvedIds);
    },
  );
});

async function decideMany({ fixture, vera }: BulkFixture, ids: string[], how: object): Promise<string> {
  const comments = ids.map((commentId) => ({ commentId, revision: 1 }));
  const answer = await expectStatus(
    202,
    vera.call<Json>('POST', '/moderation/bulk-decisions', { site: fixture.site, comments, ...how }),
  );
  expect(answer.body).toMatchObject({ state: 'waiting', total: ids.length });
  return answer.body.id;
}

const bulk = async ({ vera }: BulkFixture, id: string): Promise<Json> =>
  (await expectStatus(200, vera.call<Json>('GET', `/moderation/bulk-decisions/${id}`))).body;

const statusCount = (databaseUrl: string, { site }: SiteFixture, status: string): Promise<number> =>
  countIn(databaseUrl, 'comment WHERE site_id = $1 AND status = $2', [site, status]);

const thread = async ({ fixture }: BulkFixture, app: Pick<Product, 'call'>): Promise<Json> =>
  (await app.call<Json>('GET', `/api/v1/sites/${fixture.site}/stories/${fixture.story}/comments?limit=100`))
    .body;

const moderatorDecisions = (inbox: WebhookInbox): Json[] =>
  inbox.received.map(({ event }) => event).filter(({ data }) => data.decision?.by === 'moderator');

async function expectNothingAnnounced(
  actors: BulkFixture,
  app: Pick<Product, 'call'>,
  inbox: WebhookInbox,
): Promise<void> {
  expect((await thread(actors, app)).total).toBe(0);
  expect(moderatorDecisions(inbox)).toEqual([]);
  const { fixture } = actors;
  const events = await listAllEvents(fixture);
  expect(events.filter(({ data }) => data.decision?.by === 'moderator')).toEqual([]);
}

async function expectDecidedOnce(
  db: OwnerConnection,
  { site }: SiteFixture,
  ids: readonly string[],
): Promise<void> {
  const decisions = await db.rows(
    `SELECT comment_id, count(*)::int AS decisions, min(action) AS action FROM decision
     WHERE site_id = $1 AND decided_by = 'moderator' GROUP BY comment_id ORDER BY comment_id`,
    [site],
  );
  expect(decisions).toEqual(
    [...ids].sort().map((id) => ({ comment_id: id, decisions: 1, action: 'approve' })),
  );
}

async function expectNotifiedOnce(
  actors: BulkFixture,
  app: Pick<Product, 'call'>,
  inbox: WebhookInbox,
  ids: readonly string[],
): Promise<void> {
  const notifications = (): string[] =>
    [...new Map(moderatorDecisions(inbox).map((event) => [event.id, event])).values()]
      .map(({ type, data }) => `${type} ${data.comment.id}`)
      .sort();
  await until(() => notifications().length >= ids.length, MAX_WAIT_MS);
  expect(notifications()).toEqual(ids.map((id) => `comment.published ${id}`).sort());
  const { total, items } = await thread(actors, app);
  expect(total).toBe(ids.length);
  expect(items.map(({ id }: Json) => id).sort()).toEqual([...ids].sort());
}
