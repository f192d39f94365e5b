import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Cursors, type Page } from '../../platform/http/cursor.js';
import { isUuid, type DeliveryId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { DELIVERY_HEADERS } from './signed-headers.js';
import type { WebhookEndpointEntity } from './webhook-endpoint.entity.js';
import type { DeliveryAnswer, DeliveryDetail } from './webhooks.dto.js';
import { type Sql, composeSql } from '../../platform/database/sql.js';

type TimeColumn = 'd.next_attempt_at' | 'd.created_at' | 'd.delivered_at' | 'a.started_at';

const isoInstantSql = (column: TimeColumn): Sql =>
  composeSql`to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const COLUMNS = composeSql`d.id, d.event_id AS "eventId", e.type, d.subject, e.sequence, d.status, d.attempts,
    d.last_status AS "lastStatus", d.last_error AS "lastError",
    CASE WHEN d.status = 'pending' THEN ${isoInstantSql('d.next_attempt_at')} END AS "nextAttemptAt",
    ${isoInstantSql('d.created_at')} AS "createdAt", ${isoInstantSql('d.delivered_at')} AS "deliveredAt",
    coalesce((
      SELECT json_agg(json_build_object('number', a.number, 'startedAt', ${isoInstantSql('a.started_at')},
        'durationMs', a.duration_ms, 'status', a.status_code, 'error', a.error, 'answer', a.answer) ORDER BY a.number DESC)
      FROM (SELECT * FROM attempt WHERE site_id = d.site_id AND delivery_id = d.id ORDER BY number DESC LIMIT 20) a
    ), '[]') AS log`;

export const LIST_DELIVERIES = composeSql`
  SELECT ${COLUMNS}
  FROM delivery d JOIN event e ON e.site_id = d.site_id AND e.id = d.event_id
  WHERE d.site_id = $1 AND d.endpoint_id = $2 AND ($3::uuid IS NULL OR d.id < $3) AND ($4::text IS NULL OR d.status = $4)
    AND ($6::text IS NULL OR e.type = $6) AND ($7::uuid IS NULL OR e.comment_id = $7)
    AND ($8::timestamptz IS NULL OR e.occurred_at >= $8) AND ($9::timestamptz IS NULL OR e.occurred_at < $9)
  ORDER BY d.id DESC LIMIT $5`;

export const READ_DELIVERY = composeSql`
  SELECT ${COLUMNS}, CASE WHEN $4 = 'full' THEN e.body_full ELSE e.body_thin END AS body
  FROM delivery d JOIN event e ON e.site_id = d.site_id AND e.id = d.event_id
  WHERE d.site_id = $1 AND d.endpoint_id = $2 AND d.id = $3`;

/** Selects deliveries; omitted fields do not filter. */
export interface DeliveryFilter {
  readonly status?: string;
  readonly type?: string;
  readonly commentId?: string;
  /** Range of the event's time, ISO 8601: `since` is inclusive, `until` exclusive. */
  readonly since?: string;
  readonly until?: string;
}

/** Lists an endpoint's deliveries with their attempts, newest first. */
@Injectable()
export class DeliveryLogView {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  async list(
    ctx: SiteContext,
    { id: endpointId }: Pick<WebhookEndpointEntity, 'id'>,
    query: DeliveryFilter & { cursor?: string; limit: number },
  ): Promise<Page<DeliveryAnswer>> {
    const scope = `deliveries:${endpointId}`;
    const before = this.cursors.read(scope, query.cursor)?.[0] ?? null;
    const rows = await this.database.inSite(ctx, (tx) =>
      tx.query<DeliveryAnswer>(LIST_DELIVERIES, [
        ctx.siteId,
        endpointId,
        before,
        query.status ?? null,
        query.limit + 1,
        query.type ?? null,
        query.commentId ?? null,
        query.since ?? null,
        query.until ?? null,
      ]),
    );
    return this.cursors.page(
      rows,
      query.limit,
      scope,
      (row) => [row.id as DeliveryId],
      (row) => row,
    );
  }

  /**
   * Reads one delivery, with the request as the endpoint's current settings produce it.
   * @returns null if there is no such delivery
   */
  async read(
    ctx: SiteContext,
    { id: endpointId, url, body: kind }: Pick<WebhookEndpointEntity, 'id' | 'url' | 'body'>,
    id: string,
  ): Promise<DeliveryDetail | null> {
    if (!isUuid(id)) return null;
    const [row] = await this.database.inSite(ctx, (tx) =>
      tx.query<DeliveryAnswer & { body: string }>(READ_DELIVERY, [ctx.siteId, endpointId, id, kind]),
    );
    if (!row) return null;
    const { body, ...delivery } = row;
    const headers = { ...DELIVERY_HEADERS, 'webhook-id': delivery.eventId };
    return { ...delivery, request: { method: 'POST', url, headers, body } };
  }
}
