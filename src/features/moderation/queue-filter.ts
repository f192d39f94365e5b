import { composeSql, joinSql, type Sql } from '../../platform/database/sql.js';
/**
 * Filters a list of the queue. A comment must match every member that is set. The API and the console's URL use the
 * same names.
 */
export interface QueueFilter {
  section?: string;
  /** The publisher's key of the story. */
  story?: string;
  /** Key of the topic. */
  topic?: string;
  /** Key of the author's effective tier when the comment was written. */
  tier?: string;
  /** ISO 639-1, or `und`. */
  language?: string;
  /** Key of the rule that decided last. */
  rule?: string;
  /** `new` as defined by scoring: few published comments, or known for less than a day. */
  readers?: 'new' | 'known';
  standing?: string;
  /** Has waited longer, or for no longer, than this: `30m`, `4h`, `2d`. */
  older?: string;
  younger?: string;
  /** `requested`: a moderator asked for a second opinion. */
  opinion?: 'requested';
  /** Id of a brigade to which the comment belongs. */
  brigade?: string;
  /** What the comment may be good for, by its scores. */
  suggested?: SuggestedUse;
}

/**
 * `pick`: argues well for its length, is about the story and is not picked yet; `question`: asks what the newsroom could answer, and no staff answered;
 * `newsroom`: a correction or a tip.
 */
export const SUGGESTED_USES = ['pick', 'question', 'newsroom'] as const;
export type SuggestedUse = (typeof SUGGESTED_USES)[number];

/** Minimum quality of suggested picks: about the share of comments of the same length that are worse. */
const MIN_PICK_QUALITY = 0.9;
/** The scores for `question` and `newsroom` are 0 or well above this. */
const MIN_SUGGESTION_SCORE = 0.5;

const minScoreSql = (label: 'question' | 'newsroom', comment: Sql): Sql => composeSql`EXISTS (
  SELECT FROM comment q
  JOIN revision v ON v.site_id = q.site_id AND v.comment_id = q.id AND v.number = q.revision
  JOIN score x ON x.site_id = v.site_id AND x.revision_id = v.id
  WHERE q.site_id = $1 AND q.id = ${comment} AND x.label = '${label}' AND x.value >= ${MIN_SUGGESTION_SCORE})`;

const SUGGESTED: Readonly<Record<SuggestedUse, (comment: Sql) => Sql>> = {
  pick: (comment) => composeSql`EXISTS (
  SELECT FROM comment q
  WHERE q.site_id = $1 AND q.id = ${comment} AND q.quality >= ${MIN_PICK_QUALITY}::real AND q.picked_at IS NULL)`,
  question: (comment) => composeSql`${minScoreSql('question', comment)} AND NOT EXISTS (
  SELECT FROM comment a JOIN reader r ON r.site_id = a.site_id AND r.id = a.author_id
  WHERE a.site_id = $1 AND a.parent_id = ${comment} AND a.visible AND r.role <> 'reader')`,
  newsroom: (comment) => minScoreSql('newsroom', comment),
};

export const FILTER_AGE = /^[1-9]\d{0,3}[mhd]$/;
const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const ageMs = (age: string): number =>
  Number(age.slice(0, -1)) * UNIT_MS[age.slice(-1) as keyof typeof UNIT_MS];

export const isFiltered = (filter: QueueFilter): boolean => Object.keys(filter).length > 0;

/** What narrows a list: a filter and the sections that the caller is limited to. */
export interface NarrowedQueue {
  readonly filter: QueueFilter;
  /**
   * The caller's sections; null: the whole site. Row-level security enforces them too, but with the condition in the
   * statement PostgreSQL can start from the stories of a small section instead of scanning all comments.
   */
  readonly sections: readonly string[] | null;
  /** The current time, to which `older` and `younger` are relative. */
  readonly now: Date;
}

/** SQL of the columns that a filter uses: over `e` for waiting comments, over `c` for decided ones. */
export interface FilterColumns {
  comment: Sql;
  /** Builds a condition on the section of the comment's story. $1 is the site. */
  section: (predicate: Sql) => Sql;
  story: Sql;
  author: Sql;
  tier: Sql;
  language: Sql;
  rule: Sql;
  isNew: Sql;
  since: Sql;
}

export const WAITING_COLUMNS: FilterColumns = {
  comment: composeSql`e.comment_id`,
  section: (predicate) => composeSql`e.section ${predicate}`,
  story: composeSql`e.story_id`,
  author: composeSql`e.author_id`,
  tier: composeSql`e.tier`,
  language: composeSql`e.language`,
  rule: composeSql`e.rule`,
  isNew: composeSql`e.author_is_new`,
  since: composeSql`e.waiting_since`,
};

export const DECIDED_COLUMNS: FilterColumns = {
  comment: composeSql`c.id`,
  section: (predicate) =>
    composeSql`c.story_id IN (SELECT s.id FROM story s WHERE s.site_id = $1 AND s.section ${predicate})`,
  story: composeSql`c.story_id`,
  author: composeSql`c.author_id`,
  tier: composeSql`c.author_tier`,
  language: composeSql`c.language`,
  rule: composeSql`(SELECT d.rule_key FROM decision d WHERE d.site_id = c.site_id AND d.comment_id = c.id AND d.decided_by = 'rule'
          ORDER BY d.id DESC LIMIT 1)`,
  isNew: composeSql`(SELECT r.published_count < 3 OR r.created_at > c.created_at - interval '1 day' FROM reader r
           WHERE r.site_id = c.site_id AND r.id = c.author_id)`,
  since: composeSql`c.created_at`,
};

interface Condition {
  readonly value: string;
  readonly columns: FilterColumns;
  readonly now: Date;
  readonly param: (value: unknown) => Sql;
}

const earliestTime = (age: string, now: Date): Date => new Date(now.getTime() - ageMs(age));

/** SQL condition of each filter member. $1 is the site. */
const CONDITIONS: Readonly<Record<keyof QueueFilter, (condition: Condition) => Sql>> = {
  section: ({ value, columns, param }) => columns.section(composeSql`= ${param(value)}::text`),
  story: ({ value, columns, param }) =>
    composeSql`${columns.story} = (SELECT s.id FROM story s WHERE s.site_id = $1 AND s.key = ${param(value)}::text)`,
  topic: ({ value, columns, param }) =>
    composeSql`${columns.story} IN (SELECT s.id FROM story s WHERE s.site_id = $1 AND s.topics @> ${param(JSON.stringify([{ key: value }]))}::jsonb)`,
  tier: ({ value, columns, param }) => composeSql`${columns.tier} = ${param(value)}::text`,
  language: ({ value, columns, param }) => composeSql`${columns.language} = ${param(value)}::text`,
  rule: ({ value, columns, param }) => composeSql`${columns.rule} = ${param(value)}::text`,
  readers: ({ value, columns }) => (value === 'new' ? columns.isNew : composeSql`NOT ${columns.isNew}`),
  standing: ({ value, columns, param }) =>
    composeSql`${columns.author} IN (SELECT r.id FROM reader r WHERE r.site_id = $1 AND r.standing = ${param(value)}::text)`,
  older: ({ value, columns, now, param }) =>
    composeSql`${columns.since} <= ${param(earliestTime(value, now))}::timestamptz`,
  younger: ({ value, columns, now, param }) =>
    composeSql`${columns.since} > ${param(earliestTime(value, now))}::timestamptz`,
  opinion: ({ columns }) =>
    composeSql`EXISTS (SELECT FROM opinion o WHERE o.site_id = $1 AND o.comment_id = ${columns.comment})`,
  suggested: ({ value, columns }) => SUGGESTED[value as SuggestedUse](columns.comment),
  brigade: ({ value, columns, param }) =>
    composeSql`${columns.comment} IN (SELECT m.comment_id FROM brigade_comment m WHERE m.site_id = $1 AND m.brigade_id = ${param(value)}::uuid)`,
};

const FILTER_NAMES = Object.keys(CONDITIONS) as (keyof QueueFilter)[];

/** Returns the filter members that are set, ordered by name. Drops everything else. */
export function filterOf(input: Partial<Record<keyof QueueFilter, unknown>>): QueueFilter {
  return Object.fromEntries(
    FILTER_NAMES.filter((name) => typeof input[name] === 'string').map((name) => [name, input[name]]),
  );
}

/**
 * Builds SQL conditions, each beginning with AND. $1 is the site.
 *
 * @param values existing parameters; the new ones are appended and numbered after them
 */
export function narrowSql(
  { filter, sections, now }: NarrowedQueue,
  columns: FilterColumns,
  values: unknown[],
): Sql {
  const param = (value: unknown): Sql => composeSql`$${values.push(value)}`;
  const sectionCondition =
    sections === null
      ? composeSql``
      : composeSql` AND ${columns.section(composeSql`= ANY (${param(sections)}::text[])`)}`;
  const conditions = FILTER_NAMES.flatMap((name) => {
    const value = filter[name];
    return value === undefined ? [] : [composeSql` AND ${CONDITIONS[name]({ value, columns, now, param })}`];
  });
  return joinSql([sectionCondition, ...conditions], '');
}
