export const QUEUE_STATES = ['held', 'flagged', 'appealed', 'escalated', 'published', 'rejected'] as const;
export type QueueState = (typeof QUEUE_STATES)[number];

export const QUEUE_SORTS = ['risk', 'oldest', 'newest'] as const;
export type QueueSort = (typeof QUEUE_SORTS)[number];

const APPEALED = `EXISTS (SELECT FROM appeal a WHERE a.site_id = c.site_id AND a.comment_id = c.id AND a.state = 'open')`;

/**
 * Which comments are in which list, over the alias `c`. Of the first four, which wait for somebody, a comment is in
 * one at most; the other two show what was decided.
 */
export const IN_STATE: Readonly<Record<QueueState, string>> = {
  held: `c.status = 'held' AND NOT c.escalated`,
  flagged: `c.status = 'published' AND c.flag_count > 0 AND NOT c.escalated`,
  appealed: `c.status IN ('rejected', 'removed') AND NOT c.escalated AND ${APPEALED}`,
  escalated: `c.escalated AND c.status <> 'deleted'`,
  published: `c.status = 'published'`,
  rejected: `c.status IN ('rejected', 'removed')`,
};

/** The list in which a comment waits, as SQL over `c`; null when nobody is waited for. */
export const WAITING_STATE = `CASE
  WHEN ${IN_STATE.escalated} THEN 'escalated'
  WHEN ${IN_STATE.held} THEN 'held'
  WHEN ${IN_STATE.flagged} THEN 'flagged'
  WHEN ${IN_STATE.appealed} THEN 'appealed'
END`;

/** Whether comments wait for somebody there; they have a row in `queue_entry` then. */
export const isWaitingState = (state: QueueState): boolean => state !== 'published' && state !== 'rejected';
