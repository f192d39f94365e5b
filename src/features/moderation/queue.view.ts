import { Injectable } from '@nestjs/common';
import { callerOf, sectionsOn, type Principal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { Cursors, type Page } from '../../platform/http/cursor.js';
import type { CommentId, SiteId, StoryId } from '../../platform/ids.js';
import { systemContext, type SiteContext } from '../../platform/tenancy/site-context.js';
import { isoSql } from '../comments/comment-json.sql.js';
import { hiddenWords } from '../scoring/hidden-words.js';
import { doubtfulHosts } from '../scoring/phases/links.js';
import { activeThresholds, type Policy } from '../sites/policy.js';
import { SiteSettings } from '../sites/site-settings.js';
import { resolveStoryPolicy } from '../stories/story-facts.js';
import { StoryRegistry } from '../stories/story-registry.js';
import { UNDO_MS } from './decision.service.js';
import type { CommentDetail } from './comment-detail.dto.js';
import type { QueueItem } from './queue.dto.js';
import { deciderSql, queueItemSql } from './queue-item.sql.js';
import type { QueueFilter } from './queue-filter.js';
import { pageSql } from './queue-page.sql.js';
import type { QueueSort, QueueState } from './queue-states.js';
import { topLabels } from './top-labels.js';
import { composeSql } from '../../platform/database/sql.js';

export interface QueueQuery {
  /** The sites to read, all of which the caller may see. */
  sites: readonly SiteId[];
  state: QueueState;
  sort: QueueSort;
  filter: QueueFilter;
  cursor?: string;
  limit: number;
}

interface Row {
  siteId: SiteId;
  storyId: StoryId;
  /** The sort key: a number, ISO 8601, or an id. */
  key: number | string;
  id: CommentId;
  item: QueueItem;
}

export const ONE_ITEM_SQL = composeSql`
  SELECT c.site_id AS "siteId", c.story_id AS "storyId", c.id, 0 AS key,
    ${queueItemSql(composeSql`coalesce(c.waiting_since, c.created_at)`)} AS item
  FROM comment c WHERE c.site_id = $1 AND c.id = $6`;

// Number of an author's latest comments that are searched for decisions.
const AUTHOR_LOOK_BACK = 200;

export const DETAIL_SQL = composeSql`
  SELECT
    coalesce((SELECT json_agg(json_build_object('number', v.number, 'body', v.body, 'createdAt', ${isoSql(composeSql`v.created_at`)}) ORDER BY v.number)
      FROM revision v WHERE v.site_id = $1 AND v.comment_id = $2), '[]') AS revisions,
    coalesce((SELECT json_agg(json_build_object('scorer', x.scorer, 'name', x.name, 'outcome', x.outcome,
        'durationMs', x.duration_ms, 'rule', x.rule, 'reason', x.reason, 'answeredAt', ${isoSql(composeSql`x.answered_at`)}) ORDER BY x.scorer)
      FROM comment c
      JOIN revision v ON v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision
      JOIN external_answer x ON x.site_id = v.site_id AND x.revision_id = v.id
      WHERE c.site_id = $1 AND c.id = $2), '[]') AS "externalAnswers",
    coalesce((SELECT json_agg(json_build_object('id', d.id, 'action', d.action, 'by', d.decided_by,
        'rule', CASE WHEN d.rule_key IS NOT NULL THEN json_build_object('key', d.rule_key, 'text', d.rule_text) END,
        'moderator', ${deciderSql('d')},
        'reason', d.reason, 'reasonText', d.reason_text, 'note', d.note, 'from', d.from_status, 'to', d.to_status, 'revision', d.revision,
        'reverses', d.reverses, 'createdAt', ${isoSql(composeSql`d.created_at`)}) ORDER BY d.created_at, d.id)
      FROM decision d LEFT JOIN moderator m ON m.id = d.moderator_id
      WHERE d.site_id = $1 AND d.comment_id = $2), '[]') AS decisions,
    coalesce((SELECT json_agg(json_build_object('id', f.id, 'reason', f.reason, 'detail', f.detail, 'open', f.closed_at IS NULL,
        'createdAt', ${isoSql(composeSql`f.created_at`)}, 'reader', CASE WHEN r.id IS NOT NULL THEN json_build_object('id', r.id, 'name', r.name) END) ORDER BY f.created_at, f.id)
      FROM flag f LEFT JOIN reader r ON r.site_id = f.site_id AND r.id = f.reader_id
      WHERE f.site_id = $1 AND f.comment_id = $2), '[]') AS "flagItems",
    coalesce((SELECT json_agg(json_build_object('id', e.id, 'type', e.type, 'timestamp', ${isoSql(composeSql`e.occurred_at`)},
        'sequence', e.sequence) ORDER BY e.position)
      FROM event e WHERE e.site_id = $1 AND e.comment_id = $2), '[]') AS events,
    coalesce((SELECT json_agg(json_build_object('id', a.id, 'revision', a.revision, 'text', a.text, 'state', a.state,
        'createdAt', ${isoSql(composeSql`a.created_at`)}, 'decidedAt', ${isoSql(composeSql`a.decided_at`)}) ORDER BY a.created_at)
      FROM appeal a WHERE a.site_id = $1 AND a.comment_id = $2), '[]') AS appeals,
    coalesce((SELECT json_agg(x ORDER BY x."createdAt" DESC) FROM (
      SELECT d.id, d.comment_id AS "commentId", d.action, ${deciderSql('d')} AS moderator,
        d.reason, d.note, left(v.body, 160) AS excerpt, ${isoSql(composeSql`d.created_at`)} AS "createdAt"
      FROM comment target
      JOIN LATERAL (SELECT h.id FROM comment h WHERE h.site_id = $1 AND h.author_id = target.author_id AND h.id <> target.id
                    ORDER BY h.id DESC LIMIT ${AUTHOR_LOOK_BACK}) other ON true
      JOIN decision d ON d.site_id = $1 AND d.comment_id = other.id AND d.decided_by = 'moderator' AND d.action <> 'undo'
        AND NOT EXISTS (SELECT FROM decision u WHERE u.site_id = $1 AND u.reverses = d.id)
      JOIN revision v ON v.site_id = $1 AND v.comment_id = d.comment_id AND v.number = d.revision
      LEFT JOIN moderator m ON m.id = d.moderator_id
      WHERE target.site_id = $1 AND target.id = $2
      ORDER BY d.id DESC LIMIT 5) x), '[]') AS "authorDecisions",
    coalesce((SELECT json_agg(x ORDER BY x."createdAt" DESC) FROM (
      SELECT t.id, t.standing, ${isoSql(composeSql`t.until`)} AS until, t.reason, t.note,
        ${deciderSql('t')} AS moderator, ${isoSql(composeSql`t.created_at`)} AS "createdAt"
      FROM comment target JOIN reader_sanction t ON t.site_id = $1 AND t.reader_id = target.author_id
      LEFT JOIN moderator m ON m.id = t.moderator_id
      WHERE target.site_id = $1 AND target.id = $2 ORDER BY t.id DESC LIMIT 5) x), '[]') AS "authorSanctions"`;

type DetailFields = Omit<CommentDetail, keyof QueueItem | 'doubtfulHosts'>;

/** The moderation queue, decided comments, and single comments with all their details. */
@Injectable()
export class QueueView {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
    private readonly sites: SiteSettings,
    private readonly stories: StoryRegistry,
    private readonly clock: Clock,
  ) {}

  async list(principal: Principal, query: QueueQuery): Promise<Page<QueueItem>> {
    const { state, sort, filter, cursor, limit } = query;
    const scope = `queue:${state}:${sort}:${JSON.stringify(filter)}`;
    const cursorKey = this.cursors.read(scope, cursor);
    const after = cursorKey && ([String(cursorKey[0]), String(cursorKey[1])] as const);
    // Row-level security shows one site at a time, so read a page of each site and keep the first rows of all.
    const rows: Row[] = [];
    for (const siteId of query.sites) {
      const values = this.params(siteId, principal);
      const sections = sectionsOn(principal, siteId);
      const pageQuery = { state, sort, filter, sections, after, rows: limit + 1, now: this.clock.now() };
      const statement = pageSql(pageQuery, values);
      // Not prepared, because selective and unselective filters need different plans.
      rows.push(
        ...(await this.database.inSite({ siteId, principal }, (tx) => tx.query<Row>(statement, values))),
      );
    }
    if (query.sites.length > 1) rows.sort(comparatorFor(sort));
    const page = this.cursors.page(
      rows,
      limit,
      scope,
      (row) => [row.key, row.id],
      (row) => row,
    );
    return { items: await Promise.all(page.items.map((row) => this.toQueueItem(row))), next: page.next };
  }

  /** All details of one comment; null if the site has no such comment. */
  async detail(ctx: SiteContext, id: CommentId): Promise<CommentDetail | null> {
    const found = await this.database.inSite(ctx, async (tx) => {
      const [row] = await tx.prepared<Row>('queue-one', ONE_ITEM_SQL, [
        ...this.params(ctx.siteId, ctx.principal),
        id,
      ]);
      return row && { row, details: await this.details(tx, ctx, id) };
    });
    if (!found) return null;
    const { links } = (await this.policyFor(found.row)).moderation;
    const hosts = doubtfulHosts(found.row.item.comment.body ?? '', links);
    const { details } = found;
    return {
      ...(await this.toQueueItem(found.row)),
      ...details,
      externalAnswers: details.externalAnswers.map((answer) => ({
        ...answer,
        hidden: hiddenWords(answer.reason),
      })),
      revisions: details.revisions.map((revision) => ({ ...revision, hidden: hiddenWords(revision.body) })),
      authorDecisions: details.authorDecisions.map((decision) => ({
        ...decision,
        hidden: hiddenWords(decision.excerpt),
      })),
      doubtfulHosts: hosts,
    };
  }

  private async details(tx: Tx, ctx: SiteContext, id: CommentId): Promise<DetailFields> {
    const [row] = await tx.prepared<DetailFields>('queue-details', DETAIL_SQL, [ctx.siteId, id]);
    return row;
  }

  private params(siteId: SiteId, principal: Principal): unknown[] {
    const now = this.clock.now();
    const moderator = principal.kind === 'moderator' ? principal.moderatorId : null;
    return [siteId, now, moderator ?? callerOf(principal), new Date(now.getTime() - UNDO_MS), moderator];
  }

  private async toQueueItem(row: Row): Promise<QueueItem> {
    const { comment, parent, scores } = row.item;
    const thresholds = activeThresholds(await this.policyFor(row));
    return {
      ...row.item,
      hidden: hiddenWords(comment.body),
      parent: parent && { ...parent, hidden: hiddenWords(parent.body) },
      thresholds,
      topLabels: topLabels(scores, thresholds),
    };
  }

  private async policyFor({ siteId, storyId }: Row): Promise<Policy> {
    const site = await this.sites.get(siteId);
    const story = await this.stories.findById(systemContext(siteId, 'queue'), storyId);
    return resolveStoryPolicy(site, story, this.clock.now());
  }
}

function comparatorFor(sort: QueueSort): (a: Row, b: Row) => number {
  const ascending = (a: Row, b: Row): number =>
    a.key < b.key ? -1 : a.key > b.key ? 1 : a.id < b.id ? -1 : a.id > b.id ? 1 : 0;
  return sort === 'oldest' ? ascending : (a, b) => ascending(b, a);
}
