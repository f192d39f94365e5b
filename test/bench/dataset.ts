import { SignJWT } from 'jose';
import pg from 'pg';
import { ADMIN_KEY, type Server } from './servers.js';

export interface Dataset {
  readonly siteId: string;
  readonly storyKey: string;
  readonly storyId: string;
  readonly authorId: string;
  /** Tokens of different readers, valid for an hour. */
  readonly tokens: readonly string[];
}

async function asAdmin<T>(server: Server, method: string, path: string, body: unknown): Promise<T> {
  const answer = await fetch(server.url + path, {
    method,
    headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify(body),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return (await answer.json()) as T;
}

const signReaderToken = (siteId: string, secret: string, n: number): Promise<string> =>
  new SignJWT({ name: `Reader ${n}` })
    .setProtectedHeader({ alg: 'HS256' })
    .setSubject(`reader-${n}`)
    .setAudience(siteId)
    .setIssuedAt()
    .setExpirationTime('1h')
    .sign(new TextEncoder().encode(secret));

const LOREM =
  'The report says the same thing in three places, and each time a little more carefully. I would like to know who asked ' +
  'for the second version, and what the first one cost us in the end. Somebody has those figures.';

/**
 * Creates a site with one story that has `comments` published top-level comments by 500 readers. Every fifth comment
 * has four replies.
 */
export async function makeDataset(
  server: Server,
  databaseUrl: string,
  comments: number,
  tokens: number,
): Promise<Dataset> {
  const site = await asAdmin<{ id: string; ssoSecret: string }>(server, 'POST', '/api/v1/sites', {
    name: 'Benchmark',
    origins: ['http://localhost'],
  });
  const storyKey = 'long-thread';
  const story = await asAdmin<{ id: string }>(server, 'PUT', `/api/v1/sites/${site.id}/stories/${storyKey}`, {
    url: 'http://localhost/long-thread',
    title: 'A long thread',
  });
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const values = [site.id, story.id, comments, LOREM];
  await client.query(
    `INSERT INTO reader (site_id, id, key, name, name_skeleton, created_at, seen_at)
     SELECT $1, gen_random_uuid(), 'author-' || n, 'Author ' || n, 'author' || n, now(), now() FROM generate_series(1, 500) n`,
    [site.id],
  );
  // Time-ordered IDs like the product's: milliseconds in the first 48 bits, then the version and a counter.
  await client.query(
    `CREATE TEMP TABLE top AS
     SELECT (lpad(to_hex(1700000000000 + n * 1000), 12, '0') || '7000' || '8000' || lpad(to_hex(n), 12, '0'))::uuid AS id, n,
            to_timestamp(1700000000 + n) AS at
     FROM generate_series(1, $1::int) n`,
    [comments],
  );
  await client.query(
    `INSERT INTO comment (site_id, id, story_id, author_id, status, visible, shown_revision, reply_count, reaction_count, reactions,
       created_at, published_at)
     SELECT $1, top.id, $2, (SELECT id FROM reader WHERE site_id = $1 AND key = 'author-' || (1 + n % 500)), 'published', true, 1,
            CASE WHEN n % 5 = 0 THEN 4 ELSE 0 END, n % 40,
            CASE WHEN n % 40 = 0 THEN '{}'::jsonb ELSE jsonb_build_object('like', n % 40) END, at, at FROM top`,
    values.slice(0, 2),
  );
  await client.query(
    `INSERT INTO comment (site_id, id, story_id, parent_id, root_id, author_id, status, visible, shown_revision,
       created_at, published_at)
     SELECT $1, overlay(top.id::text PLACING lpad(to_hex(m), 4, '0') FROM 20 FOR 4)::uuid, $2, top.id, top.id,
            (SELECT id FROM reader WHERE site_id = $1 AND key = 'author-' || (1 + (n + m) % 500)), 'published', true, 1,
       at, at
     FROM top, generate_series(1, 4) m WHERE n % 5 = 0`,
    values.slice(0, 2),
  );
  await client.query(
    `INSERT INTO revision (site_id, id, comment_id, number, body, html, fingerprint, created_at)
     SELECT site_id, gen_random_uuid(), id, 1, $2 || ' (' || id || ')', '<p>' || $2 || ' (' || id || ')</p>', md5(id::text), created_at
     FROM comment WHERE site_id = $1`,
    [site.id, LOREM],
  );
  await client.query(
    `UPDATE story SET comment_count = (SELECT count(*) FROM comment c WHERE c.site_id = $1 AND c.story_id = $2)
     WHERE site_id = $1 AND id = $2`,
    values.slice(0, 2),
  );
  await client.query('ANALYZE');
  const { rows } = await client.query<{ id: string }>('SELECT id FROM reader WHERE site_id = $1 LIMIT 1', [
    site.id,
  ]);
  await client.end();
  return {
    siteId: site.id,
    storyKey,
    storyId: story.id,
    authorId: rows[0].id,
    tokens: await Promise.all(
      Array.from({ length: tokens }, (_, n) => signReaderToken(site.id, site.ssoSecret, n)),
    ),
  };
}
