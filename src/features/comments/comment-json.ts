/** An instant as the wire has it: ISO 8601, UTC, milliseconds. The service's connections live in UTC. */
export const isoSql = (instant: string): string => `to_char(${instant}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/**
 * SQL that renders one comment as the wire's JSON, as text in a column `json`; to be joined with `CROSS JOIN LATERAL`.
 *
 * @param comment alias of a row of `comment` with every column
 * @param audience `everyone`: the text that others see, or what stays of a hidden comment; `author`: the newest
 *   text, the real status, and the reason's code of a refusal
 */
export function commentJsonSql(comment: string, audience: 'everyone' | 'author'): string {
  const c = comment;
  const isAuthor = audience === 'author';
  // A hidden comment under which visible replies stand tells nothing of itself, not even that it is being checked.
  const status = isAuthor
    ? `${c}.status`
    : `CASE WHEN ${c}.visible THEN 'published' WHEN ${c}.status = 'deleted' THEN 'deleted' ELSE 'removed' END`;
  const number = isAuthor ? `${c}.revision` : `${c}.shown_revision`;
  const seen = isAuthor ? 'true' : `${c}.visible`;
  return `(
    SELECT row_to_json(wire)::text AS json FROM (
      SELECT ${c}.id, ${c}.story_id AS "storyId", ${c}.parent_id AS "parentId", author.json AS author,
        text.body, text.html, ${status} AS status, coalesce(${number}, ${c}.revision) AS revision,
        ${isoSql(`${c}.created_at`)} AS "createdAt", ${isoSql(`${c}.published_at`)} AS "publishedAt",
        CASE WHEN text.number > 1 THEN ${isoSql('text.created_at')} END AS "editedAt",
        ${c}.reply_count AS "replyCount", ${isAuthor ? `${c}.reactions, ${c}.reason` : `CASE WHEN ${c}.visible THEN ${c}.reactions ELSE '{}' END AS reactions`},
        ${seen} AND ${c}.picked_at IS NOT NULL AS picked, ${seen} AND ${c}.pinned_at IS NOT NULL AS pinned
      FROM (SELECT) one
      LEFT JOIN revision text ON ${seen} AND text.site_id = ${c}.site_id AND text.comment_id = ${c}.id AND text.number = ${number}
      LEFT JOIN LATERAL (
        SELECT row_to_json(a) AS json FROM (
          SELECT r.id, r.name, r.picture, (
            SELECT row_to_json(named) FROM (
              SELECT t.key, t.name FROM tier t WHERE t.site_id = ${c}.site_id AND t.key = ${c}.author_tier
            ) named
          ) AS tier, r.role
          FROM reader r WHERE ${seen} AND r.site_id = ${c}.site_id AND r.id = ${c}.author_id
        ) a
      ) author ON true
    ) wire
  )`;
}

/** What a thread shows: what is visible, and what stays of a hidden comment under which visible replies stand. */
export const shownSql = (comment: string): string => `(${comment}.visible OR ${comment}.reply_count > 0)`;
