/**
 * Reads one page of a thread, with the first replies of each comment, in a single statement. The inner limit makes the
 * planner choose the same plan for every page size.
 */
export const PAGE_STATEMENT = `
SELECT json_build_object('items', coalesce(json_agg(page.item ORDER BY page.id DESC), '[]'::json))::text AS page
FROM (
  SELECT c.id, json_build_object(
    'id', c.id, 'storyId', c.story_id, 'parentId', c.parent_id, 'status', c.status, 'revision', c.revision,
    'body', r.body, 'html', r.html, 'createdAt', c.created_at, 'publishedAt', c.published_at, 'editedAt', CASE WHEN r.number > 1 THEN r.created_at END,
    'replyCount', c.reply_count, 'reactions', c.reactions,
    'author', json_build_object('id', a.id, 'name', a.name, 'picture', a.picture, 'role', a.role),
    'replies', json_build_object('items', (
      SELECT coalesce(json_agg(reply.item ORDER BY reply.id), '[]'::json) FROM (
        SELECT rc.id, json_build_object('id', rc.id, 'storyId', rc.story_id, 'parentId', rc.parent_id, 'status', rc.status,
          'revision', rc.revision, 'body', rr.body, 'html', rr.html, 'createdAt', rc.created_at,
          'publishedAt', rc.published_at, 'editedAt', CASE WHEN rr.number > 1 THEN rr.created_at END, 'replyCount', rc.reply_count, 'reactions', rc.reactions,
          'author', json_build_object('id', ra.id, 'name', ra.name, 'picture', ra.picture, 'role', ra.role)) AS item
        FROM comment rc
        JOIN revision rr ON rr.site_id = rc.site_id AND rr.comment_id = rc.id AND rr.number = rc.revision
        JOIN reader ra ON ra.site_id = rc.site_id AND ra.id = rc.author_id
        WHERE rc.site_id = c.site_id AND rc.root_id = c.id AND (rc.visible OR rc.reply_count > 0)
        ORDER BY rc.id LIMIT 3) reply), 'next', null)) AS item
  FROM (
    SELECT * FROM (
      SELECT * FROM comment
      WHERE site_id = $1 AND story_id = $2 AND parent_id IS NULL AND (visible OR reply_count > 0) AND id < $3::uuid
      ORDER BY id DESC LIMIT 101
    ) candidates LIMIT $4::int
  ) c
  JOIN revision r ON r.site_id = c.site_id AND r.comment_id = c.id AND r.number = c.revision
  JOIN reader a ON a.site_id = c.site_id AND a.id = c.author_id
) page`;

/** The rows written when a comment is accepted, table by table. */
export const WRITE_STATEMENTS: readonly { name: string; text: string; uses: readonly string[] }[] = [
  {
    name: 'comment',
    text: `INSERT INTO comment (site_id, id, story_id, author_id, status, created_at, pending_since)
           VALUES ($1, $2, $3, $4, 'pending', $5, $5)`,
    uses: ['site', 'comment', 'story', 'author', 'now'],
  },
  {
    name: 'revision',
    text: `INSERT INTO revision (site_id, id, comment_id, number, body, html, fingerprint, created_at)
           VALUES ($1, $2, $3, 1, $4, $4, md5($4), $5)`,
    uses: ['site', 'revision', 'comment', 'body', 'now'],
  },
  {
    name: 'outbox',
    text: `INSERT INTO outbox (site_id, type, subject, payload, occurred_at)
           VALUES ($1, 'comment.submitted', 'comment:' || $2::text, jsonb_build_object('commentId', $2::text), $3)`,
    uses: ['site', 'comment', 'now'],
  },
];
