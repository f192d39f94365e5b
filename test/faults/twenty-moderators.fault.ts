import { setTimeout as sleep } from 'node:timers/promises';
import { describeOnBothBackends } from '../support/backends.js';
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
import { MAX_WAIT_MS, TEST_MS } from '../support/promise-checker.js';

const MODERATORS = 20;
const COMMENTS = 300;
const POST_EVERY_MS = 20;
/** Pause between two reads of a queue in which every entry is claimed. */
const IDLE_MS = 50;

/** The response to one moderator's decision on one comment. */
interface DecisionReply {
  readonly by: string;
  readonly commentId: string;
  /** Whether the moderator was first among the claimants when the decision was sent. */
  readonly hadClaimed: boolean;
  readonly status?: string;
  readonly decisionId?: string;
  readonly code?: string;
}

describeOnBothBackends('twenty moderators deciding while new comments arrive', (backend) => {
  let product: Product;
  let db: OwnerConnection;
  let fixture: SiteFixture;
  let sessions: ModeratorSession[];

  beforeAll(async () => {
    product = await startProduct({ ...backend, env: { LIMITS: 'off' } });
    const app = { call: product.call, adminKey: PRODUCT_ADMIN_KEY };
    db = await connectAsOwner(backend.databaseUrl);
    fixture = await createSiteFixture(app, { moderation: { mode: 'hold-all' } });
    sessions = [];
    for (let n = 0; n < MODERATORS; n++)
      sessions.push(await signInModerator(app, db, `Moderator ${n}`, fixture.site));
  }, TEST_MS);
  afterAll(async () => {
    await db?.end();
    await product?.process.kill();
  }, TEST_MS);

  it(
    'each comment is decided once, by the moderator who claimed it, and none is lost',
    async () => {
      const posted: string[] = [];
      const replies: DecisionReply[] = [];
      const isOver = () =>
        posted.length === COMMENTS && replies.filter(({ decisionId }) => decisionId).length >= COMMENTS;
      const moderatorLoops = sessions.map((session, n) => workThrough(session, n, replies, isOver));
      await postAtConstantRate(posted);
      await Promise.all(moderatorLoops);

      // The only errors are conflicts, which name the moderator who was faster.
      expect(
        [...new Set(replies.flatMap(({ code }) => code ?? []))].filter((code) => !LOST_RACE_CODES.has(code)),
      ).toEqual([]);
      expect(replies.filter(({ hadClaimed, decisionId }) => hadClaimed && !decisionId)).toEqual([]);
      // Claims often conflicted, because some decisions are sent although a colleague has claimed the comment.
      expect(replies.filter(({ code }) => code === 'claimed').length).toBeGreaterThan(COMMENTS / 20);

      const answered = replies.filter(({ decisionId }) => decisionId);
      expect(answered.map(({ commentId }) => commentId).sort()).toEqual([...posted].sort());
      const storedDecisions = await db.rows(
        `SELECT d.id, d.comment_id, d.moderator_id, c.status FROM decision d JOIN comment c ON c.id = d.comment_id
         WHERE d.site_id = $1 AND d.decided_by = 'moderator' ORDER BY d.id`,
        [fixture.site],
      );
      expect(storedDecisions).toEqual(
        [...answered]
          .sort((a, b) => (a.decisionId! < b.decisionId! ? -1 : 1))
          .map(({ by, commentId, decisionId, status }) => ({
            id: decisionId,
            comment_id: commentId,
            moderator_id: by,
            status,
          })),
      );
      const count = await expectStatus(
        200,
        sessions[0].call<Json>('GET', `/moderation/queue/count?site=${fixture.site}&state=held`),
      );
      expect(count.body.count).toBe(0);
      await expectNotifiedOnce(answered);
    },
    TEST_MS,
  );

  /** Posts fifty comments per second, without waiting for the responses. */
  async function postAtConstantRate(posted: string[]): Promise<void> {
    const tokens = await Promise.all(
      Array.from({ length: COMMENTS }, (_, n) => fixture.token(`reader-${n}`)),
    );
    const sent: Promise<void>[] = [];
    await new Promise<void>((done) => {
      const timer = setInterval(() => {
        const n = sent.length;
        if (n === COMMENTS) {
          clearInterval(timer);
          return done();
        }
        sent.push(
          fixture
            .submit(`reader-${n}`, `Remark ${n} on what was said there.`, { token: tokens[n] })
            .then(({ id }) => void posted.push(id)),
        );
      }, POST_EVERY_MS);
    });
    await Promise.all(sent);
  }

  /** Works like the console: reads a page of the queue, claims the first unclaimed entry, opens it and decides. */
  async function workThrough(
    session: ModeratorSession,
    n: number,
    replies: DecisionReply[],
    isOver: () => boolean,
  ): Promise<void> {
    const seen = new Set<string>();
    for (let round = 0; !isOver(); round++) {
      // Some moderators sort by oldest first, some by newest first, and most by risk.
      const sort = ['risk', 'oldest', 'newest', 'risk'][n % 4];
      const page = await expectStatus(
        200,
        session.call<Json>('GET', `/moderation/queue?site=${fixture.site}&state=held&sort=${sort}&limit=20`),
      );
      const waiting = page.body.items.filter(({ comment }: Json) => !seen.has(comment.id));
      const unclaimed = waiting.filter(({ claimants }: Json) => claimants.length === 0);
      // Sometimes a moderator takes an entry that a colleague has claimed.
      const item = round % 7 === 6 ? waiting[0] : unclaimed[0];
      seen.clear();
      if (!item) {
        // Without a pause, the requests of twenty polling moderators would slow down the server.
        await sleep(IDLE_MS);
        continue;
      }
      const commentId = item.comment.id as string;
      const claim = await session.call<Json>('PUT', `/moderation/comments/${commentId}/claims`);
      expect(claim.status).toBe(200);
      const claimedAt = Date.now();
      const hadClaimed = claim.body.claimants[0]?.id === session.id;
      // A moderator whose claim came second usually skips the entry, but sometimes sends the decision anyway.
      if (hadClaimed || round % 3 === 0) {
        if (hadClaimed && round % 3 === 0)
          await decideOnClaimedComment(sessions[(n + 1) % MODERATORS], item, replies);
        const decision = {
          commentId,
          revision: item.comment.revision,
          ...(round % 2 === 0 ? { action: 'approve' } : { action: 'reject', reason: 'off-topic' }),
        };
        const answer = await expectStatus(
          200,
          session.call<Json>(
            'POST',
            '/moderation/decisions',
            { decisions: [decision] },
            {
              'idempotency-key': `${session.id}-${round}`,
            },
          ),
        );
        const [{ status, decisionId, error }] = answer.body.results;
        // If the comment was decided before the moderator opened it, nobody claimed it any more.
        const wasAlreadyDecided =
          error?.code === 'already-decided' && Date.parse(error.decidedAt) <= claimedAt;
        replies.push({
          by: session.id,
          commentId,
          hadClaimed: hadClaimed && !wasAlreadyDecided,
          ...(error ? { code: error.code } : { status, decisionId }),
        });
      }
      seen.add(commentId);
      await session.call('DELETE', `/moderation/comments/${commentId}/claims`);
    }
  }

  /** Sends a decision on a comment that a colleague has claimed. */
  async function decideOnClaimedComment(
    session: ModeratorSession,
    { comment }: Json,
    replies: DecisionReply[],
  ): Promise<void> {
    const decisions = [{ commentId: comment.id, revision: comment.revision, action: 'approve' }];
    const answer = await expectStatus(
      200,
      session.call<Json>('POST', '/moderation/decisions', { decisions }),
    );
    const [{ status, decisionId, error }] = answer.body.results;
    replies.push({
      by: session.id,
      commentId: comment.id,
      hadClaimed: false,
      ...(error ? { code: error.code } : { status, decisionId }),
    });
  }

  /** Checks that the publisher's event list has one moderator decision for each comment. */
  async function expectNotifiedOnce(answered: readonly DecisionReply[]): Promise<void> {
    let decisionEvents: Json[] = [];
    await until(async () => {
      decisionEvents = (await listAllEvents(fixture)).filter(({ data }) => data.decision?.by === 'moderator');
      return decisionEvents.length >= COMMENTS;
    }, MAX_WAIT_MS);
    expect(decisionEvents.map(({ type, data }) => `${data.comment.id} ${type}`).sort()).toEqual(
      answered.map(({ commentId, status }) => `${commentId} comment.${status}`).sort(),
    );
  }
});

/** The problem codes of a decision if a colleague was faster. */
const LOST_RACE_CODES = new Set(['claimed', 'already-decided']);
