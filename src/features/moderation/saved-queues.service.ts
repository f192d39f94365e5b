import { Injectable } from '@nestjs/common';
import { Not } from 'typeorm';
import { roleOn, type Principal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { conflict, forbidden, notFound } from '../../platform/http/problem.js';
import { newId, type SavedQueueId, type SiteId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { isoSql } from '../comments/comment-json.sql.js';
import { QueueCountsView, type QueueCount } from './queue-counts.view.js';
import { filterOf } from './queue-filter.js';
import { SavedQueueEntity } from './saved-queue.entity.js';
import { composeSql, sql } from '../../platform/database/sql.js';

export interface SavedQueue extends Pick<
  SavedQueueEntity,
  'id' | 'name' | 'state' | 'sort' | 'filter' | 'targetMinutes'
> {
  site: SiteId;
  by: { id: string; name: string } | null;
  createdAt: string;
}

export type SavedQueueInput = Pick<SavedQueue, 'name' | 'state' | 'sort' | 'filter' | 'targetMinutes'>;

/** Every request counts the comments of all saved queues, so their number is limited. */
const MAX_PER_SITE = 30;

const COLUMNS = composeSql`
  q.id, q.site_id AS site, q.name, q.state, q.sort, q.filter, q.target_minutes AS "targetMinutes",
  CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.name) END AS by, ${isoSql(composeSql`q.created_at`)} AS "createdAt"
  FROM saved_queue q LEFT JOIN moderator m ON m.id = q.moderator_id`;

export const SAVED_QUEUES = composeSql`SELECT ${COLUMNS} WHERE q.site_id = $1 ORDER BY lower(q.name), q.id`;

export const SAVED_QUEUE = composeSql`SELECT ${COLUMNS} WHERE q.site_id = $1 AND q.id = $2`;

/** Saved queues: a list, sort order and filter under a name, shared by a site's moderators. */
@Injectable()
export class SavedQueuesService {
  constructor(
    private readonly database: Database,
    private readonly counts: QueueCountsView,
    private readonly clock: Clock,
  ) {}

  /** Lists saved queues by name, each with its current count. */
  async list(principal: Principal, sites: readonly SiteId[]): Promise<(SavedQueue & QueueCount)[]> {
    const lists = [];
    for (const siteId of sites) {
      lists.push(
        await this.database.inSite({ siteId, principal }, async (tx) => {
          const saved = await tx.query<SavedQueue>(SAVED_QUEUES, [siteId]);
          const counts = await this.counts.countEach(tx, { siteId, principal }, saved);
          return saved.map((queue, index) => ({ ...queue, ...counts[index] }));
        }),
      );
    }
    return lists.flat();
  }

  /** @throws Problem 409 if the name is taken or there are too many saved queues */
  save(ctx: SiteContext, input: SavedQueueInput): Promise<SavedQueue & QueueCount> {
    return this.database.inSite(ctx, async (tx) => {
      if ((await tx.manager.countBy(SavedQueueEntity, { siteId: ctx.siteId })) >= MAX_PER_SITE) {
        throw conflict(
          'too-many-queues',
          `A site can have at most ${MAX_PER_SITE} saved queues. Delete one first.`,
        );
      }
      const id = newId<'saved-queue'>();
      const rows = await tx.query(
        sql`INSERT INTO saved_queue (site_id, id, name, state, sort, filter, target_minutes, moderator_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) ON CONFLICT (site_id, name) DO NOTHING RETURNING id`,
        [
          ctx.siteId,
          id,
          input.name,
          input.state,
          input.sort,
          JSON.stringify(filterOf(input.filter)),
          input.targetMinutes,
          ctx.principal.kind === 'moderator' ? ctx.principal.moderatorId : null,
          this.clock.now(),
        ],
      );
      if (rows.length === 0) throw nameTaken(input.name);
      return this.withCount(tx, await this.findOrThrow(tx, ctx, id), ctx.principal);
    });
  }

  /** @throws Problem 404, 403 for a queue of a colleague, 409 if the name is taken */
  change(
    ctx: SiteContext,
    id: SavedQueueId,
    input: Partial<SavedQueueInput>,
  ): Promise<SavedQueue & QueueCount> {
    return this.database.inSite(ctx, async (tx) => {
      const queues = tx.manager.getRepository(SavedQueueEntity);
      // Locks the row before it is read, so that a concurrent change of another field is not undone.
      await queues.findOne({ where: { siteId: ctx.siteId, id }, lock: { mode: 'for_no_key_update' } });
      const current = await this.findOrThrow(tx, ctx, id);
      checkMayChange(ctx, current);
      const updated = { ...current, ...input };
      const { name, state, sort, targetMinutes } = updated;
      const filter = filterOf(updated.filter);
      if (await queues.existsBy({ siteId: ctx.siteId, name, id: Not(id) })) throw nameTaken(name);
      await queues.update({ siteId: ctx.siteId, id }, { name, state, sort, filter, targetMinutes });
      return this.withCount(tx, await this.findOrThrow(tx, ctx, id), ctx.principal);
    });
  }

  /** @throws Problem 404, 403 for a queue of a colleague */
  remove(ctx: SiteContext, id: SavedQueueId): Promise<void> {
    return this.database.inSite(ctx, async (tx) => {
      checkMayChange(ctx, await this.findOrThrow(tx, ctx, id));
      await tx.manager.delete(SavedQueueEntity, { siteId: ctx.siteId, id });
    });
  }

  private async withCount(tx: Tx, queue: SavedQueue, principal: Principal): Promise<SavedQueue & QueueCount> {
    const scope = { siteId: queue.site, principal };
    const [{ count, oldest }] = await this.counts.countIn(tx, scope, queue.state, queue.filter);
    return { ...queue, count, oldest };
  }

  private async findOrThrow(tx: Tx, ctx: SiteContext, id: SavedQueueId): Promise<SavedQueue> {
    const [row] = await tx.query<SavedQueue>(SAVED_QUEUE, [ctx.siteId, id]);
    if (!row) throw notFound('This queue');
    return row;
  }
}

/**
 * Moderators may change their own queues. Admins and owners of the site and API keys may change all of them.
 */
function checkMayChange({ principal, siteId }: SiteContext, queue: SavedQueue): void {
  if (principal.kind !== 'moderator' || queue.by?.id === principal.moderatorId) return;
  const role = roleOn(principal, siteId);
  if (role === 'admin' || role === 'owner') return;
  throw forbidden('not-your-queue', `Only ${queue.by?.name ?? 'an admin'} and admins can change this queue.`);
}

const nameTaken = (name: string) =>
  conflict('name-taken', `A queue with the name “${name}” already exists. Choose another name.`);
