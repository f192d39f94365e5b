import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/database.js';
import { newId, type ReaderId, type StoryId } from '../../../platform/ids.js';
import { PubSub } from '../../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { threadNotice, threadTopic } from '../../comments/thread-notice.js';
import { nameSkeleton, substituteName } from '../../readers/display-name.js';
import { ReaderDirectory } from '../../readers/reader-directory.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { pastState, type HistoryInput } from './decision-history.js';
import type { ImportLane, SiteImport, SiteImportId } from './import.repository.js';
import { sanctionsOf } from './sanctions.js';
import type { SourceRefs } from './source-refs.js';
import type { StagedReader } from './staged-rows.js';

/** What a batch did: the place after it; null: nothing was left. */
export interface Written {
  readonly cursor: unknown;
  readonly rows: number;
}

const STORIES_AT_ONCE = 500;
const READERS_AT_ONCE = 500;
const COMMENTS_AT_ONCE = 1_000;
const NO_FINGERPRINT = 'erased';
const RULE = 'imported';

interface PlannedComment {
  ref: string;
  level: number;
  id: string;
  status: HistoryInput['status'];
  revs: [string, number][];
  decisions: (HistoryInput['decisions'][number] & { name: string | null })[] | null;
  detections: HistoryInput['detections'] | null;
  flags: { readerId: string; reason: string; detail: string | null; at: number; closed: boolean }[] | null;
}

/** The small batches in which an import is written, each in its caller's transaction. No events follow from them. */
@Injectable()
export class ImportWriting {
  constructor(
    private readonly readers: ReaderDirectory,
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
  ) {}

  async stories(
    tx: Tx,
    ctx: SiteContext,
    id: SiteImportId,
    source: string,
    after: string | null,
  ): Promise<Written | null> {
    const rows = await tx.query<{ ref: string }>(
      `SELECT ref FROM import_story WHERE site_id = $1 AND import_id = $2 AND ($3::uuid IS NULL OR ref > $3)
       ORDER BY ref LIMIT ${STORIES_AT_ONCE}`,
      [ctx.siteId, id, after],
    );
    if (rows.length === 0) return null;
    const refs = rows.map(({ ref }) => ref);
    await tx.query(
      `INSERT INTO story (site_id, id, key, url, title, section, published_at, state, comment_count, created_at, updated_at)
       SELECT $1, s.story_id, s.key, r.doc ->> 'url', r.doc ->> 'title', r.doc ->> 'section', (r.doc ->> 'publishedAt')::timestamptz,
         r.doc ->> 'state', s.comments, r.at, $4
       FROM import_story s
       CROSS JOIN LATERAL (SELECT r.doc, r.at FROM import_record r WHERE r.site_id = $1 AND r.import_id = $2
         AND r.kind = 'story' AND r.ref = s.ref ORDER BY r.file, r.line LIMIT 1) r
       WHERE s.site_id = $1 AND s.import_id = $2 AND s.ref = ANY ($3) AND s.is_new
       ON CONFLICT DO NOTHING`,
      [ctx.siteId, id, refs, this.clock.now()],
    );
    // Somebody registered it since it was looked for.
    await tx.query(
      `UPDATE import_story s SET story_id = k.id, is_new = false FROM story k
       WHERE s.site_id = $1 AND s.import_id = $2 AND s.ref = ANY ($3) AND k.site_id = $1 AND k.key = s.key AND k.id <> s.story_id`,
      [ctx.siteId, id, refs],
    );
    await tx.query(
      `WITH more AS (
         SELECT story_id, sum(comments)::int AS comments FROM import_story
         WHERE site_id = $1 AND import_id = $2 AND ref = ANY ($3) AND NOT is_new AND comments > 0 GROUP BY story_id
       ), locked AS MATERIALIZED (
         SELECT id FROM story WHERE site_id = $1 AND id IN (SELECT story_id FROM more) ORDER BY id FOR NO KEY UPDATE
       )
       UPDATE story t SET comment_count = t.comment_count + more.comments FROM more, locked
       WHERE t.site_id = $1 AND t.id = more.story_id AND locked.id = t.id`,
      [ctx.siteId, id, refs],
    );
    await tx.query(
      `INSERT INTO external_id (site_id, kind, source, external_id, id)
       SELECT DISTINCT ON (r.doc ->> 'key') $1::uuid, 'story', $4, r.doc ->> 'key', s.story_id FROM import_story s
       JOIN import_record r ON r.site_id = $1 AND r.import_id = $2 AND r.kind = 'story' AND r.ref = s.ref
       WHERE s.site_id = $1 AND s.import_id = $2 AND s.ref = ANY ($3)
       ON CONFLICT DO NOTHING`,
      [ctx.siteId, id, refs, source],
    );
    return { cursor: refs.at(-1), rows: refs.length };
  }

  async readersOf(
    tx: Tx,
    ctx: SiteContext,
    { id, format, options }: Pick<SiteImport, 'id' | 'format' | 'options'>,
    sourceRefs: SourceRefs,
    after: string | null,
  ): Promise<Written | null> {
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
      `SELECT r.ref, r.reader_id AS id, r.key, r.is_new AS "isNew", r.is_erased AS "isErased", u.at, u.doc FROM import_reader r
       LEFT JOIN LATERAL (SELECT u.at, u.doc FROM import_record u WHERE u.site_id = $1 AND u.import_id = $2
         AND u.kind = 'reader' AND u.ref = r.ref ORDER BY u.line LIMIT 1) u ON true
       WHERE r.site_id = $1 AND r.import_id = $2 AND ($3::uuid IS NULL OR r.ref > $3) ORDER BY r.ref LIMIT ${READERS_AT_ONCE}`,
      [ctx.siteId, id, after],
    );
    if (rows.length === 0) return null;
    const refs = rows.map(({ ref }) => ref);
    const plans = rows.map((row) => {
      const doc = row.isErased ? null : row.doc;
      const name = doc?.name ? doc.name : substituteName(row.id);
      const { current, history } = doc
        ? sanctionsOf(doc, options.groups, now.getTime())
        : { current: null, history: [] };
      return {
        ref: row.ref,
        name,
        skeleton: nameSkeleton(name),
        given: doc?.given ?? '',
        picture: doc?.picture ?? null,
        email: doc?.email ?? null,
        role: doc?.role ?? 'reader',
        standing: current?.standing ?? 'normal',
        until: isoOf(current?.until ?? null),
        reason: current?.reason ?? null,
        at: (row.at ?? now).toISOString(),
        history: history.map((each) => ({
          id: newId(each.at),
          standing: each.standing,
          until: isoOf(each.until),
          reason: each.reason ?? 'Imported as it was.',
          by: each.by,
          byRef: each.by === null ? null : sourceRefs.reader(each.by),
          at: isoOf(each.at),
        })),
      };
    });
    const plan = JSON.stringify(plans);
    const PLAN = `jsonb_to_recordset($3::jsonb) AS p (ref uuid, name text, skeleton text, given text, picture text, email text,
      role text, standing text, until timestamptz, reason text, at timestamptz, history jsonb)
      JOIN import_reader r ON r.site_id = $1 AND r.import_id = $2 AND r.ref = p.ref`;
    await tx.query(
      `INSERT INTO reader (site_id, id, key, name, name_skeleton, name_given, picture, email, role, published_count, rejected_count, created_at, seen_at)
       SELECT $1, r.reader_id, r.key, p.name, p.skeleton, p.given, p.picture, p.email, p.role, r.published, r.rejected, p.at, p.at
       FROM ${PLAN} WHERE r.is_new ON CONFLICT DO NOTHING`,
      [ctx.siteId, id, plan],
    );
    // Somebody with that key signed in since they were looked for.
    await tx.query(
      `UPDATE import_reader r SET reader_id = k.id, is_new = false FROM reader k
       WHERE r.site_id = $1 AND r.import_id = $2 AND r.ref = ANY ($3) AND r.is_new AND k.site_id = $1 AND k.key = r.key AND k.id <> r.reader_id`,
      [ctx.siteId, id, refs],
    );
    await tx.query(
      `WITH more AS (
         SELECT reader_id, sum(published)::int AS published, sum(rejected)::int AS rejected FROM import_reader
         WHERE site_id = $1 AND import_id = $2 AND ref = ANY ($3) AND NOT is_new AND published + rejected > 0 GROUP BY reader_id
       ), locked AS MATERIALIZED (
         SELECT id FROM reader WHERE site_id = $1 AND id IN (SELECT reader_id FROM more) ORDER BY id FOR NO KEY UPDATE
       )
       UPDATE reader t SET published_count = t.published_count + more.published, rejected_count = t.rejected_count + more.rejected
       FROM more, locked WHERE t.site_id = $1 AND t.id = more.reader_id AND locked.id = t.id`,
      [ctx.siteId, id, refs],
    );
    await this.sanction(tx, ctx, id, format, plan, PLAN);
    return { cursor: refs.at(-1), rows: refs.length };
  }

  /** Nobody about whom something was decided here is decided about anew. */
  private async sanction(
    tx: Tx,
    ctx: SiteContext,
    id: SiteImportId,
    source: string,
    plan: string,
    PLAN: string,
  ): Promise<void> {
    const changed = await tx.query<{ key: string }>(
      `UPDATE reader t SET standing = p.standing, standing_until = p.until, standing_reason = p.reason,
         role = CASE WHEN t.role = 'reader' THEN p.role ELSE t.role END
       FROM ${PLAN}
       WHERE t.site_id = $1 AND t.id = r.reader_id AND NOT r.is_erased AND t.standing = 'normal'
         AND (p.standing <> 'normal' OR p.role <> t.role AND t.role = 'reader')
         AND NOT EXISTS (SELECT FROM standing_change s WHERE s.site_id = $1 AND s.reader_id = t.id)
       RETURNING t.key`,
      [ctx.siteId, id, plan],
    );
    for (const { key } of changed) await this.readers.changed(tx, ctx.siteId, key);
    await tx.query(
      `INSERT INTO standing_change (site_id, id, reader_id, standing, until, reason, created_at, imported_from, imported_by)
       SELECT $1, h.id, r.reader_id, h.standing, h.until, h.reason, h.at, $4, coalesce(
         (SELECT nullif(m.doc ->> 'name', '') FROM import_record m WHERE m.site_id = $1 AND m.import_id = $2 AND m.kind = 'reader'
            AND m.ref = h."byRef" LIMIT 1), h.by)
       FROM ${PLAN}
       CROSS JOIN LATERAL jsonb_to_recordset(p.history) AS h (id uuid, standing text, until timestamptz, reason text, by text, "byRef" uuid, at timestamptz)
       WHERE NOT r.is_erased AND NOT EXISTS (SELECT FROM standing_change s WHERE s.site_id = $1 AND s.reader_id = r.reader_id)`,
      [ctx.siteId, id, plan, source],
    );
  }

  /** Comments that the site had before this import, and that new ones answer. */
  async replies(tx: Tx, ctx: SiteContext, id: SiteImportId, after: string | null): Promise<Written | null> {
    const rows = await tx.query<{ id: string }>(
      `SELECT id FROM import_comment WHERE site_id = $1 AND import_id = $2 AND NOT is_new AND replies > 0
         AND ($3::uuid IS NULL OR id < $3) ORDER BY id DESC LIMIT ${STORIES_AT_ONCE}`,
      [ctx.siteId, id, after],
    );
    if (rows.length === 0) return null;
    const ids = rows.map((row) => row.id);
    await tx.query(
      `WITH locked AS MATERIALIZED (
         SELECT id FROM comment WHERE site_id = $1 AND id = ANY ($3) ORDER BY id DESC FOR NO KEY UPDATE
       )
       UPDATE comment c SET reply_count = c.reply_count + i.replies FROM locked, import_comment i
       WHERE c.site_id = $1 AND c.id = locked.id AND i.site_id = $1 AND i.import_id = $2 AND i.id = c.id`,
      [ctx.siteId, id, ids],
    );
    return { cursor: ids.at(-1), rows: ids.length };
  }

  async comments(
    tx: Tx,
    ctx: SiteContext,
    site: SiteFacts,
    { id, format }: Pick<SiteImport, 'id' | 'format'>,
    refs: SourceRefs,
    { lane, cursor }: Pick<ImportLane, 'lane' | 'cursor'>,
  ): Promise<(Written & { readonly cursor: ImportLane['cursor'] }) | null> {
    const rows = await tx.prepared<PlannedComment>('import-plan', PLAN_COMMENTS, [
      ctx.siteId,
      id,
      cursor?.[0] ?? null,
      cursor?.[1] ?? null,
      COMMENTS_AT_ONCE,
      lane,
    ]);
    if (rows.length === 0) return null;
    const codes = new Set(site.policy.reasons.map(({ code }) => code));
    const known = (reason: string | null): string | null =>
      reason === null || codes.has(reason) ? reason : codes.has('other') ? 'other' : null;
    const comments: object[] = [];
    const decisions: object[] = [];
    const flags: object[] = [];
    for (const row of rows) {
      const { ref } = row;
      // Somebody asked to be forgotten meanwhile, or the source had forgotten them.
      if (row.status === 'deleted') {
        comments.push({
          ref,
          status: 'deleted',
          revision: Math.max(1, row.revs.length),
          reactions: 0,
          flags: 0,
        });
        continue;
      }
      const state = pastState({
        status: row.status,
        revisions: row.revs.map(([revision, at]) => ({ id: revision, at })),
        decisions: row.decisions ?? [],
        detections: row.detections ?? [],
      });
      const names = new Map(row.decisions?.map(({ id: each, name }) => [each, name]));
      const made = state.decisions.map((decision) => ({
        ...decision,
        id: refs.of('decision', decision.source),
        at: new Date(decision.at).toISOString(),
        atMs: decision.at,
      }));
      for (const decision of made)
        decisions.push({
          ...decision,
          ref,
          reason: known(decision.reason),
          name: decision.by === null ? null : (names.get(decision.source) ?? decision.by),
        });
      const own = flagsOf(row, state.status, made);
      for (const flag of own) flags.push({ ...flag, ref, id: newId(flag.atMs) });
      const open = own.filter(({ closedAt }) => closedAt === null);
      const last = row.revs.at(-1)![1];
      comments.push({
        ref,
        status: state.status,
        revision: row.revs.length,
        shown: state.wasShown,
        reason: known(state.reason),
        explanation: state.explanation,
        edited: row.revs.length > 1 ? isoOf(last) : null,
        waiting:
          state.status === 'held'
            ? isoOf(last)
            : isoOf(open.length > 0 ? Math.min(...open.map(({ atMs }) => atMs)) : null),
        flags: open.length,
      });
    }
    this.write(tx, ctx, id, format, site, { comments, decisions, flags });
    const { level, id: commentId } = rows[rows.length - 1];
    return { cursor: [level, commentId], rows: rows.length };
  }

  private write(
    tx: Tx,
    ctx: SiteContext,
    id: SiteImportId,
    source: string,
    site: SiteFacts,
    plan: { comments: object[]; decisions: object[]; flags: object[] },
  ): void {
    const refs = plan.comments.map((each) => (each as { ref: string }).ref);
    const kind = site.policy.reactions[0] ?? null;
    tx.write('import-comments', WRITE_COMMENTS, [ctx.siteId, id, JSON.stringify(plan.comments), kind]);
    tx.write('import-revisions', WRITE_REVISIONS, [ctx.siteId, id, refs]);
    tx.write('import-decisions', WRITE_DECISIONS, [
      ctx.siteId,
      id,
      JSON.stringify(plan.decisions),
      source,
      site.policyVersion,
    ]);
    if (kind !== null) tx.write('import-reactions', WRITE_REACTIONS, [ctx.siteId, id, refs, kind]);
    if (plan.flags.length > 0)
      tx.write('import-flags', WRITE_FLAGS, [ctx.siteId, id, JSON.stringify(plan.flags)]);
    tx.write('import-external-ids', WRITE_EXTERNAL_IDS, [ctx.siteId, id, refs, source]);
  }

  /** Threads that readers may have seen before the import. */
  async notices(tx: Tx, ctx: SiteContext, id: SiteImportId, after: string | null): Promise<Written | null> {
    const rows = await tx.query<{ ref: string; storyId: StoryId }>(
      `SELECT ref, story_id AS "storyId" FROM import_story
       WHERE site_id = $1 AND import_id = $2 AND comments > 0 AND ($3::uuid IS NULL OR ref > $3) ORDER BY ref LIMIT ${STORIES_AT_ONCE}`,
      [ctx.siteId, id, after],
    );
    if (rows.length === 0) return null;
    for (const { storyId } of rows)
      await this.pubsub.publish(tx, threadTopic(ctx.siteId, storyId), threadNotice(ctx.siteId, storyId));
    return { cursor: rows[rows.length - 1].ref, rows: rows.length };
  }
}

const isoOf = (ms: number | null): string | null => (ms === null ? null : new Date(ms).toISOString());

/** One per reader; a decision of a person, or an end of the comment, answers those before it. */
function flagsOf(
  { flags }: PlannedComment,
  status: string,
  decisions: readonly { id: string; by: string | null; at: string; atMs: number }[],
): {
  readerId: string;
  reason: string;
  detail: string | null;
  at: string;
  atMs: number;
  closedAt: string | null;
  closedBy: string | null;
  closedByAt: string | null;
}[] {
  const byReader = new Map<string, NonNullable<PlannedComment['flags']>[number]>();
  for (const flag of flags ?? []) {
    const other = byReader.get(flag.readerId);
    // A report says more than a disagreement.
    if (!other || (other.closed && !flag.closed)) byReader.set(flag.readerId, flag);
  }
  return [...byReader.values()].map(({ readerId, reason, detail, at, closed }) => {
    const answer = decisions.find((decision) => decision.by !== null && decision.atMs >= at);
    const isClosed = closed || answer !== undefined || !['published', 'held'].includes(status);
    return {
      readerId,
      reason,
      detail,
      at: new Date(at).toISOString(),
      atMs: at,
      closedAt: isClosed ? (answer?.at ?? new Date(at).toISOString()) : null,
      closedBy: answer?.id ?? null,
      closedByAt: answer?.at ?? null,
    };
  });
}

const MS = (column: string): string => `floor(extract(epoch FROM ${column}) * 1000)::float8`;

// The rows of their authors are held, so that nobody is forgotten between this look and the commit.
const PLAN_COMMENTS = `
  WITH next AS MATERIALIZED (
    SELECT c.ref, c.level, c.id, c.status, c.author_ref FROM import_comment c
    WHERE c.site_id = $1 AND c.import_id = $2 AND c.lane = $6 AND c.is_new AND ($3::int IS NULL OR (c.level, c.id) > ($3::int, $4::uuid))
    ORDER BY c.level, c.id LIMIT $5
  ), held AS MATERIALIZED (
    SELECT r.id, r.key FROM reader r
    WHERE r.site_id = $1 AND r.id IN (SELECT a.reader_id FROM next JOIN import_reader a
      ON a.site_id = $1 AND a.import_id = $2 AND a.ref = next.author_ref)
    FOR KEY SHARE
  )
  SELECT n.ref, n.level, n.id, CASE WHEN h.key LIKE 'erased:%' THEN 'deleted' ELSE n.status END AS status, r.doc -> 'revs' AS revs,
    (SELECT jsonb_agg(d.doc || jsonb_build_object('at', ${MS('d.at')}, 'name', m.name))
     FROM import_record d
     LEFT JOIN LATERAL (SELECT nullif(m.doc ->> 'name', '') AS name FROM import_record m
       WHERE m.site_id = $1 AND m.import_id = $2 AND m.kind = 'reader' AND m.ref = d.reader_ref LIMIT 1) m ON true
     WHERE d.site_id = $1 AND d.import_id = $2 AND d.kind = 'decision' AND d.ref = n.ref) AS decisions,
    (SELECT jsonb_agg(d.doc) FROM import_record d
     WHERE d.site_id = $1 AND d.import_id = $2 AND d.kind = 'detection' AND d.ref = n.ref) AS detections,
    (SELECT jsonb_agg(f.doc || jsonb_build_object('at', ${MS('f.at')}, 'readerId', a.reader_id) ORDER BY f.at, f.line)
     FROM import_record f
     JOIN import_reader a ON a.site_id = $1 AND a.import_id = $2 AND a.ref = f.reader_ref AND NOT a.is_erased
     WHERE f.site_id = $1 AND f.import_id = $2 AND f.kind = 'flag' AND f.ref = n.ref) AS flags
  FROM next n
  JOIN import_reader a ON a.site_id = $1 AND a.import_id = $2 AND a.ref = n.author_ref
  JOIN held h ON h.id = a.reader_id
  CROSS JOIN LATERAL (SELECT r.doc FROM import_record r WHERE r.site_id = $1 AND r.import_id = $2 AND r.kind = 'comment'
    AND r.ref = n.ref ORDER BY r.file LIKE 'archived%', r.line LIMIT 1) r
  ORDER BY n.level, n.id`;

/** The comment as it was staged: `c` its place, `s` its story, `a` its author, `r` what the file says. */
const STAGED = `
  JOIN import_comment c ON c.site_id = $1 AND c.import_id = $2 AND c.ref = p.ref
  JOIN import_story s ON s.site_id = $1 AND s.import_id = $2 AND s.ref = c.story_ref
  JOIN import_reader a ON a.site_id = $1 AND a.import_id = $2 AND a.ref = c.author_ref
  CROSS JOIN LATERAL (SELECT r.doc, r.at FROM import_record r WHERE r.site_id = $1 AND r.import_id = $2 AND r.kind = 'comment'
    AND r.ref = p.ref ORDER BY r.file LIKE 'archived%', r.line LIMIT 1) r`;

const WRITE_COMMENTS = `
  INSERT INTO comment (site_id, id, story_id, parent_id, root_id, author_id, status, revision, visible, shown_revision, reply_count,
    reactions, reaction_count, flag_count, waiting_since, created_at, reason, reason_text, published_at, edited_at, picked_at)
  SELECT $1, c.id, s.story_id, c.answers_id, c.top_id, a.reader_id, p.status, p.revision, p.status = 'published',
    CASE WHEN p.shown THEN p.revision END, c.replies,
    CASE WHEN x.reactions > 0 AND $4::text IS NOT NULL THEN jsonb_build_object($4::text, x.reactions) ELSE '{}' END,
    CASE WHEN $4::text IS NULL THEN 0 ELSE x.reactions END, p.flags, p.waiting, r.at, p.reason, p.explanation,
    CASE WHEN p.shown THEN r.at END, p.edited, CASE WHEN p.status = 'published' THEN (r.doc ->> 'featuredAt')::timestamptz END
  FROM jsonb_to_recordset($3::jsonb) AS p (ref uuid, status text, revision int, shown boolean, flags int, waiting timestamptz,
    reason text, explanation text, edited timestamptz)
  ${STAGED}
  CROSS JOIN LATERAL (
    SELECT count(DISTINCT y.reader_id)::int AS reactions FROM import_record x
    JOIN import_reader y ON y.site_id = $1 AND y.import_id = $2 AND y.ref = x.reader_ref AND NOT y.is_erased
    WHERE p.status <> 'deleted' AND x.site_id = $1 AND x.import_id = $2 AND x.kind = 'reaction' AND x.ref = p.ref
  ) x
  ORDER BY c.level, c.id`;

const WRITE_REVISIONS = `
  INSERT INTO revision (site_id, id, comment_id, number, body, html, fingerprint, created_at)
  SELECT $1, imported_id(w.at, w.ref), c.id, w.number,
    CASE WHEN k.status = 'deleted' THEN '' ELSE w.body END, CASE WHEN k.status = 'deleted' THEN '' ELSE w.html END,
    CASE WHEN k.status = 'deleted' THEN '${NO_FINGERPRINT}' ELSE w.print END, w.at
  FROM unnest($3::uuid[]) AS p (ref)
  ${STAGED}
  JOIN comment k ON k.site_id = $1 AND k.id = c.id
  CROSS JOIN LATERAL (
    SELECT t.number::int AS number, t.text ->> 'body' AS body, t.text ->> 'html' AS html, t.text ->> 'print' AS print,
      (t.text ->> 'at')::timestamptz AS at, (t.text ->> 'ref')::uuid AS ref
    FROM jsonb_array_elements(r.doc -> 'texts') WITH ORDINALITY AS t (text, number)
    UNION ALL
    SELECT 1, '', '', '${NO_FINGERPRINT}', r.at, p.ref WHERE r.doc -> 'texts' = '[]'
  ) w`;

const WRITE_DECISIONS = `
  INSERT INTO decision (site_id, id, comment_id, revision, action, decided_by, rule_key, rule_text, reason, reason_text, note,
    from_status, to_status, policy_version, created_at, imported_from, imported_by)
  SELECT $1, imported_id(p.at, p.id), c.id, p.revision, p.action, CASE WHEN p.by IS NULL THEN 'rule' ELSE 'moderator' END,
    CASE WHEN p.by IS NULL THEN '${RULE}' END, p."ruleText", p.reason, p.explanation, p.note, p."from", p."to", $5, p.at, $4, p.name
  FROM jsonb_to_recordset($3::jsonb) AS p (ref uuid, id uuid, revision int, action text, by text, "ruleText" text, reason text,
    explanation text, note text, "from" text, "to" text, at timestamptz, name text)
  JOIN import_comment c ON c.site_id = $1 AND c.import_id = $2 AND c.ref = p.ref
  ORDER BY p.at`;

const WRITE_REACTIONS = `
  INSERT INTO reaction (site_id, comment_id, reader_id, kind, created_at)
  SELECT $1, c.id, y.reader_id, $4, min(x.at)
  FROM unnest($3::uuid[]) AS p (ref)
  JOIN import_comment c ON c.site_id = $1 AND c.import_id = $2 AND c.ref = p.ref
  JOIN comment k ON k.site_id = $1 AND k.id = c.id AND k.status <> 'deleted'
  JOIN import_record x ON x.site_id = $1 AND x.import_id = $2 AND x.kind = 'reaction' AND x.ref = p.ref
  JOIN import_reader y ON y.site_id = $1 AND y.import_id = $2 AND y.ref = x.reader_ref AND NOT y.is_erased
  GROUP BY c.id, y.reader_id`;

const WRITE_FLAGS = `
  INSERT INTO flag (site_id, id, comment_id, reader_id, reason, detail, created_at, closed_at, closed_by)
  SELECT $1, p.id, c.id, p."readerId", p.reason, p.detail, p.at, p."closedAt",
    CASE WHEN p."closedBy" IS NOT NULL THEN imported_id(p."closedByAt", p."closedBy") END
  FROM jsonb_to_recordset($3::jsonb) AS p (ref uuid, id uuid, "readerId" uuid, reason text, detail text, at timestamptz,
    "closedAt" timestamptz, "closedBy" uuid, "closedByAt" timestamptz)
  JOIN import_comment c ON c.site_id = $1 AND c.import_id = $2 AND c.ref = p.ref`;

const WRITE_EXTERNAL_IDS = `
  INSERT INTO external_id (site_id, kind, source, external_id, id)
  SELECT $1, 'comment', $4, r.doc ->> 'ext', c.id
  FROM unnest($3::uuid[]) AS p (ref)
  ${STAGED}
  ON CONFLICT DO NOTHING`;
