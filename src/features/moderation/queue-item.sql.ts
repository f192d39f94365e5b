import { commentJsonSql, isoSql } from '../comments/comment-json.sql.js';
import { type Sql, composeSql } from '../../platform/database/sql.js';

/**
 * An author's history counts this many of their latest comments. The limit keeps the queue fast for very active authors.
 */
const HISTORY_ROWS = 200;

/**
 * The person who decided: the moderator of the alias `m`, or for an imported decision the imported name ("Jane Doe
 * (Coral)"); null for a program.
 *
 * @param row alias of the decision (`d`) or of the sanction (`t`)
 */
export const deciderSql = (row: 'd' | 't'): Sql => composeSql`CASE
  WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.name)
  WHEN ${row}.imported_by IS NOT NULL THEN json_build_object('id', NULL,
    'name', ${row}.imported_by || ' (' || initcap(${row}.imported_from) || ')') END`;

/** The latest decision, as a moderator sees it. */
const LAST_DECISION = composeSql`(
  SELECT json_build_object('id', d.id, 'action', d.action, 'by', d.decided_by,
    'moderator', ${deciderSql('d')},
    'reason', d.reason, 'createdAt', ${isoSql(composeSql`d.created_at`)},
    'undoableUntil', CASE
      WHEN d.decided_by = 'moderator' AND d.action <> 'undo' AND d.created_at >= $4
        AND coalesce(d.moderator_id::text, d.api_caller) = $3
      THEN ${isoSql(composeSql`d.created_at + interval '30 seconds'`)} END)
  FROM decision d LEFT JOIN moderator m ON m.id = d.moderator_id
  WHERE d.site_id = c.site_id AND d.comment_id = c.id
  ORDER BY d.created_at DESC, d.id DESC LIMIT 1)`;

const AUTHOR = composeSql`(
  SELECT json_build_object('id', r.id, 'name', r.name,
    'tier', (SELECT json_build_object('key', t.key, 'name', t.name) FROM tier t
             WHERE t.site_id = c.site_id AND t.key = coalesce(r.tier, c.author_tier)),
    'role', r.role, 'standing', r.standing, 'standingUntil', ${isoSql(composeSql`r.standing_until`)}, 'since', ${isoSql(composeSql`r.created_at`)},
    'history', (
      SELECT json_build_object(
        'published', count(*) FILTER (WHERE h.status = 'published'), 'held', count(*) FILTER (WHERE h.status = 'held'),
        'rejected', count(*) FILTER (WHERE h.status = 'rejected'), 'removed', count(*) FILTER (WHERE h.status = 'removed'),
        'flagged', count(*) FILTER (WHERE EXISTS (
          SELECT FROM flag f WHERE f.site_id = h.site_id AND f.comment_id = h.id)))
      FROM (SELECT h.site_id, h.id, h.status FROM comment h
            WHERE h.site_id = c.site_id AND h.author_id = c.author_id
            ORDER BY h.id DESC LIMIT ${HISTORY_ROWS}) h))
  FROM reader r WHERE r.site_id = c.site_id AND r.id = c.author_id)`;

const PARENT = composeSql`(
  SELECT json_build_object('id', p.id,
    'author', CASE WHEN p.status <> 'deleted' THEN json_build_object('name', pr.name) END,
    'body', CASE WHEN p.status <> 'deleted' THEN pv.body END)
  FROM comment p
  JOIN reader pr ON pr.site_id = p.site_id AND pr.id = p.author_id
  JOIN revision pv ON pv.site_id = p.site_id AND pv.comment_id = p.id AND pv.number = p.revision
  WHERE p.site_id = c.site_id AND p.id = c.parent_id)`;

const FLAGS = composeSql`(
  SELECT json_build_object('count', coalesce(sum(n), 0), 'reasons', coalesce(json_object_agg(reason, n), '{}'))
  FROM (SELECT f.reason, count(*)::int AS n FROM flag f
        WHERE f.site_id = c.site_id AND f.comment_id = c.id AND f.closed_at IS NULL
        GROUP BY f.reason ORDER BY n DESC, f.reason) by_reason)`;

const OPINIONS = composeSql`coalesce((
  SELECT json_agg(json_build_object('moderator', json_build_object('id', m.id, 'name', m.name), 'leaning', o.leaning,
    'note', o.note, 'createdAt', ${isoSql(composeSql`o.created_at`)}) ORDER BY o.created_at, m.id)
  FROM opinion o JOIN moderator m ON m.id = o.moderator_id
  WHERE o.site_id = c.site_id AND o.comment_id = c.id AND o.revision = c.revision), '[]')`;

/** Placeholder of the current time. */
type TimeParam = '$2' | '$3';

/** The first moderator to open a comment holds the claim for at most this long. Then the next one holds it. */
const MAX_CLAIM = composeSql`interval '5 minutes'`;

/**
 * Order of claimants, over the alias `q` of `queue_claim`: first the one who holds the claim, then the others in the
 * order in which they opened the comment.
 */
export const claimOrderSql = (now: TimeParam): Sql =>
  composeSql`q.since > ${now}::timestamptz - ${MAX_CLAIM} DESC, q.since, q.moderator_id`;

/** Moderators who have the comment of the alias `c` open. The first one holds the claim. */
export const claimantsSql = (now: TimeParam): Sql => composeSql`coalesce((
  SELECT json_agg(json_build_object('id', m.id, 'name', m.name) ORDER BY ${claimOrderSql(now)})
  FROM queue_claim q JOIN moderator m ON m.id = q.moderator_id
  WHERE q.site_id = c.site_id AND q.comment_id = c.id AND q.until > ${now}), '[]')`;

/** The refusal of a comment that is in effect: the latest one that was not undone. */
export const lastRefusalSql = (site: '$1' | 'c.site_id', comment: '$2' | 'c.id'): Sql => composeSql`
  SELECT d.id, d.moderator_id AS "moderatorId", d.created_at AS "createdAt" FROM decision d
  WHERE d.site_id = ${site} AND d.comment_id = ${comment} AND d.action IN ('reject', 'remove')
    AND NOT EXISTS (SELECT FROM decision u WHERE u.site_id = d.site_id AND u.reverses = d.id)
  ORDER BY d.stored_at DESC NULLS LAST, d.created_at DESC, d.id DESC LIMIT 1`;

/** Whether a moderator, or an account of theirs, wrote the comment of the alias `c`. False for a program. */
export const isOwnCommentSql = (
  moderator: '$3',
): Sql => composeSql`${moderator}::uuid IS NOT NULL AND (is_own_reader(c.site_id, c.author_id, ${moderator}) OR EXISTS (SELECT FROM staff_answer sa
      WHERE sa.site_id = c.site_id AND sa.comment_id = c.id AND sa.moderator_id = ${moderator}))`;

/** Codes of the problems with which a decision would be refused. */
export const BARRED = ['own-decision', 'strict-story'] as const;

/**
 * Why a moderator may not decide about the comment of the alias `c`: one of {@link BARRED}, or null. It does not check
 * whether the moderator wrote the comment.
 *
 * @param moderator placeholder of their id, which is null for a program; a program is never barred
 */
export const barredSql = (moderator: '$3' | '$5'): Sql => composeSql`CASE
  WHEN ${moderator}::uuid IS NULL THEN NULL
  WHEN EXISTS (SELECT FROM strict_story x WHERE x.site_id = c.site_id AND x.story_id = c.story_id
    AND x.moderators <> '{}' AND ${moderator}::uuid <> ALL (x.moderators)
    AND (x.ends_at IS NULL OR x.ends_at > now())) THEN 'strict-story'
  WHEN EXISTS (SELECT FROM appeal a WHERE a.site_id = c.site_id AND a.comment_id = c.id AND a.state = 'open')
    AND (SELECT refusal."moderatorId" FROM (${lastRefusalSql('c.site_id', 'c.id')}) refusal) = ${moderator}::uuid
    THEN 'own-decision' END`;

/**
 * One queue item in its API shape, over the alias `c`. The fields that `QueueView` computes are missing, such as
 * `thresholds`. $1 is the site, $2 the time, $3 the caller, $4 the time after which a decision can be undone, $5 the
 * moderator, or null for a program.
 *
 * @param since SQL of the time when the comment began to wait
 */
export const queueItemSql = (since: Sql): Sql => composeSql`
  json_build_object(
    'comment', (SELECT shown.json::json FROM (SELECT) one CROSS JOIN LATERAL ${commentJsonSql('staff')} shown),
    'story', (SELECT json_build_object('id', s.id, 'key', s.key, 'title', s.title, 'url', s.url, 'section', s.section)
              FROM story s WHERE s.site_id = c.site_id AND s.id = c.story_id),
    'parent', ${PARENT},
    'author', ${AUTHOR},
    'scores', coalesce((
      SELECT json_object_agg(x.label, json_build_object('value', x.value, 'spans', x.spans) ORDER BY x.label)
      FROM revision v JOIN score x ON x.site_id = v.site_id AND x.revision_id = v.id
      WHERE v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision), '{}'),
    'rule', (SELECT json_build_object('key', d.rule_key, 'text', d.rule_text) FROM decision d
             WHERE d.site_id = c.site_id AND d.comment_id = c.id AND d.decided_by = 'rule'
             ORDER BY d.created_at DESC, d.id DESC LIMIT 1),
    'flags', ${FLAGS},
    'appeal', (SELECT json_build_object('id', a.id, 'text', a.text, 'createdAt', ${isoSql(composeSql`a.created_at`)}) FROM appeal a
               WHERE a.site_id = c.site_id AND a.comment_id = c.id AND a.state = 'open'),
    'barred', ${barredSql('$5')},
    'claimants', ${claimantsSql('$2')},
    'language', c.language,
    'pageLanguage', c.page_language,
    'opinions', ${OPINIONS},
    'waitingSince', ${isoSql(since)},
    'lastDecision', ${LAST_DECISION})`;
