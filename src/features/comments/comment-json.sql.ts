/** Formats an instant as in API responses: ISO 8601, UTC, milliseconds. The service's connections use UTC. */
export const isoSql = (instant: string): string => `to_char(${instant}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const quoted = (text: string): string => `'"' || ${text} || '"'`;
const orNull = (json: string): string => `coalesce(${json}, 'null')`;
const instantOrNull = (instant: string): string => orNull(quoted(isoSql(instant)));
const text = (value: string): string => `to_json(${value})::text`;
const flag = (condition: string): string => `CASE WHEN ${condition} THEN 'true' ELSE 'false' END`;

/** Builds `{"name":value,…}` as text. PostgreSQL's own builders take twice as long for this many members. */
const objectSql = (members: readonly (readonly [name: string, json: string])[]): string =>
  `concat(${members.map(([name, json], n) => `'${n === 0 ? '{' : ','}"${name}":', ${json}`).join(', ')}, '}')`;

/**
 * SQL that renders one comment as the API's JSON, as text in a column `json`. Join it with `CROSS JOIN LATERAL`. The
 * output contains no raw line breaks or tabs, because JSON escapes them.
 *
 * @param comment alias of a row of `comment` with every column
 * @param audience `everyone`: the text that others see, or the placeholder of a hidden comment; `author`: the newest
 *   text, the real status, the reason code of a refusal, and the message sent with it (`reasonText`); `desk`: the
 *   same as `author`, without `reasonText`
 */
export function commentJsonSql(comment: string, audience: 'everyone' | 'author' | 'desk'): string {
  const c = comment;
  const isAuthor = audience !== 'everyone';
  // The placeholder of a hidden comment with visible replies reveals nothing, not even that the comment is being
  // checked.
  const status = isAuthor
    ? `${c}.status`
    : `CASE WHEN ${c}.visible THEN 'published' WHEN ${c}.status = 'deleted' THEN 'deleted' ELSE 'removed' END`;
  const number = isAuthor ? `${c}.revision` : `${c}.shown_revision`;
  const seen = isAuthor ? 'true' : `${c}.visible`;
  const reactions = isAuthor
    ? `${c}.reactions::text`
    : `CASE WHEN ${c}.visible THEN ${c}.reactions::text ELSE '{}' END`;
  const tier = `(
    SELECT ${objectSql([
      ['key', text('t.key')],
      ['name', text('t.name')],
    ])} FROM tier t WHERE t.site_id = ${c}.site_id AND t.key = ${c}.author_tier
  )`;
  const author = objectSql([
    ['id', quoted('author.id')],
    ['name', text('author.name')],
    ['picture', orNull(text('author.picture'))],
    ['tier', `CASE WHEN ${c}.author_tier IS NULL THEN 'null' ELSE ${orNull(tier)} END`],
    ['role', quoted('author.role')],
  ]);
  return `(
    SELECT ${objectSql([
      ['id', quoted(`${c}.id`)],
      ['storyId', quoted(`${c}.story_id`)],
      ['parentId', orNull(quoted(`${c}.parent_id`))],
      ['author', `CASE WHEN author.id IS NULL THEN 'null' ELSE ${author} END`],
      ['body', orNull(text('text.body'))],
      ['html', orNull(text('text.html'))],
      ['status', quoted(status)],
      ['revision', `coalesce(${number}, ${c}.revision)`],
      ['createdAt', quoted(isoSql(`${c}.created_at`))],
      ['publishedAt', instantOrNull(`${c}.published_at`)],
      ['editedAt', `CASE WHEN text.number > 1 THEN ${quoted(isoSql('text.created_at'))} ELSE 'null' END`],
      ['replyCount', `${c}.reply_count`],
      ['reactions', reactions],
      ...(isAuthor ? [['reason', orNull(text(`${c}.reason`))] as const] : []),
      ...(audience === 'author' ? [['reasonText', orNull(text(`${c}.reason_text`))] as const] : []),
      ['picked', flag(`${seen} AND ${c}.picked_at IS NOT NULL`)],
      ['pinned', flag(`${seen} AND ${c}.pinned_at IS NOT NULL`)],
    ])} AS json
    FROM (SELECT) one
    LEFT JOIN revision text ON ${seen} AND text.site_id = ${c}.site_id AND text.comment_id = ${c}.id AND text.number = ${number}
    LEFT JOIN reader author ON ${seen} AND author.site_id = ${c}.site_id AND author.id = ${c}.author_id
  )`;
}

/** Matches what a thread shows: visible comments, and placeholders of hidden comments that have visible replies. */
export const isListedSql = (comment: string): string => `(${comment}.visible OR ${comment}.reply_count > 0)`;
