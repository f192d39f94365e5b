import { composeSql, joinSql, type Sql } from '../../platform/database/sql.js';

/** Formats an instant as in API responses: ISO 8601, UTC, milliseconds. The service's connections use UTC. */
export const isoSql = (instant: Sql): Sql => composeSql`to_char(${instant}, 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

const quoted = (text: Sql): Sql => composeSql`'"' || ${text} || '"'`;
const jsonOrNull = (json: Sql): Sql => composeSql`coalesce(${json}, 'null')`;
const instantOrNull = (instant: Sql): Sql => jsonOrNull(quoted(isoSql(instant)));
const jsonString = (value: Sql): Sql => composeSql`to_json(${value})::text`;
const jsonBoolean = (condition: Sql): Sql => composeSql`CASE WHEN ${condition} THEN 'true' ELSE 'false' END`;

type MemberName =
  | 'key'
  | 'name'
  | 'id'
  | 'picture'
  | 'tier'
  | 'role'
  | 'storyId'
  | 'parentId'
  | 'author'
  | 'body'
  | 'html'
  | 'status'
  | 'revision'
  | 'createdAt'
  | 'publishedAt'
  | 'editedAt'
  | 'replyCount'
  | 'reactions'
  | 'reason'
  | 'reasonText'
  | 'picked'
  | 'pinned';

/** Builds `{"name":value,…}` as text. PostgreSQL's own builders take twice as long for this many members. */
const objectSql = (members: readonly (readonly [name: MemberName, json: Sql])[]): Sql =>
  composeSql`concat(${joinSql(
    members.map(([name, json], index) => composeSql`'${index === 0 ? '{' : ','}"${name}":', ${json}`),
    ', ',
  )}, '}')`;

/**
 * SQL that renders the comment `c`, a row of `comment` with every column, as the API's JSON: text in a column `json`.
 * Join it with `CROSS JOIN LATERAL`. The output contains no raw line breaks or tabs, because JSON escapes them.
 *
 * @param audience `everyone`: the text that others see, or the placeholder of a hidden comment; `author`: the newest
 *   text, the real status, the reason code of a refusal, and the message sent with it (`reasonText`); `staff`: the
 *   same as `author`, without `reasonText`
 */
export function commentJsonSql(audience: 'everyone' | 'author' | 'staff'): Sql {
  const showsNewest = audience !== 'everyone';
  // The placeholder of a hidden comment with visible replies reveals nothing, not even that the comment is being
  // checked.
  const status = showsNewest
    ? composeSql`c.status`
    : composeSql`CASE WHEN c.visible THEN 'published' WHEN c.status = 'deleted' THEN 'deleted' ELSE 'removed' END`;
  const revisionNumber = showsNewest ? composeSql`c.revision` : composeSql`c.shown_revision`;
  const showsContent = showsNewest ? composeSql`true` : composeSql`c.visible`;
  const reactions = showsNewest
    ? composeSql`c.reactions::text`
    : composeSql`CASE WHEN c.visible THEN c.reactions::text ELSE '{}' END`;
  const tier = composeSql`(
    SELECT ${objectSql([
      ['key', jsonString(composeSql`t.key`)],
      ['name', jsonString(composeSql`t.name`)],
    ])} FROM tier t WHERE t.site_id = c.site_id AND t.key = c.author_tier
  )`;
  const author = objectSql([
    ['id', quoted(composeSql`author.id`)],
    ['name', jsonString(composeSql`author.name`)],
    ['picture', jsonOrNull(jsonString(composeSql`author.picture`))],
    ['tier', composeSql`CASE WHEN c.author_tier IS NULL THEN 'null' ELSE ${jsonOrNull(tier)} END`],
    ['role', quoted(composeSql`author.role`)],
  ]);
  return composeSql`(
    SELECT ${objectSql([
      ['id', quoted(composeSql`c.id`)],
      ['storyId', quoted(composeSql`c.story_id`)],
      ['parentId', jsonOrNull(quoted(composeSql`c.parent_id`))],
      ['author', composeSql`CASE WHEN author.id IS NULL THEN 'null' ELSE ${author} END`],
      ['body', jsonOrNull(jsonString(composeSql`text.body`))],
      ['html', jsonOrNull(jsonString(composeSql`text.html`))],
      ['status', quoted(status)],
      ['revision', composeSql`coalesce(${revisionNumber}, c.revision)`],
      ['createdAt', quoted(isoSql(composeSql`c.created_at`))],
      ['publishedAt', instantOrNull(composeSql`c.published_at`)],
      [
        'editedAt',
        composeSql`CASE WHEN text.number > 1 THEN ${quoted(isoSql(composeSql`text.created_at`))} ELSE 'null' END`,
      ],
      ['replyCount', composeSql`c.reply_count`],
      ['reactions', reactions],
      ...(showsNewest ? [['reason', jsonOrNull(jsonString(composeSql`c.reason`))] as const] : []),
      ...(audience === 'author'
        ? [['reasonText', jsonOrNull(jsonString(composeSql`c.reason_text`))] as const]
        : []),
      ['picked', jsonBoolean(composeSql`${showsContent} AND c.picked_at IS NOT NULL`)],
      ['pinned', jsonBoolean(composeSql`${showsContent} AND c.pinned_at IS NOT NULL`)],
    ])} AS json
    FROM (SELECT) one
    LEFT JOIN revision text ON ${showsContent} AND text.site_id = c.site_id AND text.comment_id = c.id AND text.number = ${revisionNumber}
    LEFT JOIN reader author ON ${showsContent} AND author.site_id = c.site_id AND author.id = c.author_id
  )`;
}

/** Matches what a thread shows: visible comments, and placeholders of hidden comments that have visible replies. */
export const isListedSql = (comment: 'c' | 'r'): Sql =>
  composeSql`(${comment}.visible OR ${comment}.reply_count > 0)`;
