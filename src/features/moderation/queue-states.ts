import { composeSql, type Sql } from '../../platform/database/sql.js';
export const QUEUE_STATES = ['held', 'flagged', 'appealed', 'escalated', 'published', 'rejected'] as const;
export type QueueState = (typeof QUEUE_STATES)[number];

export const QUEUE_SORTS = ['risk', 'oldest', 'newest'] as const;
export type QueueSort = (typeof QUEUE_SORTS)[number];

const APPEALED = composeSql`EXISTS (SELECT FROM appeal a WHERE a.site_id = c.site_id AND a.comment_id = c.id AND a.state = 'open')`;

/**
 * SQL condition of each list, over the alias `c`. A comment is in at most one of the first four lists, which wait for
 * a moderator. The other two show decided comments.
 */
export const IN_STATE: Readonly<Record<QueueState, Sql>> = {
  held: composeSql`c.status = 'held' AND NOT c.escalated`,
  flagged: composeSql`c.status = 'published' AND c.flag_count > 0 AND NOT c.escalated`,
  appealed: composeSql`c.status IN ('rejected', 'removed') AND NOT c.escalated AND ${APPEALED}`,
  escalated: composeSql`c.escalated AND c.status <> 'deleted'`,
  published: composeSql`c.status = 'published'`,
  rejected: composeSql`c.status IN ('rejected', 'removed')`,
};

/** SQL over `c`: the list in which a comment waits; null if it waits in none. */
export const WAITING_STATE = composeSql`CASE
  WHEN ${IN_STATE.escalated} THEN 'escalated'
  WHEN ${IN_STATE.held} THEN 'held'
  WHEN ${IN_STATE.flagged} THEN 'flagged'
  WHEN ${IN_STATE.appealed} THEN 'appealed'
END`;

/** Whether comments in this list wait for a moderator. They then have a row in `queue_entry`. */
export const isWaitingState = (state: QueueState): boolean => state !== 'published' && state !== 'rejected';
