import type { Tx } from '../../../platform/database/database.js';
import { sql } from '../../../platform/database/sql.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type {
  AuditLine,
  CommentLine,
  DecisionLine,
  EntitlementLine,
  ExportLine,
  FlagLine,
  ReaderLine,
  ReactionLine,
  StoryLine,
} from '../site-records.js';

const ROWS_PER_PAGE = 500;
/** Fewer, because each has its texts, decisions, reactions and flags. */
const COMMENTS_PER_PAGE = 200;

export type PageKey = (string | number)[];

export interface ExportPage {
  readonly lines: readonly ExportLine[];
  /** The key of the last row; null if this is the last page of its section. */
  readonly next: PageKey | null;
}

/**
 * Reads one page of a section.
 *
 * @param after the key of the last row that was read; null at the start
 * @param startedAt comments written later are not exported, because their stories and readers may be missing
 */
type ReadPage = (tx: Tx, ctx: SiteContext, after: PageKey | null, startedAt: Date) => Promise<ExportPage>;

/** The sections of an export, in order. */
export const EXPORT_SECTIONS = ['story', 'reader', 'entitlement', 'comment', 'event', 'audit'] as const;

export const EXPORT_PAGES: Readonly<Record<(typeof EXPORT_SECTIONS)[number], ReadPage>> = {
  story: async (tx, { siteId }, after) =>
    pageOf(
      await tx.query<StoryLine & { id: string }>(
        sql`SELECT 'story' AS type, id, key, url, title, title_source AS "titleSource", section, published_at AS "publishedAt", topics,
           state, closes_at AS "closesAt", exempt_from_auto_close AS "exemptFromAutoClose", policy, created_at AS "createdAt"
         FROM story WHERE site_id = $1 AND ($2::uuid IS NULL OR id > $2) ORDER BY id LIMIT $3`,
        [siteId, after?.[0] ?? null, ROWS_PER_PAGE],
      ),
      ROWS_PER_PAGE,
      ({ id }) => [id],
      ({ id: _id, ...line }) => [line],
    ),

  reader: async (tx, { siteId }, after) =>
    pageOf(
      await tx.query<ReaderLine & { id: string }>(
        sql`SELECT 'reader' AS type, r.id, r.key, r.name, r.name_from_publisher AS "nameFromPublisher", r.picture, r.email, r.tier, r.role,
           r.standing, r.standing_until AS "standingUntil", r.standing_reason AS "standingReason", (
             SELECT coalesce(json_agg(json_build_object('standing', s.standing, 'until', s.until, 'reason', s.reason,
               'by', coalesce(s.imported_by, m.name, s.api_caller), 'at', s.created_at) ORDER BY s.id), '[]')
             FROM reader_sanction s LEFT JOIN moderator m ON m.id = s.moderator_id
             WHERE s.site_id = $1 AND s.reader_id = r.id) AS sanctions,
           r.created_at AS "createdAt"
         FROM reader r WHERE r.site_id = $1 AND r.key NOT LIKE 'erased:%' AND ($2::uuid IS NULL OR r.id > $2) ORDER BY r.id LIMIT $3`,
        [siteId, after?.[0] ?? null, ROWS_PER_PAGE],
      ),
      ROWS_PER_PAGE,
      ({ id }) => [id],
      ({ id: _id, sanctions, ...line }) => [
        {
          ...line,
          sanctions: sanctions.map((each) => ({ ...each, until: isoOf(each.until), at: isoOf(each.at) })),
        },
      ],
    ),

  entitlement: async (tx, { siteId }, after) =>
    pageOf(
      await tx.query<EntitlementLine>(
        sql`SELECT 'entitlement' AS type, reader_key AS "readerKey", key, tier, status, kind, granted_by AS "grantedBy",
           valid_until AS "validUntil", grace_until AS "graceUntil", ended_at AS "endedAt", source, sequence::text AS sequence,
           reported_at AS "reportedAt"
         FROM entitlement WHERE site_id = $1 AND ($2::text IS NULL OR (reader_key, key) > ($2, $3)) ORDER BY reader_key, key LIMIT $4`,
        [siteId, after?.[0] ?? null, after?.[1] ?? null, ROWS_PER_PAGE],
      ),
      ROWS_PER_PAGE,
      ({ readerKey, key }) => [readerKey, key],
      (line) => [line],
    ),

  // One statement, so that a comment, its status and its decisions belong together.
  comment: async (tx, { siteId }, after, startedAt) =>
    pageOf(
      await tx.query<CommentRow>(
        sql`SELECT 'comment' AS type, c.id, s.key AS "storyKey", c.parent_id AS "parentId",
           CASE WHEN r.key NOT LIKE 'erased:%' THEN r.key END AS "readerKey", c.author_tier AS "authorTier", c.status, c.reason,
           c.reason_text AS explanation, CASE WHEN c.status <> 'deleted' THEN (
             SELECT json_agg(json_build_object('body', v.body, 'at', v.created_at) ORDER BY v.number)
             FROM revision v WHERE v.site_id = $1 AND v.comment_id = c.id) END AS revisions,
           CASE WHEN c.status <> 'deleted' THEN c.shown_revision END AS "shownRevision", c.escalated, c.waiting_since AS "waitingSince", c.published_at AS "publishedAt",
           c.picked_at AS "pickedAt", c.pinned_at AS "pinnedAt", c.language, c.page_language AS "pageLanguage",
           c.created_at AS "createdAt", (
             SELECT json_agg(json_build_object('id', d.id, 'revision', d.revision, 'action', d.action,
               'rule', CASE WHEN d.decided_by = 'rule' THEN json_build_object('key', d.rule_key, 'text', d.rule_text) END,
               'by', CASE WHEN d.decided_by = 'moderator' THEN coalesce(d.imported_by, m.name, d.api_caller, '') END,
               'reason', d.reason, 'explanation', d.reason_text, 'note', d.note, 'from', d.from_status, 'to', d.to_status,
               'policyVersion', d.policy_version, 'at', d.created_at) ORDER BY d.id)
             FROM decision d LEFT JOIN moderator m ON m.id = d.moderator_id
             WHERE d.site_id = $1 AND d.comment_id = c.id) AS decisions, (
             SELECT json_agg(json_build_object('readerKey', k.key, 'kind', x.kind, 'at', x.created_at)
               ORDER BY x.created_at, k.key, x.kind)
             FROM reaction x JOIN reader k ON k.site_id = $1 AND k.id = x.reader_id
             WHERE x.site_id = $1 AND x.comment_id = c.id AND c.status <> 'deleted' AND k.key NOT LIKE 'erased:%') AS reactions, (
             SELECT json_agg(json_build_object('readerKey', CASE WHEN k.key NOT LIKE 'erased:%' THEN k.key END, 'reason', f.reason,
               'detail', f.detail, 'at', f.created_at, 'closedAt', f.closed_at, 'closedBy', f.closed_by)
               ORDER BY f.created_at, k.key)
             FROM flag f LEFT JOIN reader k ON k.site_id = $1 AND k.id = f.reader_id
             WHERE f.site_id = $1 AND f.comment_id = c.id AND c.status <> 'deleted') AS flags
         FROM comment c
         JOIN story s ON s.site_id = $1 AND s.id = c.story_id
         JOIN reader r ON r.site_id = $1 AND r.id = c.author_id
         WHERE c.site_id = $1 AND ($2::uuid IS NULL OR c.id > $2) AND c.id < first_id_at($3) ORDER BY c.id LIMIT $4`,
        [siteId, after?.[0] ?? null, startedAt, COMMENTS_PER_PAGE],
      ),
      COMMENTS_PER_PAGE,
      ({ id }) => [id],
      commentLines,
    ),

  event: async (tx, { siteId }, after) =>
    pageOf(
      await tx.query<{ position: number; body: string }>(
        sql`SELECT position::float8 AS position, body_thin AS body FROM event WHERE site_id = $1 AND position > $2
         ORDER BY position LIMIT $3`,
        [siteId, after?.[0] ?? -1, ROWS_PER_PAGE],
      ),
      ROWS_PER_PAGE,
      ({ position }) => [position],
      ({ body }) => [{ type: 'event', event: JSON.parse(body) as unknown }],
    ),

  audit: async (tx, { siteId }, after) =>
    pageOf(
      await tx.query<Omit<AuditLine, 'type'>>(
        sql`SELECT position::float8 AS position, previous, hash, body AS entry FROM audit_entry
         WHERE site_id = $1 AND position > $2 ORDER BY position LIMIT $3`,
        [siteId, after?.[0] ?? 0, ROWS_PER_PAGE],
      ),
      ROWS_PER_PAGE,
      ({ position }) => [position],
      (line) => [{ type: 'audit', ...line }],
    ),
};

type WithoutComment<Line> = Omit<Line, 'type' | 'commentId'>;

interface CommentRow extends Omit<CommentLine, 'revisions'> {
  readonly revisions: CommentLine['revisions'] | null;
  readonly decisions: WithoutComment<DecisionLine>[] | null;
  readonly reactions: WithoutComment<ReactionLine>[] | null;
  readonly flags: WithoutComment<FlagLine>[] | null;
}

function commentLines({ revisions, decisions, reactions, flags, ...comment }: CommentRow): ExportLine[] {
  const commentId = comment.id;
  return [
    { ...comment, revisions: (revisions ?? []).map(({ body, at }) => ({ body, at: isoOf(at) })) },
    ...(decisions ?? []).map(({ id, ...decision }): DecisionLine => ({
      type: 'decision',
      id,
      commentId,
      ...decision,
      at: isoOf(decision.at),
    })),
    ...(reactions ?? []).map((reaction): ReactionLine => ({
      type: 'reaction',
      commentId,
      ...reaction,
      at: isoOf(reaction.at),
    })),
    ...(flags ?? []).map((flag): FlagLine => ({
      type: 'flag',
      commentId,
      ...flag,
      at: isoOf(flag.at),
      closedAt: isoOf(flag.closedAt),
    })),
  ];
}

/** JSON that PostgreSQL builds has instants with a numeric offset. */
function isoOf(instant: string): string;
function isoOf(instant: string | null): string | null;
function isoOf(instant: string | null): string | null {
  return instant === null ? null : new Date(instant).toISOString();
}

const pageOf = <Row>(
  rows: readonly Row[],
  limit: number,
  keyOf: (row: Row) => PageKey,
  linesOf: (row: Row) => readonly ExportLine[],
): ExportPage => ({
  lines: rows.flatMap(linesOf),
  next: rows.length < limit ? null : keyOf(rows[rows.length - 1]),
});
