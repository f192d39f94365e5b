import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/database.js';
import { newId, type ReaderId, type StoryId } from '../../../platform/ids.js';
import { PubSub } from '../../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { threadChangedMessage, threadTopic } from '../../comments/thread-changed-message.js';
import { nameSkeleton, placeholderName } from '../../readers/display-name.js';
import { ReaderDirectory } from '../../readers/reader-directory.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { commentRows, type CommentRows, type CommentSource, type PlannedComment } from './comment-rows.js';
import type { ImportLane, SiteImport, SiteImportId } from './import.repository.js';
import { resolveSanctions } from './sanctions.js';
import type { SourceRefs } from './source-refs.js';
import type { StagedReader } from './staged-rows.js';
import { type Sql, composeSql, sql } from '../../../platform/database/sql.js';

/** The result of a batch: the position after it, and the number of rows it wrote. */
export interface WrittenBatch {
  readonly cursor: unknown;
  readonly rows: number;
}

const STORIES_PER_BATCH = 500;
const READERS_PER_BATCH = 500;
const ENTITLEMENTS_PER_BATCH = 500;
const PARENTS_PER_BATCH = 500;
const COMMENTS_PER_BATCH = 1_000;
const NO_FINGERPRINT = composeSql`erased`;

/** Readers to write ($3, from `writeReaders`), each with its row of the import. */
const PLANNED_READERS = composeSql`
  jsonb_to_recordset($3::jsonb) AS p (ref uuid, name text, skeleton text, "publisherName" text, picture text, email text,
    role text, tier text, standing text, until timestamptz, reason text, at timestamptz, history jsonb)
  JOIN import_reader r ON r.site_id = $1 AND r.import_id = $2 AND r.ref = p.ref`;

export const INSERT_READERS = composeSql`
  INSERT INTO reader (site_id, id, key, name, name_skeleton, name_from_publisher, picture, email, role, tier, published_count,
    rejected_count, created_at, seen_at)
  SELECT $1, r.reader_id, r.key, p.name, p.skeleton, p."publisherName", p.picture, p.email, p.role, p.tier, r.published, r.rejected,
    p.at, p.at
  FROM ${PLANNED_READERS} WHERE r.is_new ON CONFLICT DO NOTHING`;

export const UPDATE_SANCTIONED_READERS = composeSql`
  WITH p AS MATERIALIZED (
    SELECT r.reader_id, p.standing, p.until, p.reason, p.role FROM ${PLANNED_READERS} WHERE NOT r.is_erased
  )
  UPDATE reader t SET standing = p.standing, standing_until = p.until, standing_reason = p.reason,
    role = CASE WHEN t.role = 'reader' THEN p.role ELSE t.role END
  FROM p
  WHERE t.site_id = $1 AND t.id = p.reader_id AND t.standing = 'normal'
    AND (p.standing <> 'normal' OR p.role <> t.role AND t.role = 'reader')
    AND NOT EXISTS (SELECT FROM reader_sanction s WHERE s.site_id = $1 AND s.reader_id = t.id)
  RETURNING t.key`;

export const INSERT_SANCTIONS = composeSql`
  INSERT INTO reader_sanction (site_id, id, reader_id, standing, until, reason, created_at, imported_from, imported_by)
  SELECT $1, h.id, r.reader_id, h.standing, h.until, h.reason, h.at, $4, CASE
    WHEN EXISTS (SELECT FROM import_reader x WHERE x.site_id = $1 AND x.import_id = $2 AND x.ref = h."byRef" AND x.is_erased) THEN NULL
    ELSE coalesce((SELECT nullif(m.doc ->> 'name', '') FROM import_record m WHERE m.site_id = $1 AND m.import_id = $2
      AND m.kind = 'reader' AND m.ref = h."byRef" LIMIT 1), h.by) END
  FROM ${PLANNED_READERS}
  CROSS JOIN LATERAL jsonb_to_recordset(p.history) AS h (id uuid, standing text, until timestamptz, reason text, by text,
    "byRef" uuid, at timestamptz)
  WHERE NOT r.is_erased AND NOT EXISTS (SELECT FROM reader_sanction s WHERE s.site_id = $1 AND s.reader_id = r.reader_id)`;

/**
 * Writes an import in small batches, each in its caller's transaction. No events are emitted. Each method returns null
 * if nothing is left to write.
 */
@Injectable()
export class ImportWriting {
  constructor(
    private readonly readers: ReaderDirectory,
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
  ) {}

  async writeStories(
    tx: Tx,
    ctx: SiteContext,
    id: SiteImportId,
    source: string,
    after: string | null,
  ): Promise<WrittenBatch | null> {
    const rows = await tx.query<{ ref: string }>(
      sql`SELECT ref FROM import_story WHERE site_id = $1 AND import_id = $2 AND ($3::uuid IS NULL OR ref > $3)
       ORDER BY ref LIMIT $4`,
      [ctx.siteId, id, after, STORIES_PER_BATCH],
    );
    if (rows.length === 0) return null;
    const refs = rows.map(({ ref }) => ref);
    await tx.query(
      sql`INSERT INTO story (site_id, id, key, url, title, section, published_at, state, comment_count, created_at, updated_at,
         title_source, topics, policy, closes_at, exempt_from_auto_close)
       SELECT $1, s.story_id, s.key, r.doc ->> 'url', r.doc ->> 'title', r.doc ->> 'section', (r.doc ->> 'publishedAt')::timestamptz,
         r.doc ->> 'state', s.comments, r.at, $4, coalesce(r.doc ->> 'titleSource', 'publisher'), coalesce(r.doc -> 'topics', '[]'),
         nullif(r.doc -> 'policy', 'null'), (r.doc ->> 'closesAt')::timestamptz, coalesce((r.doc ->> 'exemptFromAutoClose')::boolean, false)
       FROM import_story s
       CROSS JOIN LATERAL (SELECT r.doc, r.at FROM import_record r WHERE r.site_id = $1 AND r.import_id = $2
         AND r.kind = 'story' AND r.ref = s.ref ORDER BY r.file, r.line LIMIT 1) r
       WHERE s.site_id = $1 AND s.import_id = $2 AND s.ref = ANY ($3) AND s.is_new
       ON CONFLICT DO NOTHING`,
      [ctx.siteId, id, refs, this.clock.now()],
    );
    // Handle stories that were registered after matching.
    await tx.query(
      sql`UPDATE import_story s SET story_id = k.id, is_new = false FROM story k
       WHERE s.site_id = $1 AND s.import_id = $2 AND s.ref = ANY ($3) AND k.site_id = $1 AND k.key = s.key AND k.id <> s.story_id`,
      [ctx.siteId, id, refs],
    );
    await tx.query(
      sql`WITH added AS (
         SELECT story_id, sum(comments)::int AS comments FROM import_story
         WHERE site_id = $1 AND import_id = $2 AND ref = ANY ($3) AND NOT is_new AND comments > 0 GROUP BY story_id
       ), locked AS MATERIALIZED (
         SELECT id FROM story WHERE site_id = $1 AND id IN (SELECT story_id FROM added) ORDER BY id FOR NO KEY UPDATE
       )
       UPDATE story t SET comment_count = t.comment_count + added.comments FROM added, locked
       WHERE t.site_id = $1 AND t.id = added.story_id AND locked.id = t.id`,
      [ctx.siteId, id, refs],
    );
    await tx.query(
      sql`INSERT INTO external_id (site_id, kind, source, external_id, id)
       SELECT DISTINCT ON (r.doc ->> 'key') $1::uuid, 'story', $4, r.doc ->> 'key', s.story_id FROM import_story s
       JOIN import_record r ON r.site_id = $1 AND r.import_id = $2 AND r.kind = 'story' AND r.ref = s.ref
       WHERE s.site_id = $1 AND s.import_id = $2 AND s.ref = ANY ($3)
       ON CONFLICT DO NOTHING`,
      [ctx.siteId, id, refs, source],
    );
    return { cursor: refs.at(-1), rows: refs.length };
  }

  async writeReaders(
    tx: Tx,
    ctx: SiteContext,
    { id, format, options }: Pick<SiteImport, 'id' | 'format' | 'options'>,
    sourceRefs: SourceRefs,
    after: string | null,
  ): Promise<WrittenBatch | null> {
    const now = this.clock.now();
    const rows = await tx.query<{
      ref: string;
      id: ReaderId;
      key: string;
      isNew: boolean;
      isErased: boolean;
      at: Date | null;
      doc: StagedReader | null;
    }>(
      sql`SELECT r.ref, r.reader_id AS id, r.key, r.is_new AS "isNew", r.is_erased AS "isErased", u.at, u.doc FROM import_reader r
       LEFT JOIN LATERAL (SELECT u.at, u.doc FROM import_record u WHERE u.site_id = $1 AND u.import_id = $2
         AND u.kind = 'reader' AND u.ref = r.ref ORDER BY u.line LIMIT 1) u ON true
       WHERE r.site_id = $1 AND r.import_id = $2 AND ($3::uuid IS NULL OR r.ref > $3) ORDER BY r.ref LIMIT $4`,
      [ctx.siteId, id, after, READERS_PER_BATCH],
    );
    if (rows.length === 0) return null;
    const refs = rows.map(({ ref }) => ref);
    const plans = rows.map((row) => {
      const doc = row.isErased ? null : row.doc;
      const name = doc?.name ? doc.name : placeholderName(row.id);
      const { current, history } = doc
        ? resolveSanctions(doc, options.groups, now.getTime())
        : { current: null, history: [] };
      return {
        ref: row.ref,
        name,
        skeleton: nameSkeleton(name),
        publisherName: doc?.publisherName ?? '',
        picture: doc?.picture ?? null,
        email: doc?.email ?? null,
        role: doc?.role ?? 'reader',
        tier: doc?.tier ?? null,
        standing: current?.standing ?? 'normal',
        until: isoOf(current?.until ?? null),
        reason: current?.reason ?? null,
        at: (row.at ?? now).toISOString(),
        history: history.map((each) => ({
          id: newId(each.at),
          standing: each.standing,
          until: isoOf(each.until),
          reason: each.reason ?? 'Imported unchanged.',
          by: each.by,
          byRef: each.by === null ? null : sourceRefs.reader(each.by),
          at: isoOf(each.at),
        })),
      };
    });
    await tx.query(INSERT_READERS, [ctx.siteId, id, JSON.stringify(plans)]);
    // Handle readers who first signed in after matching.
    await tx.query(
      sql`UPDATE import_reader r SET reader_id = k.id, is_new = false FROM reader k
       WHERE r.site_id = $1 AND r.import_id = $2 AND r.ref = ANY ($3) AND r.is_new AND k.site_id = $1 AND k.key = r.key AND k.id <> r.reader_id`,
      [ctx.siteId, id, refs],
    );
    await tx.query(
      sql`WITH added AS (
         SELECT reader_id, sum(published)::int AS published, sum(rejected)::int AS rejected FROM import_reader
         WHERE site_id = $1 AND import_id = $2 AND ref = ANY ($3) AND NOT is_new AND published + rejected > 0 GROUP BY reader_id
       ), locked AS MATERIALIZED (
         SELECT id FROM reader WHERE site_id = $1 AND id IN (SELECT reader_id FROM added) ORDER BY id FOR NO KEY UPDATE
       )
       UPDATE reader t SET published_count = t.published_count + added.published, rejected_count = t.rejected_count + added.rejected
       FROM added, locked WHERE t.site_id = $1 AND t.id = added.reader_id AND locked.id = t.id`,
      [ctx.siteId, id, refs],
    );
    const hasSanctionOrRole = ({ standing, role, history }: (typeof plans)[number]): boolean =>
      standing !== 'normal' || role !== 'reader' || history.length > 0;
    const selected = plans.filter(hasSanctionOrRole);
    if (selected.length > 0) await this.applySanctionsAndRoles(tx, ctx, id, format, JSON.stringify(selected));
    return { cursor: refs.at(-1), rows: refs.length };
  }

  /** Skips readers who already have sanctions on this site, current or past. */
  private async applySanctionsAndRoles(
    tx: Tx,
    ctx: SiteContext,
    id: SiteImportId,
    source: string,
    plans: string,
  ): Promise<void> {
    const changed = await tx.query<{ key: string }>(UPDATE_SANCTIONED_READERS, [ctx.siteId, id, plans]);
    for (const { key } of changed) await this.readers.publishChange(tx, ctx.siteId, key);
    await tx.query(INSERT_SANCTIONS, [ctx.siteId, id, plans, source]);
  }

  /** Writes entitlements that the site does not have. Readers who were erased on this site get none. */
  async writeEntitlements(
    tx: Tx,
    ctx: SiteContext,
    id: SiteImportId,
    after: string | null,
  ): Promise<WrittenBatch | null> {
    const rows = await tx.query<{ ref: string }>(
      sql`SELECT DISTINCT ref FROM import_record WHERE site_id = $1 AND import_id = $2 AND kind = 'entitlement'
         AND ($3::uuid IS NULL OR ref > $3) ORDER BY ref LIMIT $4`,
      [ctx.siteId, id, after, ENTITLEMENTS_PER_BATCH],
    );
    if (rows.length === 0) return null;
    const refs = rows.map(({ ref }) => ref);
    const written = await tx.query<{ key: string }>(
      sql`INSERT INTO entitlement (site_id, reader_key, key, tier, status, kind, granted_by, valid_until, grace_until, ended_at,
         source, sequence, reported_at, updated_at)
       SELECT $1, e."readerKey", e.key, e.tier, e.status, e.kind, e."grantedBy", e."validUntil", e."graceUntil", e."endedAt",
         e.source, e.sequence, e."reportedAt", $4
       FROM (
         SELECT DISTINCT ON (r.ref) r.doc FROM import_record r
         WHERE r.site_id = $1 AND r.import_id = $2 AND r.kind = 'entitlement' AND r.ref = ANY ($3) ORDER BY r.ref, r.line
       ) record
       CROSS JOIN LATERAL jsonb_to_record(record.doc) AS e ("readerKey" text, key text, tier text, status text, kind text,
         "grantedBy" text, "validUntil" timestamptz, "graceUntil" timestamptz, "endedAt" timestamptz, source text,
         sequence numeric, "reportedAt" timestamptz, mac text)
       WHERE NOT EXISTS (SELECT FROM reader_fact f WHERE f.site_id = $1 AND f.reader_key = e."readerKey" AND f.kind = 'deletion')
         AND NOT EXISTS (SELECT FROM erased_reader x WHERE x.site_id = $1 AND x.key_mac = decode(e.mac, 'hex'))
       ON CONFLICT DO NOTHING RETURNING reader_key AS key`,
      [ctx.siteId, id, refs, this.clock.now()],
    );
    for (const { key } of written) await this.readers.publishChange(tx, ctx.siteId, key);
    return { cursor: refs.at(-1), rows: refs.length };
  }

  /** Raises the reply counts of comments that were on the site before and that imported comments reply to. */
  async addReplyCounts(
    tx: Tx,
    ctx: SiteContext,
    id: SiteImportId,
    after: string | null,
  ): Promise<WrittenBatch | null> {
    const rows = await tx.query<{ id: string }>(
      sql`SELECT id FROM import_comment WHERE site_id = $1 AND import_id = $2 AND NOT is_new AND replies > 0
         AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT $4`,
      [ctx.siteId, id, after, PARENTS_PER_BATCH],
    );
    if (rows.length === 0) return null;
    const ids = rows.map((row) => row.id);
    await tx.query(
      sql`WITH locked AS MATERIALIZED (
         SELECT id FROM comment WHERE site_id = $1 AND id = ANY ($3) ORDER BY id DESC FOR NO KEY UPDATE
       )
       UPDATE comment c SET reply_count = c.reply_count + i.replies FROM locked, import_comment i
       WHERE c.site_id = $1 AND c.id = locked.id AND i.site_id = $1 AND i.import_id = $2 AND i.id = c.id`,
      [ctx.siteId, id, ids],
    );
    return { cursor: ids.at(-1), rows: ids.length };
  }

  async writeComments(
    tx: Tx,
    ctx: SiteContext,
    site: SiteFacts,
    { id, format }: Pick<SiteImport, 'id' | 'format'>,
    refs: SourceRefs,
    { lane, cursor }: Pick<ImportLane, 'lane' | 'cursor'>,
  ): Promise<(WrittenBatch & { readonly cursor: ImportLane['cursor'] }) | null> {
    const planned = await tx.prepared<PlannedComment>('import-plan', PLAN_COMMENTS, [
      ctx.siteId,
      id,
      cursor?.[0] ?? null,
      cursor?.[1] ?? null,
      COMMENTS_PER_BATCH,
      lane,
    ]);
    if (planned.length === 0) return null;
    const sources = await tx.prepared<CommentSource>('import-sources', READ_SOURCES, [
      ctx.siteId,
      id,
      planned.map(({ ref }) => ref),
    ]);
    const rows = commentRows(planned, sources, {
      refs,
      reasons: new Set(site.policy.reasons.map(({ code }) => code)),
      reactionKinds: site.policy.reactions,
    });
    this.insertRows(tx, ctx, id, format, site, rows);
    const last = planned[planned.length - 1];
    return { cursor: [last.level, last.id], rows: planned.length };
  }

  private insertRows(
    tx: Tx,
    ctx: SiteContext,
    id: SiteImportId,
    source: string,
    site: SiteFacts,
    { comments, revisions, decisions, reactions, flags, externalIds }: CommentRows,
  ): void {
    const insert = (name: string, statement: Sql, rows: readonly object[], ...values: unknown[]): void => {
      if (rows.length > 0) tx.write(name, statement, [ctx.siteId, JSON.stringify(rows), ...values]);
    };
    insert('import-comments', INSERT_COMMENTS, comments);
    insert('import-revisions', INSERT_REVISIONS, revisions, id);
    insert('import-decisions', INSERT_DECISIONS, decisions, source, site.policyVersion);
    insert('import-reactions', INSERT_REACTIONS, reactions);
    insert('import-flags', INSERT_FLAGS, flags);
    insert('import-external-ids', INSERT_EXTERNAL_IDS, externalIds, source);
  }

  /** Publishes a change of each thread that got comments, because readers may have it open. */
  async announceThreadChanges(
    tx: Tx,
    ctx: SiteContext,
    id: SiteImportId,
    after: string | null,
  ): Promise<WrittenBatch | null> {
    const rows = await tx.query<{ ref: string; storyId: StoryId }>(
      sql`SELECT ref, story_id AS "storyId" FROM import_story
       WHERE site_id = $1 AND import_id = $2 AND comments > 0 AND ($3::uuid IS NULL OR ref > $3) ORDER BY ref LIMIT $4`,
      [ctx.siteId, id, after, STORIES_PER_BATCH],
    );
    if (rows.length === 0) return null;
    for (const { storyId } of rows)
      await this.pubsub.publish(
        tx,
        threadTopic(ctx.siteId, storyId),
        threadChangedMessage(ctx.siteId, storyId),
      );
    return { cursor: rows[rows.length - 1].ref, rows: rows.length };
  }
}

const isoOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

// Locks the authors' rows, so that none of them is erased before the commit.
const PLAN_COMMENTS = sql`
  WITH next AS MATERIALIZED (
    SELECT c.ref, c.level, c.id, c.status, c.author_ref, c.story_ref, c.answers_id, c.top_id, c.replies FROM import_comment c
    WHERE c.site_id = $1 AND c.import_id = $2 AND c.lane = $6 AND c.is_new AND ($3::int IS NULL OR (c.level, c.id) > ($3::int, $4::uuid))
    ORDER BY c.level, c.id LIMIT $5
  ), authors AS MATERIALIZED (
    SELECT r.id, r.key FROM reader r
    WHERE r.site_id = $1 AND r.id IN (SELECT a.reader_id FROM next JOIN import_reader a
      ON a.site_id = $1 AND a.import_id = $2 AND a.ref = next.author_ref)
    FOR KEY SHARE
  )
  SELECT n.ref, n.level, n.id, CASE WHEN k.key LIKE 'erased:%' THEN 'deleted' ELSE n.status END AS status,
    s.story_id AS "storyId", a.reader_id AS "authorId", n.answers_id AS "answersId", n.top_id AS "topId", n.replies
  FROM next n
  JOIN import_story s ON s.site_id = $1 AND s.import_id = $2 AND s.ref = n.story_ref
  JOIN import_reader a ON a.site_id = $1 AND a.import_id = $2 AND a.ref = n.author_ref
  JOIN authors k ON k.id = a.reader_id
  ORDER BY n.level, n.id`;

// Same order as in `createBaseSql`: documents that are not archived come first.
const READ_SOURCES = sql`
  SELECT r.ref, r.kind, round(date_part('epoch', r.at) * 1000) AS at, r.doc, a.reader_id AS "readerId", m.name,
    r.kind = 'decision' AND EXISTS (SELECT FROM import_reader x WHERE x.site_id = $1 AND x.import_id = $2 AND x.ref = r.reader_ref AND x.is_erased)
      AS "isModeratorErased"
  FROM unnest($3::uuid[]) AS p (ref)
  JOIN import_record r ON r.site_id = $1 AND r.import_id = $2 AND r.ref = p.ref
  LEFT JOIN import_reader a ON a.site_id = $1 AND a.import_id = $2 AND a.ref = r.reader_ref AND NOT a.is_erased
    AND r.kind IN ('reaction', 'flag')
  LEFT JOIN LATERAL (
    SELECT nullif(m.doc ->> 'name', '') AS name FROM import_record m
    WHERE r.kind = 'decision' AND m.site_id = $1 AND m.import_id = $2 AND m.ref = r.reader_ref AND m.kind = 'reader' LIMIT 1
  ) m ON true
  ORDER BY r.file LIKE 'archived%', r.line`;

const INSERT_COMMENTS = sql`
  INSERT INTO comment (site_id, id, story_id, parent_id, root_id, author_id, status, revision, visible, shown_revision, reply_count,
    reactions, reaction_count, flag_count, waiting_since, created_at, reason, reason_text, published_at, picked_at,
    author_tier, escalated, pinned_at, language, page_language)
  SELECT $1, p.id, p.story, p.parent, p.root, p.author, p.status, p.revision, p.status = 'published',
    coalesce(p."shownRevision", CASE WHEN p.shown THEN p.revision END), p.replies, p.reactions, p.reacted, p.flags, p.waiting, p.at, p.reason, p.explanation,
    coalesce(p."publishedAt", CASE WHEN p.shown THEN p.at END), p.picked, p."authorTier", coalesce(p.escalated, false),
    -- A thread has one pinned comment.
    CASE WHEN row_number() OVER (PARTITION BY p.story ORDER BY p."pinnedAt") = 1
      AND NOT EXISTS (SELECT FROM comment x WHERE x.site_id = $1 AND x.story_id = p.story AND x.pinned_at IS NOT NULL)
      THEN p."pinnedAt" END,
    p.language, p."pageLanguage"
  FROM jsonb_to_recordset($2::jsonb) AS p (id uuid, story uuid, parent uuid, root uuid, author uuid, status text, revision int,
    shown boolean, replies int, reactions jsonb, reacted int, flags int, waiting timestamptz, at timestamptz, reason text,
    explanation text, picked timestamptz, "shownRevision" int, "publishedAt" timestamptz, "authorTier" text, escalated boolean,
    "pinnedAt" timestamptz, language text, "pageLanguage" text)`;

// The text of a deleted comment is not stored.
export const INSERT_REVISIONS = composeSql`
  INSERT INTO revision (site_id, id, comment_id, number, body, html, fingerprint, created_at)
  SELECT $1, imported_id(rev.at, rev.ref), p.id, rev.number, CASE WHEN p.empty THEN '' ELSE rev.body END,
    CASE WHEN p.empty THEN '' ELSE rev.html END, CASE WHEN p.empty THEN '${NO_FINGERPRINT}' ELSE rev.print END, rev.at
  FROM jsonb_to_recordset($2::jsonb) AS p (ref uuid, id uuid, empty boolean)
  CROSS JOIN LATERAL (
    SELECT r.texts, r.at FROM import_record r
    WHERE r.site_id = $1 AND r.import_id = $3 AND r.ref = p.ref AND r.kind = 'comment'
    ORDER BY r.file LIKE 'archived%', r.line LIMIT 1
  ) r
  CROSS JOIN LATERAL (
    SELECT t.number::int AS number, t.text ->> 'body' AS body, t.text ->> 'html' AS html, t.text ->> 'print' AS print,
      (t.text ->> 'at')::timestamptz AS at, (t.text ->> 'ref')::uuid AS ref
    FROM jsonb_array_elements(r.texts) WITH ORDINALITY AS t (text, number)
    UNION ALL
    SELECT 1, '', '', '${NO_FINGERPRINT}', r.at, p.ref WHERE r.texts = '[]'
  ) rev`;

// Inserted in the order in which they were made, because the queue shows the rule of the last decision.
const INSERT_DECISIONS = sql`
  INSERT INTO decision (site_id, id, comment_id, revision, action, decided_by, rule_key, rule_text, reason, reason_text, note,
    from_status, to_status, policy_version, created_at, imported_from, imported_by)
  SELECT $1, imported_id(p.at, p.ref), p.comment, p.revision, p.action, CASE WHEN p.by IS NULL THEN 'rule' ELSE 'moderator' END,
    p.rule ->> 'key', p.rule ->> 'text', p.reason, p.explanation, p.note, p."from", p."to", coalesce(p."policyVersion", $4), p.at, $3, p.name
  FROM jsonb_to_recordset($2::jsonb) AS p (ref uuid, comment uuid, revision int, action text, by text, rule jsonb, reason text,
    explanation text, note text, "from" text, "to" text, "policyVersion" int, at timestamptz, name text)
  ORDER BY p.at`;

const INSERT_REACTIONS = sql`
  INSERT INTO reaction (site_id, comment_id, reader_id, kind, created_at)
  SELECT $1, p.comment, p.reader, p.kind, p.at
  FROM jsonb_to_recordset($2::jsonb) AS p (comment uuid, reader uuid, kind text, at timestamptz)`;

const INSERT_FLAGS = sql`
  INSERT INTO flag (site_id, id, comment_id, reader_id, reason, detail, created_at, closed_at, closed_by)
  SELECT $1, p.id, p.comment, p.reader, p.reason, p.detail, p.at, p."closedAt",
    CASE WHEN p."closedBy" IS NOT NULL THEN imported_id(p."closedByAt", p."closedBy") END
  FROM jsonb_to_recordset($2::jsonb) AS p (id uuid, comment uuid, reader uuid, reason text, detail text, at timestamptz,
    "closedAt" timestamptz, "closedBy" uuid, "closedByAt" timestamptz)`;

const INSERT_EXTERNAL_IDS = sql`
  INSERT INTO external_id (site_id, kind, source, external_id, id)
  SELECT $1, 'comment', $3, p.ext, p.id
  FROM jsonb_to_recordset($2::jsonb) AS p (ext text, id uuid)
  ON CONFLICT DO NOTHING`;
