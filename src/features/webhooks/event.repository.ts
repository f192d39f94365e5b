import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import type { EventId, SiteId } from '../../platform/ids.js';
import type { DeliveryEntity } from './delivery.entity.js';
import { MIN_FAILURES_TO_COUNT_AS_FAILING } from './delivery.repository.js';
import type { EventEntity } from './event.entity.js';
import type { CommentDetail } from './webhook-body.js';
import type { WebhookEndpointEntity } from './webhook-endpoint.entity.js';
import { sql } from '../../platform/database/sql.js';

export type NewEventRow = Omit<EventEntity, 'siteId' | 'position'>;

export type NewDeliveryRow = Pick<DeliveryEntity, 'id' | 'endpointId' | 'eventId' | 'subject' | 'position'>;

export interface Subscriber extends Pick<WebhookEndpointEntity, 'id' | 'events'> {
  failing: boolean;
  /** Whether its circuit is open, so that it is not called until a probe is due. */
  open: boolean;
}

// The laterals with OFFSET 0 force one index lookup per row. Otherwise the planner, which expects a hundred rows instead
// of a few, would read every comment.
const DETAILS = sql`
  SELECT requested."commentId", requested.revision, v.body, v.html,
    json_build_object('id', r.id, 'name', r.name, 'picture', r.picture, 'role', r.role,
      'tier', CASE WHEN t.key IS NOT NULL THEN json_build_object('key', t.key, 'name', t.name) END) AS author,
    coalesce((SELECT json_object_agg(s.label, json_build_object('value', s.value, 'spans', s.spans) ORDER BY s.label)
              FROM score s WHERE s.site_id = v.site_id AND s.revision_id = v.id), '{}') AS scores
  FROM jsonb_to_recordset($2::jsonb) AS requested ("commentId" uuid, revision int)
  JOIN revision v ON v.site_id = $1 AND v.comment_id = requested."commentId"
    AND v.number = requested.revision
  CROSS JOIN LATERAL (
    SELECT * FROM comment c WHERE c.site_id = v.site_id AND c.id = v.comment_id OFFSET 0
  ) c
  CROSS JOIN LATERAL (
    SELECT * FROM reader r WHERE r.site_id = c.site_id AND r.id = c.author_id OFFSET 0
  ) r
  LEFT JOIN tier t ON t.site_id = c.site_id AND t.key = c.author_tier`;

const INSERT_EVENTS = sql`
  INSERT INTO event (site_id, id, position, type, subject, sequence, story_id, comment_id, payload,
                     body_thin, body_full, occurred_at)
  SELECT $1, e.id, nextval('event_position'), e.type, e.subject, e.sequence, e."storyId", e."commentId",
         e.payload, e."bodyThin", e."bodyFull", e."occurredAt"
  FROM (SELECT * FROM ROWS FROM (jsonb_to_recordset($2::jsonb) AS (
          id uuid, type text, subject text, sequence int, "storyId" uuid, "commentId" uuid,
          payload jsonb, "bodyThin" text, "bodyFull" text, "occurredAt" timestamptz)) WITH ORDINALITY
        ORDER BY ordinality) e
  RETURNING id, position`;

/**
 * Stores events and reads the data they are built from. Only the relay writes events, in its own transaction, and only
 * one relay runs at a time.
 */
@Injectable()
export class EventRepository {
  /** @returns the endpoints that currently receive events of this site; null if the site no longer exists */
  async subscribers(tx: Tx, siteId: SiteId, at: Date): Promise<Subscriber[] | null> {
    // Locked, so that they cannot be deleted before the rows that reference them are inserted.
    const [sites, subscribers] = await Promise.all([
      tx.prepared('event-site', sql`SELECT id FROM site WHERE id = $1 FOR KEY SHARE`, [siteId]),
      tx.prepared<Subscriber>(
        'event-subscribers',
        sql`SELECT id, events, failures >= $3 AS failing, coalesce(open_until > $2, false) AS open
         FROM webhook_endpoint WHERE site_id = $1 AND state = 'active' ORDER BY id FOR KEY SHARE`,
        [siteId, at, MIN_FAILURES_TO_COUNT_AS_FAILING],
      ),
    ]);
    return sites.length === 0 ? null : subscribers;
  }

  /** The texts, authors and scores of comments, keyed by `<commentId> <revision>`; a revision that no longer exists is absent. */
  async details(
    tx: Tx,
    siteId: SiteId,
    commentRevisions: readonly { commentId: string; revision: number }[],
  ): Promise<Map<string, CommentDetail>> {
    if (commentRevisions.length === 0) return new Map();
    const rows = await tx.prepared<CommentDetail & { commentId: string; revision: number }>(
      'event-details',
      DETAILS,
      [siteId, JSON.stringify(commentRevisions)],
    );
    return new Map(
      rows.map(({ commentId, revision, body, html, author, scores }) => [
        `${commentId} ${revision}`,
        { body, html, author, scores },
      ]),
    );
  }

  /**
   * Advances the counters of these subjects by one per occurrence.
   * @returns the new numbers, in the order of `subjects`
   */
  async nextSequences(tx: Tx, siteId: SiteId, subjects: readonly string[]): Promise<number[]> {
    const counts = new Map<string, number>();
    for (const subject of subjects) counts.set(subject, (counts.get(subject) ?? 0) + 1);
    const rows = await tx.prepared<{ subject: string; last: number }>(
      'event-sequences',
      sql`INSERT INTO event_counter (site_id, subject, last)
       SELECT $1, * FROM unnest($2::text[], $3::int[])
       ON CONFLICT (site_id, subject) DO UPDATE SET last = event_counter.last + excluded.last
       RETURNING subject, last`,
      [siteId, [...counts.keys()], [...counts.values()]],
    );
    const next = new Map(rows.map(({ subject, last }) => [subject, last - counts.get(subject)! + 1]));
    return subjects.map((subject) => {
      const sequence = next.get(subject)!;
      next.set(subject, sequence + 1);
      return sequence;
    });
  }

  /** @returns the position of each event by its id */
  async insertEvents(tx: Tx, siteId: SiteId, events: readonly NewEventRow[]): Promise<Map<EventId, string>> {
    const rows = await tx.prepared<{ id: EventId; position: string }>('event-insert', INSERT_EVENTS, [
      siteId,
      JSON.stringify(events),
    ]);
    return new Map(rows.map(({ id, position }) => [id, position]));
  }

  insertDeliveries(tx: Tx, siteId: SiteId, deliveries: readonly NewDeliveryRow[], at: Date): void {
    if (deliveries.length === 0) return;
    tx.write(
      'delivery-insert',
      sql`INSERT INTO delivery (site_id, id, endpoint_id, event_id, subject, position, next_attempt_at, created_at)
       SELECT $1, d.id, d."endpointId", d."eventId", d.subject, d.position, $3, $3
       FROM jsonb_to_recordset($2::jsonb)
         AS d (id uuid, "endpointId" uuid, "eventId" uuid, subject text, position bigint)`,
      [siteId, JSON.stringify(deliveries), at],
    );
  }

  /** @returns how many were deleted */
  async purge(tx: Tx, before: Date, maxRows: number): Promise<number> {
    const [row] = await tx.query<{ count: string }>(sql`SELECT purge_events($1, $2) AS count`, [
      before,
      maxRows,
    ]);
    return Number(row.count);
  }
}
