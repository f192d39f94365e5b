/** Narrows a list of the queue; every member given must hold. As the wire and the console's address have it. */
export interface QueueFilter {
  section?: string;
  /** The publisher's own key of a story. */
  story?: string;
  /** A topic's key. */
  topic?: string;
  /** The tier's key that counted when the comment was written. */
  tier?: string;
  /** ISO 639-1, or `und`. */
  language?: string;
  /** The key of the latest rule that decided. */
  rule?: string;
  /** New as scoring has it: few comments published, or known for less than a day. */
  readers?: 'new' | 'known';
  standing?: string;
  /** Has waited for longer, or shorter, than this: `30m`, `4h`, `2d`. */
  older?: string;
  younger?: string;
  /** Somebody was not sure and asked for a second opinion. */
  opinion?: 'asked';
}

export const FILTER_NAMES = [
  'section',
  'story',
  'topic',
  'tier',
  'language',
  'rule',
  'readers',
  'standing',
  'older',
  'younger',
  'opinion',
] as const satisfies readonly (keyof QueueFilter)[];

export const FILTER_AGE = /^[1-9]\d{0,3}[mhd]$/;
const UNIT_MS = { m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

const msOf = (age: string): number =>
  Number(age.slice(0, -1)) * UNIT_MS[age.slice(-1) as keyof typeof UNIT_MS];

/** The members that are set, in the order of their names; everything else is left behind. */
export function filterOf(given: Partial<Record<keyof QueueFilter, unknown>>): QueueFilter {
  return Object.fromEntries(
    FILTER_NAMES.filter((name) => typeof given[name] === 'string').map((name) => [name, given[name]]),
  );
}

export const isFiltered = (filter: QueueFilter): boolean => Object.keys(filter).length > 0;

/** SQL of what a filter looks at; over `e` for what waits, over `c` for what was decided. */
export interface FilterColumns {
  comment: string;
  story: string;
  author: string;
  tier: string;
  language: string;
  rule: string;
  isNew: string;
  since: string;
}

export const WAITING_COLUMNS: FilterColumns = {
  comment: 'e.comment_id',
  story: 'e.story_id',
  author: 'e.author_id',
  tier: 'e.tier',
  language: 'e.language',
  rule: 'e.rule',
  isNew: 'e.author_is_new',
  since: 'e.waiting_since',
};

export const DECIDED_COLUMNS: FilterColumns = {
  comment: 'c.id',
  story: 'c.story_id',
  author: 'c.author_id',
  tier: 'c.author_tier',
  language: 'c.language',
  rule: `(SELECT d.rule_key FROM decision d WHERE d.site_id = c.site_id AND d.comment_id = c.id AND d.decided_by = 'rule'
          ORDER BY d.id DESC LIMIT 1)`,
  isNew: `(SELECT r.published_count < 3 OR r.created_at > c.created_at - interval '1 day' FROM reader r
           WHERE r.site_id = c.site_id AND r.id = c.author_id)`,
  since: 'c.created_at',
};

/**
 * The filter as conditions, each beginning with AND; the site is $1.
 *
 * @param values receives the parameters; the first gets the number after those that are there
 */
export function filterSql(filter: QueueFilter, columns: FilterColumns, values: unknown[], now: Date): string {
  const param = (value: unknown): string => `$${values.push(value)}`;
  const conditions: Record<keyof QueueFilter, (value: string) => string> = {
    section: (value) =>
      `${columns.story} IN (SELECT s.id FROM story s WHERE s.site_id = $1 AND s.section = ${param(value)}::text)`,
    story: (value) =>
      `${columns.story} = (SELECT s.id FROM story s WHERE s.site_id = $1 AND s.key = ${param(value)}::text)`,
    topic: (value) =>
      `${columns.story} IN (SELECT s.id FROM story s WHERE s.site_id = $1 AND s.topics @> ${param(JSON.stringify([{ key: value }]))}::jsonb)`,
    tier: (value) => `${columns.tier} = ${param(value)}::text`,
    language: (value) => `${columns.language} = ${param(value)}::text`,
    rule: (value) => `${columns.rule} = ${param(value)}::text`,
    readers: (value) => (value === 'new' ? columns.isNew : `NOT ${columns.isNew}`),
    standing: (value) =>
      `${columns.author} IN (SELECT r.id FROM reader r WHERE r.site_id = $1 AND r.standing = ${param(value)}::text)`,
    older: (value) => `${columns.since} <= ${param(new Date(now.getTime() - msOf(value)))}::timestamptz`,
    younger: (value) => `${columns.since} > ${param(new Date(now.getTime() - msOf(value)))}::timestamptz`,
    opinion: () =>
      `EXISTS (SELECT FROM opinion o WHERE o.site_id = $1 AND o.comment_id = ${columns.comment})`,
  };
  return FILTER_NAMES.flatMap((name) => {
    const value = filter[name];
    return value === undefined ? [] : [` AND ${conditions[name](value)}`];
  }).join('');
}
