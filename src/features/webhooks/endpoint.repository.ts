import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import type { DeliveryId, SiteId, WebhookEndpointId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { TEST_EVENT } from './event-types.js';
import type { StoredSecret } from './webhook-secrets.js';
import { composeSql, sql } from '../../platform/database/sql.js';

export interface EndpointRow {
  id: WebhookEndpointId;
  url: string;
  events: string[];
  body: 'thin' | 'full';
  secrets: StoredSecret[];
  state: 'active' | 'disabled';
  disabledReason: string | null;
  failingSince: Date | null;
  /** Consecutive failures, counting only first tries of deliveries. */
  failures: number;
  /** Until when its circuit is open. In the past: one delivery may probe. Null: closed. */
  openUntil: Date | null;
  lastSuccessAt: Date | null;
  createdAt: Date;
  updatedAt: Date;
}

const COLUMNS = composeSql`id, url, events, body, secrets, state, disabled_reason AS "disabledReason", failing_since AS "failingSince", failures,
  open_until AS "openUntil",  last_success_at AS "lastSuccessAt", created_at AS "createdAt", updated_at AS "updatedAt"`;

export const INSERT_WEBHOOK_ENDPOINT = composeSql`INSERT INTO webhook_endpoint (site_id, id, url, events, body, secrets, created_at, updated_at)
   VALUES ($1, $2, $3, $4, $5, $6, $7, $7) RETURNING ${COLUMNS}`;

export const FIND_WEBHOOK_ENDPOINT = composeSql`SELECT ${COLUMNS} FROM webhook_endpoint WHERE site_id = $1 AND id = $2`;

export const LOCK_WEBHOOK_ENDPOINT = composeSql`SELECT ${COLUMNS} FROM webhook_endpoint WHERE site_id = $1 AND id = $2 FOR UPDATE`;

export const LIST_WEBHOOK_ENDPOINT = composeSql`SELECT ${COLUMNS} FROM webhook_endpoint
   WHERE site_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`;

export const UPDATE_WEBHOOK_ENDPOINT = composeSql`UPDATE webhook_endpoint SET url = $3, events = $4, body = $5, secrets = $6, state = $7, disabled_reason = $8,
     failing_since = $9, updated_at = $10, failures = CASE WHEN $9::timestamptz IS NULL THEN 0 ELSE failures END,
     open_until = CASE WHEN $9::timestamptz IS NULL THEN NULL ELSE open_until END
   WHERE site_id = $1 AND id = $2 RETURNING ${COLUMNS}`;

export const RECOVER_EVENT = composeSql`SELECT e.id, e.subject, e.position FROM event e
   WHERE e.site_id = $1 AND e.occurred_at >= $3 AND e.type <> '${TEST_EVENT}'
     AND ('*' = ANY ($4::text[]) OR e.type = ANY ($4::text[]))
     AND NOT EXISTS (SELECT FROM delivery d WHERE d.site_id = e.site_id AND d.endpoint_id = $2 AND d.event_id = e.id)
   ORDER BY e.position`;

/** Stores webhook endpoints, and reschedules their deliveries on behalf of their owners. */
@Injectable()
export class EndpointRepository {
  async insert(
    tx: Tx,
    ctx: SiteContext,
    row: Pick<EndpointRow, 'id' | 'url' | 'events' | 'body' | 'secrets' | 'createdAt'>,
  ): Promise<EndpointRow> {
    const [endpoint] = await tx.query<EndpointRow>(INSERT_WEBHOOK_ENDPOINT, [
      ctx.siteId,
      row.id,
      row.url,
      row.events,
      row.body,
      JSON.stringify(row.secrets),
      row.createdAt,
    ]);
    return endpoint;
  }

  async find(tx: Tx, ctx: SiteContext, id: WebhookEndpointId): Promise<EndpointRow | null> {
    const [row] = await tx.query<EndpointRow>(FIND_WEBHOOK_ENDPOINT, [ctx.siteId, id]);
    return row ?? null;
  }

  async lock(tx: Tx, ctx: SiteContext, id: WebhookEndpointId): Promise<EndpointRow | null> {
    const [row] = await tx.query<EndpointRow>(LOCK_WEBHOOK_ENDPOINT, [ctx.siteId, id]);
    return row ?? null;
  }

  /** Oldest first. */
  async list(tx: Tx, ctx: SiteContext, after: WebhookEndpointId | null, max: number): Promise<EndpointRow[]> {
    return tx.query<EndpointRow>(LIST_WEBHOOK_ENDPOINT, [ctx.siteId, after, max]);
  }

  async update(tx: Tx, ctx: SiteContext, row: EndpointRow): Promise<EndpointRow> {
    const [endpoint] = await tx.query<EndpointRow>(UPDATE_WEBHOOK_ENDPOINT, [
      ctx.siteId,
      row.id,
      row.url,
      row.events,
      row.body,
      JSON.stringify(row.secrets),
      row.state,
      row.disabledReason,
      row.failingSince,
      row.updatedAt,
    ]);
    return endpoint;
  }

  /** Makes an open circuit probe at once, because the owner has a reason to try now. */
  async scheduleProbe(tx: Tx, ctx: SiteContext, id: WebhookEndpointId, at: Date): Promise<void> {
    await tx.query(
      sql`UPDATE webhook_endpoint SET open_until = $3 WHERE site_id = $1 AND id = $2 AND open_until > $3`,
      [ctx.siteId, id, at],
    );
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
    const rows = await tx.query(
      sql`DELETE FROM webhook_endpoint WHERE site_id = $1 AND id = $2 RETURNING id`,
      [ctx.siteId, id],
    );
    return rows.length === 1;
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
    const rows = await tx.query(
      sql`UPDATE delivery SET status = 'pending', tries = 0, next_attempt_at = $4
       WHERE site_id = $1 AND endpoint_id = $2 AND id = $3 RETURNING id`,
      [ctx.siteId, endpointId, id, at],
    );
    return rows.length === 1;
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
         SELECT again.id FROM delivery again JOIN event e ON e.site_id = again.site_id AND e.id = again.event_id
         WHERE again.site_id = $1 AND again.endpoint_id = $2 AND again.status = ANY ($3::text[])
           AND ($5::timestamptz IS NULL OR e.occurred_at >= $5) AND ($6::timestamptz IS NULL OR e.occurred_at < $6)
           AND ($7::text[] IS NULL OR e.type = ANY ($7::text[])) AND ($8::uuid IS NULL OR e.comment_id = $8)
         ORDER BY again.position LIMIT $9)
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
   * Schedules everything the endpoint wants and has not received since then: deliveries that failed, and events from
   * times when it was disabled or did not exist. Oldest first.
   *
   * @returns how many
   */
  async recover(
    tx: Tx,
    ctx: SiteContext,
    endpoint: EndpointRow,
    since: Date,
    at: Date,
    idOf: () => DeliveryId,
  ): Promise<number> {
    const revived = await tx.query(
      sql`UPDATE delivery d SET status = 'pending', tries = 0, next_attempt_at = $4
       FROM event e
       WHERE d.site_id = $1 AND d.endpoint_id = $2 AND d.status IN ('failed', 'cancelled')
         AND e.site_id = d.site_id AND e.id = d.event_id AND e.occurred_at >= $3
       RETURNING d.id`,
      [ctx.siteId, endpoint.id, since, at],
    );
    const missed = await tx.query<{ id: string; subject: string; position: string }>(RECOVER_EVENT, [
      ctx.siteId,
      endpoint.id,
      since,
      endpoint.events,
    ]);
    await tx.query(
      sql`INSERT INTO delivery (site_id, id, endpoint_id, event_id, subject, position, next_attempt_at, created_at)
       SELECT $1, m.delivery, $2, m.id, m.subject, m.position, $4, $4
       FROM jsonb_to_recordset($3::jsonb) AS m (delivery uuid, id uuid, subject text, position bigint)
       ON CONFLICT (site_id, endpoint_id, event_id) DO NOTHING`,
      [ctx.siteId, endpoint.id, JSON.stringify(missed.map((event) => ({ ...event, delivery: idOf() }))), at],
    );
    return revived.length + missed.length;
  }

  /** The number of endpoints that a site has. */
  async count(tx: Tx, siteId: SiteId): Promise<number> {
    const [row] = await tx.query<{ count: number }>(
      sql`SELECT count(*)::int AS count FROM webhook_endpoint WHERE site_id = $1`,
      [siteId],
    );
    return row.count;
  }
}
