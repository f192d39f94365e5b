import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { Cursors, type Page } from '../../platform/http/cursor.js';
import type { DeliveryId, WebhookEndpointId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { DeliveryAnswer } from './webhooks.dto.js';

const instant = (column: string): string =>
  `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const SQL = `
  SELECT d.id, d.event_id AS "eventId", e.type, d.subject, e.sequence, d.status, d.attempts,
    d.last_status AS "lastStatus", d.last_error AS "lastError",
    CASE WHEN d.status = 'pending' THEN ${instant('d.next_attempt_at')} END AS "nextAttemptAt",
    ${instant('d.created_at')} AS "createdAt", ${instant('d.delivered_at')} AS "deliveredAt",
    coalesce((
      SELECT json_agg(json_build_object('number', a.number, 'startedAt', ${instant('a.started_at')},
        'durationMs', a.duration_ms, 'status', a.status_code, 'error', a.error, 'answer', a.answer) ORDER BY a.number DESC)
      FROM (SELECT * FROM attempt WHERE site_id = d.site_id AND delivery_id = d.id ORDER BY number DESC LIMIT 20) a
    ), '[]') AS log
  FROM delivery d JOIN event e ON e.site_id = d.site_id AND e.id = d.event_id
  WHERE d.site_id = $1 AND d.endpoint_id = $2 AND ($3::uuid IS NULL OR d.id < $3) AND ($4::text IS NULL OR d.status = $4)
  ORDER BY d.id DESC LIMIT $5`;

/** An endpoint's deliveries with their attempts, newest first. */
@Injectable()
export class DeliveryLogView {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  async list(
    ctx: SiteContext,
    endpointId: WebhookEndpointId,
    query: { cursor?: string; limit: number; status?: string },
  ): Promise<Page<DeliveryAnswer>> {
    const scope = `deliveries:${endpointId}`;
    const before = this.cursors.read(scope, query.cursor)?.[0] ?? null;
    const rows = await this.database.inSite(ctx, (tx) =>
      tx.query<DeliveryAnswer>(SQL, [ctx.siteId, endpointId, before, query.status ?? null, query.limit + 1]),
    );
    return this.cursors.page(
      rows,
      query.limit,
      scope,
      (row) => [row.id as DeliveryId],
      (row) => row,
    );
  }
}
