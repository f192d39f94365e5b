import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import type { Tx } from '../../../platform/database/database.js';
import type { SiteId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { ImportCommentEntity } from './import-comment.entity.js';
import { BadImportFile } from './import-format.js';
import { ImportLaneEntity } from './import-lane.entity.js';
import { ImportReaderEntity } from './import-reader.entity.js';
import { ImportStoryEntity } from './import-story.entity.js';
import { IMPORT_LANES, MAX_STORED_FAULTS, type SiteImport, type SiteImportId } from './import.repository.js';
import { type Sql, composeSql, sql, uuidSql } from '../../../platform/database/sql.js';

interface Group {
  id: string;
  name: string;
  origins: string[];
}

/** Longer than usual. It is safe, because the statements lock only staging tables, so no other work waits for them. */
const STATEMENT_TIMEOUT = '15min';

/** Selects comments whose story is not in the file. */
export const COMMENTS_WITHOUT_STORY = sql`
  SELECT r.file, r.line FROM import_record r
  WHERE r.site_id = $1 AND r.import_id = $2 AND r.kind = 'comment' AND NOT EXISTS (
    SELECT FROM import_record s WHERE s.site_id = $1 AND s.import_id = $2 AND s.kind = 'story' AND s.ref = r.story_ref)`;

/**
 * Creates `import_base`: the comments of the selected stories, each once. Like the other temporary tables, it is dropped
 * when the transaction ends. CREATE TABLE AS cannot have parameters, so the IDs are part of the statement.
 */
export const createBaseSql = (
  siteId: SiteId,
  id: SiteImportId,
): Sql => composeSql`CREATE TEMPORARY TABLE import_base ON COMMIT DROP AS
  SELECT DISTINCT ON (r.ref) r.ref, r.story_ref, r.parent_ref, r.reader_ref AS author_ref, r.at,
    r.doc ->> 'status' AS status, greatest(1, jsonb_array_length(r.doc -> 'revs')) AS revision,
    r.doc ->> 'featuredAt' IS NOT NULL AS is_featured, (r.doc ->> 'native')::uuid AS native_id, r.file, r.line
  FROM import_record r
  JOIN import_story s ON s.site_id = r.site_id AND s.import_id = r.import_id AND s.ref = r.story_ref
  WHERE r.site_id = ${uuidSql(siteId)} AND r.import_id = ${uuidSql(id)} AND r.kind = 'comment'
  -- A comment that was archived and later restored can be in both files. The one in the live file is used.
  ORDER BY r.ref, r.file LIKE 'archived%', r.line`;

/** Creates `import_node`: the comments with their IDs on this site, and the refs of their authors and parents. */
export const createNodesSql = (
  siteId: SiteId,
  id: SiteImportId,
  unknownReaderId: string,
): Sql => composeSql`CREATE TEMPORARY TABLE import_node ON COMMIT DROP AS
  SELECT b.ref, b.story_ref, p.ref AS parent_ref,
    -- An export of this site has the IDs of its own comments.
    coalesce(own.id, imported_id(b.at, b.ref)) AS id,
    CASE WHEN a.is_erased THEN ${uuidSql(unknownReaderId)} ELSE b.author_ref END AS author_ref,
    CASE WHEN a.is_erased THEN 'deleted' ELSE b.status END AS status, own.id IS NULL AND c.id IS NULL AS is_new
  FROM import_base b
  JOIN import_reader a ON a.site_id = ${uuidSql(siteId)} AND a.import_id = ${uuidSql(id)} AND a.ref = b.author_ref
  LEFT JOIN import_base p ON p.ref = b.parent_ref AND p.story_ref = b.story_ref
  LEFT JOIN comment own ON own.site_id = ${uuidSql(siteId)} AND own.id = b.native_id
  LEFT JOIN comment c ON c.site_id = ${uuidSql(siteId)} AND c.id = imported_id(b.at, b.ref)`;

/**
 * Creates `import_tree`, which is used to find the top-level ancestor (`top`) of each comment; see `orderComments`. `up`
 * is the ancestor at the distance searched so far, and null once the top-level ancestor is found. `below` is how many
 * new published comments there are among the comment itself and its descendants within that distance.
 */
export const CREATE_TREE = composeSql`CREATE TEMPORARY TABLE import_tree ON COMMIT DROP AS
  SELECT ref, parent_ref AS up, ref AS top, 0 AS level, (is_new AND status = 'published')::int::bigint AS below
  FROM import_node`;

export const ADD_COUNTS_BELOW = composeSql`UPDATE import_tree t SET below = t.below + children.below
  FROM (SELECT up, sum(below)::bigint AS below FROM import_tree WHERE up IS NOT NULL GROUP BY up) children WHERE children.up = t.ref`;

/** Doubles the distance searched; $1 is the distance searched so far. */
export const JUMP = composeSql`WITH jumped AS (
    UPDATE import_tree t SET up = u.up, top = CASE WHEN u.up IS NULL THEN u.top ELSE t.top END,
      level = CASE WHEN u.up IS NULL THEN u.level + $1 ELSE t.level END
    FROM import_tree u WHERE u.ref = t.up RETURNING t.up)
  SELECT count(*) = count(up) AS ended FROM jumped`;

/** Selects comments whose author is not in the file. */
export const commentsWithoutAuthorSql = (
  unknownReaderId: string,
): Sql => composeSql`SELECT b.file, b.line FROM import_base b WHERE b.author_ref <> ${uuidSql(unknownReaderId)} AND b.status <> 'deleted' AND NOT EXISTS (
    SELECT FROM import_record u WHERE u.site_id = $1 AND u.import_id = $2 AND u.kind = 'reader' AND u.ref = b.author_ref)`;

/** $3 is the ref of the reader who becomes the author of comments by unknown and erased readers, $4 the source's name. */
export const INSERT_READERS = composeSql`INSERT INTO import_reader (site_id, import_id, ref, reader_id, key, is_new, is_erased)
  SELECT $1, $2, needed.ref,
    CASE WHEN source.is_erased THEN (SELECT reader_id FROM import_reader WHERE site_id = $1 AND import_id = $2 AND ref = $3)
      ELSE coalesce(by_id.id, by_key.id, source.id) END,
    source.key, NOT source.is_erased AND by_id.id IS NULL AND by_key.id IS NULL,
    source.is_erased OR coalesce(by_id.key LIKE 'erased:%', false)
  FROM (
    SELECT author_ref AS ref, min(at) AS at, true AS is_author FROM import_base WHERE author_ref <> $3 GROUP BY author_ref
    UNION ALL
    SELECT DISTINCT r.reader_ref, NULL::timestamptz, false FROM import_record r JOIN import_base b ON b.ref = r.ref
    WHERE r.site_id = $1 AND r.import_id = $2 AND r.kind IN ('reaction', 'flag')
    UNION ALL
    SELECT r.ref, NULL, false FROM import_record r
    WHERE r.site_id = $1 AND r.import_id = $2 AND r.kind = 'reader'
      AND (r.doc -> 'current' <> '[]' OR r.doc -> 'history' <> '[]' OR r.doc ->> 'role' = 'staff' OR r.doc -> 'required' = 'true')
  ) needed (ref, at, is_author)
  LEFT JOIN LATERAL (
    SELECT r.at, r.doc FROM import_record r
    WHERE r.site_id = $1 AND r.import_id = $2 AND r.kind = 'reader' AND r.ref = needed.ref
    ORDER BY r.line LIMIT 1
  ) record ON true
  CROSS JOIN LATERAL (
    SELECT coalesce(record.doc ->> 'key', $4 || ':unknown-' || needed.ref) AS key,
      imported_id(coalesce(record.at, needed.at), needed.ref) AS id,
      coalesce((record.doc ->> 'erased')::boolean, false) OR EXISTS (
        SELECT FROM reader_fact f WHERE f.site_id = $1 AND f.reader_key = record.doc ->> 'key' AND f.kind = 'deletion')
        OR EXISTS (SELECT FROM erased_reader e WHERE e.site_id = $1 AND e.key_mac = decode(record.doc ->> 'mac', 'hex')) AS is_erased
  ) source
  LEFT JOIN reader by_id ON by_id.site_id = $1 AND by_id.id = source.id
  LEFT JOIN reader by_key ON by_key.site_id = $1 AND by_key.key = source.key
  WHERE needed.is_author OR record.doc IS NOT NULL
  ON CONFLICT DO NOTHING`;

/** Selects lines that repeat the ID of another comment. */
export const DUPLICATE_COMMENTS = composeSql`
  SELECT r.file, r.line FROM import_record r JOIN import_base b ON b.ref = r.ref AND b.file = r.file AND b.line <> r.line
  WHERE r.site_id = $1 AND r.import_id = $2 AND r.kind = 'comment'`;

/** Selects replies whose parent is not in the file. */
export const COMMENTS_WITHOUT_PARENT = composeSql`
  SELECT b.file, b.line FROM import_base b JOIN import_node n ON n.ref = b.ref
  WHERE b.parent_ref IS NOT NULL AND n.parent_ref IS NULL`;

/** Selects comments that reply to each other in a cycle. */
export const CYCLIC_COMMENTS = composeSql`
  SELECT b.file, b.line FROM import_base b JOIN import_tree t ON t.ref = b.ref WHERE t.up IS NOT NULL`;

export const INSERT_COMMENTS = composeSql`
  INSERT INTO import_comment (site_id, import_id, ref, lane, level, id, story_ref, author_ref, answers_id, top_id,
    status, is_new, replies)
  SELECT $1, $2, n.ref, get_byte(uuid_send(n.story_ref), 15) % ${IMPORT_LANES}, t.level, n.id, n.story_ref, n.author_ref,
    p.id, top.id, n.status, n.is_new, t.below - (n.is_new AND n.status = 'published')::int
  FROM import_tree t
  JOIN import_node n ON n.ref = t.ref
  LEFT JOIN import_node p ON p.ref = n.parent_ref
  LEFT JOIN import_node top ON top.ref = t.top AND t.level > 0
  WHERE t.up IS NULL`;

/**
 * Records the same fault for several lines. $3 is its code, $4 its message.
 *
 * @param lines a SELECT that returns file and line; in it, $1 is the site and $2 the import
 */
export const insertFaultsSql = (lines: Sql): Sql => composeSql`
  WITH lines AS (${lines}), counted AS (
    UPDATE site_import SET faults = faults + (SELECT count(*) FROM lines) WHERE site_id = $1 AND id = $2
    RETURNING faults - (SELECT count(*) FROM lines) AS before
  )
  INSERT INTO import_fault (site_id, import_id, number, file, line, code, message)
  SELECT $1, $2, c.before + row_number() OVER (ORDER BY l.file, l.line), l.file, l.line, $3, $4
  FROM counted c, (SELECT * FROM lines ORDER BY file, line LIMIT ${MAX_STORED_FAULTS}) l
  WHERE c.before < ${MAX_STORED_FAULTS}`;

/**
 * Each reaction, flag and decision of the file once (`r`), with its comment (`c`). $3 is whether the site has reactions.
 * As in `reconstructHistory`, a decision changes nothing if the comment already had that status.
 */
const ANNOTATIONS = composeSql`
  FROM (
    SELECT kind, ref, reader_ref, bool_or(doc ->> 'reason' = 'illegal') AS is_illegal, NULL::uuid AS decision_ref, NULL::uuid AS native_id,
      false AS changes_nothing
    FROM import_record WHERE site_id = $1 AND import_id = $2 AND (kind = 'flag' OR kind = 'reaction' AND $3)
    GROUP BY kind, ref, reader_ref, doc ->> 'kind'
    UNION ALL
    SELECT 'decision', ref, NULL, false, (doc ->> 'ref')::uuid, (doc ->> 'native')::uuid,
      doc -> 'exact' IS NULL AND (doc ->> 'by' IS NULL OR doc ->> 'status' <> 'published') AND doc ->> 'status' = coalesce(
        lag(doc ->> 'status') OVER (PARTITION BY ref, doc ->> 'revisionId' ORDER BY at, line),
        CASE WHEN EXISTS (SELECT FROM import_record f WHERE f.site_id = $1 AND f.import_id = $2 AND f.kind = 'detection'
          AND f.ref = d.ref) THEN 'held' ELSE 'published' END)
    FROM (
      SELECT DISTINCT ON (ref, doc ->> 'id') ref, at, line, doc FROM import_record
      WHERE site_id = $1 AND import_id = $2 AND kind = 'decision' ORDER BY ref, doc ->> 'id', file LIKE 'archived%', line
    ) d
  ) r
  JOIN import_comment c ON c.site_id = $1 AND c.import_id = $2 AND c.ref = r.ref AND c.status <> 'deleted'
  LEFT JOIN import_reader a ON r.kind <> 'decision' AND a.site_id = $1 AND a.import_id = $2 AND a.ref = r.reader_ref
  WHERE (r.kind = 'decision' OR NOT a.is_erased)`;

/** Entitlements, each once, except those of readers who were erased on this site. */
const COUNT_ENTITLEMENTS = sql`
  SELECT 'entitlement' AS kind, count(*)::int AS staged, count(*) FILTER (WHERE NOT EXISTS (
    SELECT FROM entitlement t WHERE t.site_id = $1 AND t.reader_key = e.doc ->> 'readerKey' AND t.key = e.doc ->> 'key'))::int AS created
  FROM (
    SELECT DISTINCT ON (r.ref) r.doc FROM import_record r WHERE r.site_id = $1 AND r.import_id = $2 AND r.kind = 'entitlement'
    ORDER BY r.ref, r.line
  ) e
  WHERE NOT EXISTS (SELECT FROM reader_fact f WHERE f.site_id = $1 AND f.reader_key = e.doc ->> 'readerKey' AND f.kind = 'deletion')
    AND NOT EXISTS (SELECT FROM erased_reader x WHERE x.site_id = $1 AND x.key_mac = decode(e.doc ->> 'mac', 'hex'))`;

export const COUNT_ANNOTATIONS = composeSql`
  SELECT r.kind, count(*)::int AS staged, count(*) FILTER (WHERE c.is_new)::int AS created ${ANNOTATIONS} GROUP BY r.kind`;

export const COUNT_NOT_UPDATED_ANNOTATIONS = composeSql`
  SELECT r.kind, count(*)::int AS "notUpdated" ${ANNOTATIONS} AND NOT c.is_new AND CASE r.kind
    WHEN 'reaction' THEN NOT EXISTS (
      SELECT FROM reaction x WHERE x.site_id = $1 AND x.comment_id = c.id AND x.reader_id = a.reader_id)
    WHEN 'flag' THEN NOT EXISTS (
      SELECT FROM flag x WHERE x.site_id = $1 AND x.comment_id = c.id AND x.reader_id = a.reader_id
        AND (NOT r.is_illegal OR x.reason = 'illegal'))
    ELSE NOT r.changes_nothing AND NOT EXISTS (
      SELECT FROM decision x WHERE x.site_id = $1 AND x.comment_id = c.id
        AND (x.id = r.native_id OR substr(x.id::text, 16) = substr(r.decision_ref::text, 16)))
    END
  GROUP BY r.kind`;

/**
 * Matches an import with the site, in one transaction. If the process dies, matching starts again. Only staging tables
 * are written.
 */
@Injectable()
export class ImportMatching {
  constructor(private readonly clock: Clock) {}

  /**
   * Finds the records that the site already has, assigns IDs to the others, orders comments so that parents come first, and counts
   * what they will add to stories, readers and the comments they reply to.
   *
   * @throws BadImportFile if it cannot be determined which of the source's sites to import
   */
  async match(
    tx: Tx,
    ctx: SiteContext,
    site: SiteFacts,
    { id, options, format }: Pick<SiteImport, 'id' | 'options' | 'format'>,
    unknownReaderId: string,
  ): Promise<{ counts: SiteImport['counts']; groups: string[] | null }> {
    // The planner has no statistics for rows written in this transaction. It would estimate one row where there are a
    // million, and choose a nested loop.
    await tx.query(
      sql`SELECT set_config('statement_timeout', $1, true), set_config('work_mem', '64MB', true) AS memory,
         set_config('enable_nestloop', 'off', true) AS joins`,
      [STATEMENT_TIMEOUT],
    );
    for (const entity of [ImportStoryEntity, ImportReaderEntity, ImportCommentEntity, ImportLaneEntity])
      await tx.manager.delete(entity, { siteId: ctx.siteId, importId: id });
    await tx.query(
      sql`INSERT INTO import_lane (site_id, import_id, lane) SELECT $1, $2, lane FROM generate_series(0, $3 - 1) lane`,
      [ctx.siteId, id, IMPORT_LANES],
    );
    const groups = await this.selectGroups(tx, ctx, site, id, options.group);
    await this.matchStories(tx, ctx, id, groups);
    await this.collectComments(tx, ctx, id, unknownReaderId);
    await this.matchReaders(tx, ctx, id, unknownReaderId, format);
    await this.orderComments(tx, ctx, id, unknownReaderId);
    await this.countTotals(tx, ctx, id);
    return { counts: await this.counts(tx, ctx, site, id, groups), groups };
  }

  /** @returns the IDs of the source's sites to import; null to select stories by their address */
  private async selectGroups(
    tx: Tx,
    ctx: SiteContext,
    site: SiteFacts,
    id: SiteImportId,
    requestedGroup: string | null,
  ): Promise<string[] | null> {
    const groups = await tx.query<Group>(
      sql`SELECT doc ->> 'id' AS id, doc ->> 'name' AS name, doc -> 'origins' AS origins FROM import_record
       WHERE site_id = $1 AND import_id = $2 AND kind = 'group' ORDER BY doc ->> 'id'`,
      [ctx.siteId, id],
    );
    const groupList = groups
      .map(({ id: groupId, name, origins }) => `${groupId} (${name}: ${origins.join(', ')})`)
      .join('; ');
    if (requestedGroup !== null) {
      if (groups.length > 0 && !groups.some((group) => group.id === requestedGroup))
        throw new BadImportFile(
          'no-such-site',
          `The file has no site ${requestedGroup}. It has ${groupList}.`,
        );
      return [requestedGroup];
    }
    // The file has no list of sites, so the address of each story decides whether it belongs to this site.
    if (groups.length === 0) return null;
    const matching = groups.filter(({ origins }) => origins.some((origin) => site.origins.includes(origin)));
    if (matching.length > 0) return matching.map((group) => group.id);
    if (groups.length === 1) return [groups[0].id];
    throw new BadImportFile(
      'no-matching-site',
      `No site in the file shares an origin with this site. Name the site to import: ${groupList}.`,
    );
  }

  private async matchStories(
    tx: Tx,
    ctx: SiteContext,
    id: SiteImportId,
    groups: string[] | null,
  ): Promise<void> {
    await tx.query(
      sql`INSERT INTO import_story (site_id, import_id, ref, story_id, key, is_new)
       SELECT $1, $2, source.ref, coalesce(by_key.id, by_url.id, imported_id(source.at, source.ref)),
         coalesce(by_key.key, by_url.key, source.doc ->> 'key'), by_key.id IS NULL AND by_url.id IS NULL
       FROM (
         SELECT DISTINCT ON (ref) ref, at, doc FROM import_record
         WHERE site_id = $1 AND import_id = $2 AND kind = 'story'
           AND CASE WHEN $3::text[] IS NULL THEN (doc ->> 'onSite')::boolean ELSE doc ->> 'group' = ANY ($3) END
         ORDER BY ref, file, line
       ) source
       LEFT JOIN story by_key ON by_key.site_id = $1 AND by_key.key = source.doc ->> 'key'
       LEFT JOIN LATERAL (
         SELECT s.id, s.key FROM story s
         WHERE by_key.id IS NULL AND s.site_id = $1 AND md5(s.url) = md5(source.doc ->> 'url')
           AND s.url = source.doc ->> 'url'
         ORDER BY s.id LIMIT 1
       ) by_url ON true`,
      [ctx.siteId, id, groups],
    );
    await this.recordFaults(
      tx,
      ctx,
      id,
      'story-missing',
      'The story of this comment is not in the file.',
      COMMENTS_WITHOUT_STORY,
    );
  }

  /** Collects the comments of the selected stories, each once. */
  private async collectComments(
    tx: Tx,
    ctx: SiteContext,
    id: SiteImportId,
    unknownReaderId: string,
  ): Promise<void> {
    await tx.query(composeSql`DROP TABLE IF EXISTS pg_temp.import_base`);
    await tx.query(createBaseSql(ctx.siteId, id));
    await tx.query(composeSql`ANALYZE import_base`);
    await this.recordFaults(
      tx,
      ctx,
      id,
      'duplicate-id',
      'Another line of the file has a comment with the same ID. This one is skipped.',
      DUPLICATE_COMMENTS,
    );
    await this.recordFaults(
      tx,
      ctx,
      id,
      'author-missing',
      'The author of this comment is not in the file. It is imported under a made-up name.',
      commentsWithoutAuthorSql(unknownReaderId),
    );
  }

  /**
   * Matches readers who wrote, reacted or flagged, and those with a sanction or the role `staff`. Other accounts of the
   * source are ignored.
   */
  private async matchReaders(
    tx: Tx,
    ctx: SiteContext,
    id: SiteImportId,
    unknownReaderId: string,
    source: string,
  ): Promise<void> {
    await tx.query(
      sql`INSERT INTO import_reader (site_id, import_id, ref, reader_id, key, is_new, is_erased)
       SELECT $1, $2, $3, n.id, 'erased:' || n.id, NOT EXISTS (SELECT FROM reader r WHERE r.site_id = $1 AND r.id = n.id), true
       FROM (SELECT imported_id('2016-01-01Z', $3::uuid) AS id) n`,
      [ctx.siteId, id, unknownReaderId],
    );
    await tx.query(INSERT_READERS, [ctx.siteId, id, unknownReaderId, source]);
  }

  /**
   * Assigns each comment its level, its parent and its top-level ancestor, and counts the new visible replies at any
   * depth below it.
   *
   * It uses pointer jumping: each round doubles the distance searched, so the number of rounds grows with the logarithm
   * of the depth. For comments that reply to each other in a cycle, no top-level ancestor is found.
   */
  private async orderComments(
    tx: Tx,
    ctx: SiteContext,
    id: SiteImportId,
    unknownReaderId: string,
  ): Promise<void> {
    await tx.query(composeSql`DROP TABLE IF EXISTS pg_temp.import_node, pg_temp.import_tree`);
    await tx.query(createNodesSql(ctx.siteId, id, unknownReaderId));
    await tx.query(CREATE_TREE);
    await tx.query(composeSql`ANALYZE import_node, import_tree`);
    for (let distance = 1; ; distance *= 2) {
      await tx.query(ADD_COUNTS_BELOW);
      const [{ ended }] = await tx.query<{ ended: boolean }>(JUMP, [distance]);
      if (ended) break;
    }
    await tx.query(INSERT_COMMENTS, [ctx.siteId, id]);
    await this.recordFaults(
      tx,
      ctx,
      id,
      'parent-missing',
      'The parent of this comment is not in the file. It is imported as a top-level comment.',
      COMMENTS_WITHOUT_PARENT,
    );
    await this.recordFaults(
      tx,
      ctx,
      id,
      'parent-cycle',
      'The chain of parents of this comment is circular. The comment is skipped.',
      CYCLIC_COMMENTS,
    );
  }

  private async countTotals(tx: Tx, ctx: SiteContext, id: SiteImportId): Promise<void> {
    await tx.query(
      sql`UPDATE import_story s SET comments = added.visible
       FROM (
         SELECT story_ref, count(*) AS visible FROM import_comment
         WHERE site_id = $1 AND import_id = $2 AND is_new AND status = 'published' GROUP BY story_ref
       ) added
       WHERE s.site_id = $1 AND s.import_id = $2 AND s.ref = added.story_ref`,
      [ctx.siteId, id],
    );
    await tx.query(
      sql`UPDATE import_reader r SET published = added.published, rejected = added.rejected
       FROM (
         SELECT author_ref, count(*) FILTER (WHERE status = 'published') AS published,
           count(*) FILTER (WHERE status = 'rejected') AS rejected
         FROM import_comment WHERE site_id = $1 AND import_id = $2 AND is_new GROUP BY author_ref
       ) added
       WHERE r.site_id = $1 AND r.import_id = $2 AND r.ref = added.author_ref`,
      [ctx.siteId, id],
    );
  }

  /** The counts by kind of record, as the API returns them. */
  private async counts(
    tx: Tx,
    ctx: SiteContext,
    site: SiteFacts,
    id: SiteImportId,
    groups: string[] | null,
  ): Promise<SiteImport['counts']> {
    const readCounts = await tx.query<{ kind: string; read: number }>(
      sql`SELECT kind, count(*)::int AS read FROM import_record WHERE site_id = $1 AND import_id = $2 GROUP BY kind`,
      [ctx.siteId, id],
    );
    const stagedCounts = [
      ...(await tx.query<StagedCount>(
        sql`SELECT 'story' AS kind, count(*)::int AS staged, count(*) FILTER (WHERE is_new)::int AS created
         FROM import_story WHERE site_id = $1 AND import_id = $2
         UNION ALL
         SELECT 'reader', count(*)::int, count(*) FILTER (WHERE is_new)::int
         FROM import_reader WHERE site_id = $1 AND import_id = $2 AND NOT is_erased
         UNION ALL
         SELECT 'comment', count(*)::int, count(*) FILTER (WHERE is_new)::int
         FROM import_comment WHERE site_id = $1 AND import_id = $2`,
        [ctx.siteId, id],
      )),
      ...(await tx.query<StagedCount>(COUNT_ENTITLEMENTS, [ctx.siteId, id])),
      ...(await tx.query<StagedCount>(COUNT_ANNOTATIONS, [ctx.siteId, id, site.policy.reactions.length > 0])),
    ];
    const notUpdatedCounts = [
      ...(await tx.query<NotUpdated>(NOT_UPDATED, [ctx.siteId, id, groups, this.clock.now()])),
      ...(await tx.query<NotUpdated>(COUNT_NOT_UPDATED_ANNOTATIONS, [
        ctx.siteId,
        id,
        site.policy.reactions.length > 0,
      ])),
    ];
    return Object.fromEntries(
      Object.entries(COUNT_NAMES).map(([kind, name]) => {
        const read = readCounts.find((each) => each.kind === kind)?.read ?? 0;
        const { staged, created } = stagedCounts.find((each) => each.kind === kind) ?? {
          staged: 0,
          created: 0,
        };
        const notUpdated = notUpdatedCounts.find((each) => each.kind === kind)?.notUpdated ?? 0;
        return [
          name,
          {
            read,
            created,
            unchanged: staged - created - notUpdated,
            notUpdated,
            skipped: Math.max(0, read - staged),
          },
        ];
      }),
    );
  }

  /** @param lines as in `insertFaultsSql` */
  private async recordFaults(
    tx: Tx,
    ctx: SiteContext,
    id: SiteImportId,
    code: string,
    message: string,
    lines: Sql,
  ): Promise<void> {
    await tx.query(insertFaultsSql(lines), [ctx.siteId, id, code, message]);
  }
}

interface StagedCount {
  readonly kind: string;
  readonly staged: number;
  readonly created: number;
}

interface NotUpdated {
  readonly kind: string;
  readonly notUpdated: number;
}

/** The names of the counts in the API, by kind of record. */
const COUNT_NAMES = {
  story: 'stories',
  reader: 'readers',
  comment: 'comments',
  reaction: 'reactions',
  flag: 'flags',
  decision: 'decisions',
  entitlement: 'entitlements',
};

/**
 * Counts rows that the site already has and that differ in the file. An import does not change them. $3 are the selected
 * sites of the source, $4 is the current time. Names, titles and addresses are not compared, because the site's own
 * always take precedence.
 */
export const NOT_UPDATED = composeSql`
  SELECT 'story' AS kind, count(*)::int AS "notUpdated" FROM import_story s
  JOIN story t ON t.site_id = $1 AND t.id = s.story_id
  JOIN LATERAL (SELECT r.doc FROM import_record r WHERE r.site_id = $1 AND r.import_id = $2 AND r.kind = 'story' AND r.ref = s.ref
    ORDER BY r.file, r.line LIMIT 1) r ON true
  WHERE s.site_id = $1 AND s.import_id = $2 AND NOT s.is_new AND t.state <> r.doc ->> 'state'
  UNION ALL
  SELECT 'reader', count(*)::int FROM import_reader i
  JOIN reader t ON t.site_id = $1 AND t.id = i.reader_id
  JOIN LATERAL (SELECT r.doc FROM import_record r WHERE r.site_id = $1 AND r.import_id = $2 AND r.kind = 'reader' AND r.ref = i.ref
    ORDER BY r.line LIMIT 1) r ON true
  WHERE i.site_id = $1 AND i.import_id = $2 AND NOT i.is_new AND NOT i.is_erased
    AND EXISTS (SELECT FROM reader_sanction s WHERE s.site_id = $1 AND s.reader_id = t.id)
    AND (r.doc ->> 'role' = 'staff' AND t.role = 'reader' OR
      (t.standing <> 'normal' AND (t.standing_until IS NULL OR t.standing_until > $4)) <> EXISTS (
        SELECT FROM jsonb_array_elements(r.doc -> 'current') e
        WHERE ((e ->> 'until') IS NULL OR to_timestamp((e ->> 'until')::float8 / 1000) > $4)
          AND ($3::text[] IS NULL OR e -> 'groups' = 'null' OR e -> 'groups' ?| $3)))
  UNION ALL
  SELECT 'comment', count(*)::int FROM import_comment i
  JOIN comment t ON t.site_id = $1 AND t.id = i.id
  JOIN import_base b ON b.ref = i.ref
  JOIN import_reader a ON a.site_id = $1 AND a.import_id = $2 AND a.ref = i.author_ref
  WHERE i.site_id = $1 AND i.import_id = $2 AND NOT i.is_new
    AND (i.status <> CASE t.status WHEN 'removed' THEN 'rejected' ELSE t.status END
      OR i.status <> 'deleted' AND (a.reader_id <> t.author_id OR b.revision > t.revision)
      OR i.status = 'published' AND b.is_featured AND t.picked_at IS NULL)`;
