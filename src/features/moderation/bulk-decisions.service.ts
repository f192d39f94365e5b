import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { SYSTEM, type Principal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { conflict, forbidden, notFound, Problem } from '../../platform/http/problem.js';
import {
  newId,
  type BulkDecisionId,
  type CommentId,
  type ReaderId,
  type SiteId,
} from '../../platform/ids.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import {
  BulkDecisionRepository,
  type BulkDecision,
  type NewBulkDecision,
} from './bulk-decision.repository.js';
import { deciderOf, DecisionService, UNDO_MS, type DecisionRequest } from './decision.service.js';
import type { QueueFilter } from './queue-filter.js';
import { publishBulkQueueEvent } from './queue-event.js';
import type { QueueState } from './queue-states.js';

/** Limit for one bulk decision. */
export const MAX_BULK = 10_000;
const POLL_INTERVAL_MS = 1_000;
const BATCH_SIZE = 50;
const MAX_DUE = 20;

export type BulkDecisionInput = Pick<DecisionRequest, 'action' | 'reason' | 'note'> & {
  /** Selected comments, all comments of a reader that can be removed, or all comments in a list. */
  selection:
    | { comments: readonly { commentId: CommentId; revision: number }[] }
    | { authorId: ReaderId }
    | { state: QueueState; filter: QueueFilter };
};

/**
 * One decision about many comments. For 30 s it is only stored: readers, webhooks and authors see no change until it
 * can no longer be undone. Then a worker applies it as one decision per comment. Each decision commits together with
 * the outcome of its item, so that another worker can resume after a crash.
 */
@Injectable()
export class BulkDecisionsService implements OnModuleInit {
  private readonly logger = new Logger('bulk-decisions');

  constructor(
    private readonly database: Database,
    private readonly bulkDecisions: BulkDecisionRepository,
    private readonly decisions: DecisionService,
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
  ) {}

  onModuleInit(): void {
    this.ticker.every('bulk-decisions', POLL_INTERVAL_MS, () => this.applyDue());
  }

  /** @throws Problem 409 `nothing-to-decide` if none of the comments can be decided */
  decide(ctx: SiteContext, input: BulkDecisionInput): Promise<BulkDecision> {
    return this.database.inSite(ctx, async (tx) => {
      const now = this.clock.now();
      const bulk = {
        ...deciderOf(ctx.principal),
        id: newId<'bulk-decision'>(),
        action: input.action,
        reason: input.reason ?? null,
        note: input.note ?? null,
        createdAt: now,
        dueAt: new Date(now.getTime() + UNDO_MS),
      };
      await this.bulkDecisions.insert(tx, ctx, bulk);
      const added = await this.addItems(tx, ctx, bulk, input.selection);
      if (added === 0) {
        throw conflict('nothing-to-decide', 'None of these comments is waiting any more. Refresh the list.');
      }
      await publishBulkQueueEvent(this.pubsub, tx, ctx);
      return this.requireFound(await this.bulkDecisions.find(tx, ctx, bulk.id));
    });
  }

  async find(ctx: SiteContext, id: BulkDecisionId): Promise<BulkDecision> {
    return this.requireFound(await this.database.inSite(ctx, (tx) => this.bulkDecisions.find(tx, ctx, id)));
  }

  /** @throws Problem 404, 403 if it is somebody else's, 409 if it is too late */
  undo(ctx: SiteContext, id: BulkDecisionId): Promise<BulkDecision> {
    return this.database.inSite(ctx, async (tx) => {
      const bulk = this.requireFound(await this.bulkDecisions.find(tx, ctx, id));
      const caller = deciderOf(ctx.principal);
      if (bulk.moderatorId !== caller.moderatorId || bulk.apiCaller !== caller.apiCaller) {
        throw forbidden('not-your-decision', 'Only the moderator who made this decision can undo it.');
      }
      if (!(await this.bulkDecisions.undo(tx, ctx, id, this.clock.now()))) {
        if (bulk.state === 'undone') throw conflict('already-undone', 'This decision was already undone.');
        throw conflict(
          'undo-expired',
          `A bulk decision can be undone for ${UNDO_MS / 1000} seconds. After that, change the comments one by one.`,
        );
      }
      await publishBulkQueueEvent(this.pubsub, tx, ctx);
      return this.requireFound(await this.bulkDecisions.find(tx, ctx, id));
    });
  }

  /** Applies everything that is due, including what a killed worker left unfinished. */
  async applyDue(): Promise<void> {
    const due = await this.database.inSystem((tx) =>
      this.bulkDecisions.listDue(tx, this.clock.now(), MAX_DUE),
    );
    for (const { siteId, id } of due) await this.apply(siteId, id);
  }

  private addItems(
    tx: Tx,
    ctx: SiteContext,
    bulk: NewBulkDecision,
    selection: BulkDecisionInput['selection'],
  ): Promise<number> {
    if ('comments' in selection) return this.bulkDecisions.addSelection(tx, ctx, bulk, selection.comments);
    return 'authorId' in selection
      ? this.bulkDecisions.addByAuthor(tx, ctx, bulk, { ...selection, max: MAX_BULK })
      : this.bulkDecisions.addFiltered(tx, ctx, bulk, { ...selection, max: MAX_BULK });
  }

  private async apply(siteId: SiteId, id: BulkDecisionId): Promise<void> {
    const site = { siteId, principal: SYSTEM, requestId: `bulk-${id}` };
    const bulk = await this.database.inSite(site, (tx) =>
      this.bulkDecisions.begin(tx, site, id, this.clock.now()),
    );
    if (!bulk) return;
    const ctx: SiteContext = { ...site, principal: principalOf(siteId, bulk) };
    let previousFirst: CommentId | undefined;
    for (;;) {
      const ids = await this.database.inSite(ctx, (tx) =>
        this.bulkDecisions.listRemaining(tx, ctx, id, BATCH_SIZE),
      );
      // If the same items remain, another worker has locked them and will complete the bulk decision.
      if (ids.length === 0 || ids[0] === previousFirst) break;
      previousFirst = ids[0];
      for (const commentId of ids) await this.applyOne(ctx, id, commentId, bulk);
    }
    await this.database.inSite(ctx, async (tx) => {
      if (await this.bulkDecisions.end(tx, ctx, id, this.clock.now()))
        await publishBulkQueueEvent(this.pubsub, tx, ctx);
    });
  }

  private async applyOne(
    ctx: SiteContext,
    id: BulkDecisionId,
    commentId: CommentId,
    { action, reason, note }: Pick<BulkDecision, 'action' | 'reason' | 'note'>,
  ): Promise<void> {
    try {
      await this.database.inSite(ctx, async (tx) => {
        const item = await this.bulkDecisions.lockItem(tx, ctx, id, commentId);
        if (item === null) return;
        const request: DecisionRequest = {
          commentId,
          revision: item.revision,
          action,
          ...(reason === null ? {} : { reason }),
          ...(note === null ? {} : { note }),
        };
        try {
          const { decisionId } = await this.decisions.decideInBulk(ctx, request, item.decisionCount);
          await this.bulkDecisions.recordOutcome(tx, ctx, { id, commentId, outcome: 'decided', decisionId });
        } catch (error) {
          // For example, somebody decided first or the author edited the text. Skip the comment and record why.
          if (!(error instanceof Problem)) throw error;
          await this.bulkDecisions.recordOutcome(tx, ctx, {
            id,
            commentId,
            outcome: error.code,
            decisionId: null,
          });
        }
      });
    } catch (error) {
      this.logger.error({ event: 'bulk-decision.failed', bulkId: id, commentId, error });
      // A failure must not block the other bulk decisions. If the database is unavailable this also throws, and the
      // next round tries again.
      await this.database.inSite(ctx, (tx) =>
        this.bulkDecisions.recordOutcome(tx, ctx, { id, commentId, outcome: 'failed', decisionId: null }),
      );
    }
  }

  private requireFound(bulk: BulkDecision | null): BulkDecision {
    if (!bulk) throw notFound('This decision');
    return bulk;
  }
}

/**
 * The principal who decided, with the fields that a decision stores. Access was checked when the bulk decision was
 * made.
 */
function principalOf(
  siteId: SiteId,
  {
    moderatorId,
    moderatorName,
    apiCaller,
  }: Pick<BulkDecision, 'moderatorId' | 'moderatorName' | 'apiCaller'>,
): Principal {
  if (moderatorId !== null) {
    return {
      kind: 'moderator',
      moderatorId,
      name: moderatorName ?? '',
      roleEverywhere: null,
      sitesNeedingSecondFactor: new Set(),
      roles: new Map(),
      sections: new Map(),
      confirmedAt: null,
    };
  }
  const [kind, keyId] = (apiCaller ?? '').split(':');
  if (kind !== 'key') return { kind: 'admin' };
  return {
    kind: 'key',
    keyId: keyId as never,
    name: '',
    scopes: ['moderation'],
    sites: [siteId],
    unreadScore: null,
  };
}
