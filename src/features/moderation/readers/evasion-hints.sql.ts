import { isoSql } from '../../comments/comment-json.sql.js';
import { readerJson } from './reader-row.sql.js';
import { composeSql } from '../../../platform/database/sql.js';

/** Number of the reader's latest comments whose texts are compared with those of other accounts. */
const MAX_COMMENTS = 50;
/** Minimum length of a text in characters. Unrelated accounts often post the same shorter texts by chance. */
const MIN_TEXT_CHARS = 40;
const MAX_PER_KIND = 50;
const MAX_HINTS = 10;

/**
 * Other accounts that were ever suspended or banned and share a feature with this one. $1 is the site, $2 the reader,
 * $3 the time, $4 whether email addresses are shown, $5 the accounts of the same person, $6 the skeletons of names
 * that look like the reader's name.
 */
export const EVASION_HINTS = composeSql`
  WITH self AS (SELECT * FROM reader WHERE site_id = $1 AND id = $2), matches AS (
    (SELECT w.reader_id AS id, 'email' AS why FROM self
     JOIN reader_search_word w ON w.site_id = $1 AND w.word = '=' || canonical_email(self.email) LIMIT ${MAX_PER_KIND})
    UNION
    (SELECT r.id, 'name' FROM self JOIN reader r ON r.site_id = $1 AND r.name_skeleton = ANY ($6::text[]) LIMIT ${MAX_PER_KIND})
    UNION
    (SELECT o.author_id, 'text' FROM (
       SELECT v.fingerprint FROM (
         SELECT c.id FROM comment c WHERE c.site_id = $1 AND c.author_id = $2 ORDER BY c.id DESC LIMIT ${MAX_COMMENTS}) c
       JOIN revision v ON v.site_id = $1 AND v.comment_id = c.id
       WHERE CASE WHEN split_part(v.fingerprint, ':', 2) ~ '^[0-9]+$'
         THEN split_part(v.fingerprint, ':', 2)::int ELSE 0 END >= ${MIN_TEXT_CHARS}) texts
     JOIN revision v ON v.site_id = $1 AND v.fingerprint = texts.fingerprint
     JOIN comment o ON o.site_id = $1 AND o.id = v.comment_id LIMIT ${MAX_PER_KIND})
  )
  SELECT coalesce(json_agg(x.hint ORDER BY x.ways DESC, x.sanctioned_at DESC), '[]') AS hints FROM (
    SELECT json_build_object('reader', ${readerJson('$3', '$4')}, 'why', a.why, 'sanction', t.standing,
        'sanctionedAt', ${isoSql(composeSql`t.created_at`)}, 'cameAfter', self.created_at > t.created_at) AS hint,
      cardinality(a.why) AS ways, t.created_at AS sanctioned_at
    FROM self, (SELECT id, array_agg(why ORDER BY why) AS why FROM matches WHERE id <> ALL ($5::uuid[]) GROUP BY id) a
    JOIN reader r ON r.site_id = $1 AND r.id = a.id
    CROSS JOIN LATERAL (
      SELECT t.standing, t.created_at FROM reader_sanction t
      WHERE t.site_id = $1 AND t.reader_id = a.id AND t.standing IN ('suspended', 'banned')
      ORDER BY t.standing = 'banned' DESC, t.id DESC LIMIT 1) t
    ORDER BY cardinality(a.why) DESC, t.created_at DESC LIMIT ${MAX_HINTS}) x`;
