import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import type { Tx } from '../../platform/database/database.js';
import type { DeliveryId, SiteId, WebhookEndpointId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { DeliveryEntity } from './delivery.entity.js';
import { TEST_EVENT } from './event-types.js';
import { sql } from '../../platform/database/sql.js';
import { WebhookEndpointEntity } from './webhook-endpoint.entity.js';

/** Stores webhook endpoints, and reschedules their deliveries when their owners request it. */
@Injectable()
export class EndpointRepository {
  /** Adds an enabled endpoint that has not failed yet. */
  async insert(
    tx: Tx,
    ctx: SiteContext,
    row: Pick<WebhookEndpointEntity, 'id' | 'url' | 'events' | 'body' | 'secrets' | 'createdAt'>,
  ): Promise<WebhookEndpointEntity> {
    const rows = tx.manager.getRepository(WebhookEndpointEntity);
    await rows.insert({ ...row, siteId: ctx.siteId, updatedAt: row.createdAt });
    return rows.findOneByOrFail({ siteId: ctx.siteId, id: row.id });
  }

  find(tx: Tx, ctx: SiteContext, id: WebhookEndpointId): Promise<WebhookEndpointEntity | null> {
    return tx.manager.getRepository(WebhookEndpointEntity).findOneBy({ siteId: ctx.siteId, id });
  }

  lock(tx: Tx, ctx: SiteContext, id: WebhookEndpointId): Promise<WebhookEndpointEntity | null> {
    return tx.manager
      .getRepository(WebhookEndpointEntity)
      .findOne({ where: { siteId: ctx.siteId, id }, lock: { mode: 'pessimistic_write' } });
  }

  /** Oldest first. */
  list(
    tx: Tx,
    ctx: SiteContext,
    after: WebhookEndpointId | null,
    max: number,
  ): Promise<WebhookEndpointEntity[]> {
    return tx.manager.getRepository(WebhookEndpointEntity).find({
      where: { siteId: ctx.siteId, ...(after === null ? {} : { id: MoreThan(after) }) },
      order: { id: 'ASC' },
      take: max,
    });
  }

  /** Stores the settings of a locked endpoint. If `failingSince` is null, also resets its failures and its circuit. */
  async update(tx: Tx, ctx: SiteContext, row: WebhookEndpointEntity): Promise<WebhookEndpointEntity> {
    const stored = row.failingSince === null ? { ...row, failures: 0, openUntil: null } : row;
    await tx.manager.getRepository(WebhookEndpointEntity).update({ siteId: ctx.siteId, id: row.id }, stored);
    return stored;
  }

  /** Makes a probe of an open circuit due now. */
  async scheduleProbe(tx: Tx, ctx: SiteContext, id: WebhookEndpointId, at: Date): Promise<void> {
    await tx.manager
      .getRepository(WebhookEndpointEntity)
      .update({ siteId: ctx.siteId, id, openUntil: MoreThan(at) }, { openUntil: at });
  }

  /** Makes the pending deliveries of one subject due at once. */
  async expedite(
    tx: Tx,
    ctx: SiteContext,
    endpointId: WebhookEndpointId,
    subject: string,
    at: Date,
  ): Promise<void> {
    await tx.query(
      sql`UPDATE delivery SET next_attempt_at = $4
       WHERE site_id = $1 AND endpoint_id = $2 AND subject = $3 AND status = 'pending' AND next_attempt_at > $4
         AND lease IS NULL`,
      [ctx.siteId, endpointId, subject, at],
    );
  }

  /**
   * Also deletes its deliveries and their attempts.
   * @returns false if there was no such endpoint
   */
  async delete(tx: Tx, ctx: SiteContext, id: WebhookEndpointId): Promise<boolean> {
    const { affected } = await tx.manager
      .getRepository(WebhookEndpointEntity)
      .delete({ siteId: ctx.siteId, id });
    return affected === 1;
  }

  /**
   * Restarts the schedule of one delivery.
   *
   * @returns whether the delivery exists
   */
  async redeliver(
    tx: Tx,
    ctx: SiteContext,
    endpointId: WebhookEndpointId,
    id: DeliveryId,
    at: Date,
  ): Promise<boolean> {
    const { affected } = await tx.manager
      .getRepository(DeliveryEntity)
      .update({ siteId: ctx.siteId, endpointId, id }, { status: 'pending', tries: 0, nextAttemptAt: at });
    return affected === 1;
  }

  /**
   * Restarts the schedule of finished deliveries, oldest first.
   * @returns how many
   */
  async redeliverAll(
    tx: Tx,
    ctx: SiteContext,
    endpointId: WebhookEndpointId,
    filter: {
      since: Date | null;
      until: Date | null;
      statuses: readonly string[];
      types: readonly string[] | null;
      commentId: string | null;
    },
    at: Date,
    max: number,
  ): Promise<number> {
    const rows = await tx.query(
      sql`UPDATE delivery d SET status = 'pending', tries = 0, next_attempt_at = $4
       WHERE d.site_id = $1 AND d.endpoint_id = $2 AND d.id IN (
         SELECT other.id FROM delivery other JOIN event e ON e.site_id = other.site_id AND e.id = other.event_id
         WHERE other.site_id = $1 AND other.endpoint_id = $2 AND other.status = ANY ($3::text[])
           AND ($5::timestamptz IS NULL OR e.occurred_at >= $5) AND ($6::timestamptz IS NULL OR e.occurred_at < $6)
           AND ($7::text[] IS NULL OR e.type = ANY ($7::text[])) AND ($8::uuid IS NULL OR e.comment_id = $8)
         ORDER BY other.position LIMIT $9)
       RETURNING d.id`,
      [
        ctx.siteId,
        endpointId,
        filter.statuses,
        at,
        filter.since,
        filter.until,
        filter.types,
        filter.commentId,
        max,
      ],
    );
    return rows.length;
  }

  /**
   * Schedules what the endpoint has missed since then, oldest first: deliveries that failed or were cancelled, and
   * subscribed events from times when it was disabled or did not exist.
   *
   * @returns how many
   */
  async recover(
    tx: Tx,
    ctx: SiteContext,
    endpoint: WebhookEndpointEntity,
    since: Date,
    at: Date,
    newDeliveryId: () => DeliveryId,
  ): Promise<number> {
    const rescheduled = await tx.query(
      sql`UPDATE delivery d SET status = 'pending', tries = 0, next_attempt_at = $4
       FROM event e
       WHERE d.site_id = $1 AND d.endpoint_id = $2 AND d.status IN ('failed', 'cancelled')
         AND e.site_id = d.site_id AND e.id = d.event_id AND e.occurred_at >= $3
       RETURNING d.id`,
      [ctx.siteId, endpoint.id, since, at],
    );
    const missed = await tx.query<{ id: string; subject: string; position: string }>(
      sql`SELECT e.id, e.subject, e.position FROM event e
       WHERE e.site_id = $1 AND e.occurred_at >= $3 AND e.type <> $5
         AND ('*' = ANY ($4::text[]) OR e.type = ANY ($4::text[]))
         AND NOT EXISTS (SELECT FROM delivery d WHERE d.site_id = e.site_id AND d.endpoint_id = $2 AND d.event_id = e.id)
       ORDER BY e.position`,
      [ctx.siteId, endpoint.id, since, endpoint.events, TEST_EVENT],
    );
    await tx.query(
      sql`INSERT INTO delivery (site_id, id, endpoint_id, event_id, subject, position, next_attempt_at, created_at)
       SELECT $1, m.delivery, $2, m.id, m.subject, m.position, $4, $4
       FROM jsonb_to_recordset($3::jsonb) AS m (delivery uuid, id uuid, subject text, position bigint)
       ON CONFLICT (site_id, endpoint_id, event_id) DO NOTHING`,
      [
        ctx.siteId,
        endpoint.id,
        JSON.stringify(missed.map((event) => ({ ...event, delivery: newDeliveryId() }))),
        at,
      ],
    );
    return rescheduled.length + missed.length;
  }

  count(tx: Tx, siteId: SiteId): Promise<number> {
    return tx.manager.getRepository(WebhookEndpointEntity).countBy({ siteId });
  }
}
