import { newId } from '../../src/platform/ids.js';
import type { OwnerConnection } from './site-fixture.js';

const HOUR_MS = 60 * 60_000;

/** Adds established readers, each with a comment from two hours ago on another story. */
export async function addRegularReaders(
  db: Pick<OwnerConnection, 'rows'>,
  site: string,
  count: number,
): Promise<void> {
  const atMs = Date.now() - 2 * HOUR_MS;
  const ids = Array.from({ length: count }, () => newId(atMs));
  const at = new Date(atMs);
  await db.rows(
    `WITH a_story AS (
       INSERT INTO story (site_id, id, key, url, title, created_at, updated_at)
       VALUES ($1, $2, 'story-' || $2::uuid, 'http://localhost/regulars', 'Regulars', $4, $4) RETURNING id),
     readers AS (
       INSERT INTO reader (site_id, id, key, name, name_skeleton, published_count, created_at, seen_at)
       SELECT $1, id, 'regular-' || id, 'Regular', 'regular', 40, $4::timestamptz - interval '300 days', $4
       FROM unnest($3::uuid[]) id RETURNING id),
     comments AS (
       INSERT INTO comment (site_id, id, story_id, author_id, status, created_at)
       SELECT $1, readers.id, a_story.id, readers.id, 'published', $4 FROM readers, a_story RETURNING id)
     INSERT INTO revision (site_id, id, comment_id, number, body, html, fingerprint, created_at)
     SELECT $1, id, id, 1, 'I have read this paper for years.', '', '', $4 FROM comments`,
    [site, newId(atMs), ids, at],
  );
}
