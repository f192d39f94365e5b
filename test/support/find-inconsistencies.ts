import type { OwnerConnection } from './site-fixture.js';

/**
 * Finds inconsistent rows of a site: counts that do not match the counted rows, and statuses that do not follow from the
 * decisions.
 */
export function findInconsistencies(
  db: OwnerConnection,
  site: string,
): Promise<{ what: string; id: string }[]> {
  return db.rows(
    `WITH RECURSIVE descendant AS (
       SELECT id AS top, id, 0 AS level FROM comment WHERE site_id = $1
       UNION ALL
       SELECT d.top, c.id, d.level + 1 FROM descendant d JOIN comment c ON c.site_id = $1 AND c.parent_id = d.id
     )
     SELECT 'replies' AS what, c.id FROM comment c WHERE c.site_id = $1 AND c.reply_count <> (
       SELECT count(*) FROM descendant d JOIN comment reply ON reply.id = d.id WHERE d.top = c.id AND d.level > 0 AND reply.visible)
     UNION ALL
     SELECT 'story', s.id FROM story s WHERE s.site_id = $1 AND s.comment_count <> (
       SELECT count(*) FROM comment c WHERE c.site_id = $1 AND c.story_id = s.id AND c.visible)
     UNION ALL
     SELECT 'reader', r.id FROM reader r WHERE r.site_id = $1 AND (
       r.published_count <> (SELECT count(*) FROM comment c WHERE c.site_id = $1 AND c.author_id = r.id AND c.status = 'published')
       OR r.rejected_count <> (SELECT count(*) FROM comment c WHERE c.site_id = $1 AND c.author_id = r.id AND c.status IN ('rejected', 'removed')))
     UNION ALL
     SELECT 'reactions', c.id FROM comment c WHERE c.site_id = $1 AND c.reaction_count <> (
       SELECT count(*) FROM reaction x WHERE x.site_id = $1 AND x.comment_id = c.id)
     UNION ALL
     SELECT 'flags', c.id FROM comment c WHERE c.site_id = $1 AND c.flag_count <> (
       SELECT count(*) FROM flag f WHERE f.site_id = $1 AND f.comment_id = c.id AND f.closed_at IS NULL)
     UNION ALL
     SELECT 'root', c.id FROM comment c JOIN comment p ON p.id = c.parent_id
     WHERE c.site_id = $1 AND c.root_id IS DISTINCT FROM coalesce(p.root_id, p.id)
     UNION ALL
     SELECT 'state', c.id FROM comment c WHERE c.site_id = $1 AND c.status <> 'deleted' AND c.status IS DISTINCT FROM (
       SELECT d.to_status FROM decision d WHERE d.site_id = $1 AND d.comment_id = c.id ORDER BY d.id DESC LIMIT 1)
     UNION ALL
     SELECT 'chain', d.id FROM (
       SELECT d.id, d.from_status, lag(d.to_status) OVER (PARTITION BY d.comment_id, d.revision ORDER BY d.id) AS before
       FROM decision d WHERE d.site_id = $1) d
     WHERE d.from_status <> coalesce(d.before, 'pending')
     UNION ALL
     SELECT 'queue', c.id FROM comment c LEFT JOIN queue_entry e ON e.site_id = $1 AND e.comment_id = c.id
     WHERE c.site_id = $1 AND (c.status = 'held' OR c.status = 'published' AND c.flag_count > 0) <> (e.comment_id IS NOT NULL)
     UNION ALL
     SELECT 'revision', c.id FROM comment c WHERE c.site_id = $1 AND NOT EXISTS (
       SELECT FROM revision v WHERE v.site_id = $1 AND v.comment_id = c.id AND v.number = c.revision)`,
    [site],
  );
}
