import { isoSql } from '../../comments/comment-json.sql.js';
import { type Sql, composeSql } from '../../../platform/database/sql.js';

// The reader's effective tier when they wrote their latest comment, in any section.
const LAST_TIER = composeSql`last_tier_of_reader(r.site_id, r.id)`;

/**
 * The reader of the alias `r`, as JSON in the shape of `ModerationReader`.
 *
 * @param now placeholder of the current time; an expired sanction is not included
 * @param showsEmail placeholder of a boolean
 */
export const readerJson = (now: '$2' | '$3', showsEmail: '$3' | '$4'): Sql => composeSql`json_build_object(
  'id', r.id, 'key', r.key, 'name', r.name, 'email', CASE WHEN ${showsEmail}::boolean THEN r.email END, 'role', r.role,
  'tier', (SELECT json_build_object('key', t.key, 'name', t.name) FROM tier t WHERE t.site_id = r.site_id AND t.key = coalesce(r.tier, ${LAST_TIER})),
  'standing', ${standingNow(now)},
  'standingUntil', CASE WHEN r.standing_until > ${now} THEN ${isoSql(composeSql`r.standing_until`)} END,
  'published', r.published_count, 'rejected', r.rejected_count,
  'since', ${isoSql(composeSql`r.created_at`)}, 'seenAt', ${isoSql(composeSql`r.seen_at`)})`;

export const standingNow = (now: '$2' | '$3'): Sql =>
  composeSql`CASE WHEN r.standing_until <= ${now} THEN 'normal' ELSE r.standing END`;

/** The moderator of the alias `m`, or null for a program. */
export const MODERATOR_JSON = composeSql`CASE WHEN m.id IS NOT NULL THEN json_build_object('id', m.id, 'name', m.name) END`;
