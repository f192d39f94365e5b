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
        SELECT d.id, json_build_object('id', d.id, 'storyId', d.story_id, 'parentId', d.parent_id, 'status', d.status,
          'revision', d.revision, 'body', s.body, 'html', s.html, 'createdAt', d.created_at,
          'publishedAt', d.published_at, 'editedAt', CASE WHEN s.number > 1 THEN s.created_at END, 'replyCount', d.reply_count, 'reactions', d.reactions,
          'author', json_build_object('id', b.id, 'name', b.name, 'picture', b.picture, 'role', b.role)) AS item
        FROM comment d
        JOIN revision s ON s.site_id = d.site_id AND s.comment_id = d.id AND s.number = d.revision
        JOIN reader b ON b.site_id = d.site_id AND b.id = d.author_id
        WHERE d.site_id = c.site_id AND d.root_id = c.id AND (d.visible OR d.reply_count > 0)
        ORDER BY d.id LIMIT 3) reply), 'next', null)) AS item
  FROM (
    SELECT * FROM (
      SELECT * FROM comment
      WHERE site_id = $1 AND story_id = $2 AND parent_id IS NULL AND (visible OR reply_count > 0) AND id < $3::uuid
      ORDER BY id DESC LIMIT 101
    ) most LIMIT $4::int
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
