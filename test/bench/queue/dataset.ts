import pg from 'pg';
import { makeQualityDataset } from './quality-dataset.js';
import { ADMIN_KEY, type Server } from '../servers.js';

export interface QueueDataset {
  readonly siteId: string;
  /** A story key, a reader ID and a held comment, for filters and detail views. */
  readonly storyKey: string;
  readonly heldId: string;
  /** The reader with the most comments. */
  readonly busyReaderId: string;
}

const READERS = 40_000;
const STORIES = 4_000;

/** Time-ordered IDs like the product's: milliseconds in the first 48 bits, then the version and a counter. */
const idAt = (ms: string, n: string): string =>
  `(lpad(to_hex((${ms})::bigint), 12, '0') || '7000' || '8000' || lpad(to_hex(${n}), 12, '0'))::uuid`;

/**
 * Creates a site with the data of a year: `comments` comments by 40,000 readers under 4,000 stories. Every tenth comment
 * is held; some are flagged, escalated, rejected or appealed. As in practice, a few readers write most of the comments.
 * One percent of the stories are in a small section.
 */
export async function makeQueueDataset(
  server: Server,
  databaseUrl: string,
  comments: number,
): Promise<QueueDataset> {
  const answer = await fetch(`${server.url}/api/v1/sites`, {
    method: 'POST',
    headers: { authorization: `Bearer ${ADMIN_KEY}`, 'content-type': 'application/json' },
    body: JSON.stringify({ name: 'Benchmark', origins: ['http://localhost'] }),
  });
  const { id: site } = (await answer.json()) as { id: string };
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  const run = (sql: string) => client.query(sql.replaceAll('$SITE', `'${site}'::uuid`));
  // Triggers and foreign keys are disabled: the generated rows are consistent, and the queue is filled below.
  await run(`SET session_replication_role = replica; SET synchronous_commit = off`);
  await run(`
    INSERT INTO reader (site_id, id, key, name, name_skeleton, standing, published_count, created_at, seen_at)
    SELECT $SITE, ${idAt('1690000000000', 'n')}, 'reader-' || n, 'Reader ' || n, 'reader' || n,
      CASE WHEN n % 400 = 0 THEN 'trusted' WHEN n % 900 = 0 THEN 'pre-moderated' ELSE 'normal' END,
      n % 60, now() - (n % 700) * interval '1 day', now() FROM generate_series(1, ${READERS}) n`);
  await run(`
    INSERT INTO reader_search_word (site_id, word, reader_id)
    SELECT r.site_id, w, r.id FROM reader r, reader_search_words(r.name, r.email) w WHERE r.site_id = $SITE`);
  await run(`
    INSERT INTO story (site_id, id, key, url, title, section, topics, comment_count, created_at, updated_at)
    SELECT $SITE, ${idAt('1690000000000', 'n')}, 'story-' || n, 'http://localhost/story-' || n, 'Story ' || n,
      CASE WHEN n % 100 = 0 THEN 'Obituaries' ELSE (ARRAY['World', 'Politics', 'Business', 'Sport', 'Culture'])[1 + n % 5] END,
      CASE WHEN n % 50 = 0 THEN '[{"type": "ticker", "key": "ACME", "name": "Acme"}]'::jsonb ELSE '[]' END,
      n % 900, now(), now() FROM generate_series(1, ${STORIES}) n`);
  const createdAtMs = `(extract(epoch FROM now()) * 1000 - (${comments} - n) * 31000.0)`;
  // The story is chosen by a hash, so a comment's status does not correlate with its story or section.
  const story = `1 + (hashint8(n)::bigint & 2147483647) % ${STORIES}`;
  // Because of the square, a few readers write many comments and most readers write few.
  const reader = `1 + floor(power((n * 7919 % 100003) / 100003.0, 2) * ${READERS - 1})::bigint`;
  await run(`
    INSERT INTO comment (site_id, id, story_id, author_id, author_tier, status, visible, shown_revision, reaction_count,
      flag_count, escalated, risk, waiting_since, created_at, published_at, language)
    SELECT $SITE, ${idAt(createdAtMs, 'n')}, ${idAt('1690000000000', story)}, ${idAt('1690000000000', reader)},
      CASE WHEN n % 7 = 0 THEN 'insider-gold' WHEN n % 3 = 0 THEN 'insider' END, status, status = 'published',
      CASE WHEN status = 'published' THEN 1 END, n % 30, CASE WHEN status = 'published' AND n % 500 = 1 THEN 1 + n % 3 ELSE 0 END,
      status = 'held' AND n % 997 = 0, (n * 104729 % 1000) / 500.0,
      CASE WHEN status = 'held' OR status = 'published' AND n % 500 = 1 THEN to_timestamp(${createdAtMs} / 1000) END,
      to_timestamp(${createdAtMs} / 1000), CASE WHEN status = 'published' THEN to_timestamp(${createdAtMs} / 1000) END,
      CASE WHEN n % 97 = 0 THEN 'fr' WHEN n % 11 = 0 THEN 'de' ELSE 'en' END
    FROM (SELECT n::bigint, CASE WHEN n % 10 = 0 THEN 'held' WHEN n % 40 = 3 THEN 'rejected' ELSE 'published' END AS status
          FROM generate_series(1, ${comments}) n) x`);
  await run(`
    INSERT INTO revision (site_id, id, comment_id, number, body, html, fingerprint, created_at)
    SELECT site_id, id, id, 1, text, '<p>' || text || '</p>', md5(id::text), created_at
    FROM (SELECT c.*, 'The report says the same in three places, each time a little more carefully. Who asked for it? ' || id AS text
          FROM comment c WHERE site_id = $SITE) c`);
  await run(`
    INSERT INTO score (site_id, revision_id, label, value, spans)
    SELECT c.site_id, c.id, label, (c.risk / 2.5)::float8, '[[4, 10]]'
    FROM comment c, unnest(ARRAY['toxicity', 'insult', 'threat', 'profanity']) label
    WHERE c.site_id = $SITE AND c.status IN ('held', 'rejected')`);
  await run(`
    INSERT INTO decision (site_id, id, comment_id, revision, action, decided_by, rule_key, rule_text, from_status, to_status,
      policy_version, created_at)
    SELECT site_id, id, id, 1, CASE status WHEN 'held' THEN 'hold' WHEN 'published' THEN 'publish' ELSE 'reject' END, 'rule',
      CASE WHEN status = 'published' THEN 'all-clear' WHEN risk > 1.9 THEN 'score-threat' WHEN risk > 1 THEN 'score-insult' ELSE 'new-reader' END,
      'by a rule', 'pending', status, 1, created_at
    FROM comment WHERE site_id = $SITE`);
  await run(`
    INSERT INTO flag (site_id, id, comment_id, reader_id, reason, created_at)
    SELECT site_id, id, id, ${idAt('1690000000000', '17')}, 'spam', created_at FROM comment WHERE site_id = $SITE AND flag_count > 0`);
  await run(`
    INSERT INTO appeal (site_id, id, comment_id, revision, text, created_at)
    SELECT site_id, id, id, 1, 'Read it again.', created_at FROM comment
    WHERE site_id = $SITE AND status = 'rejected' AND reaction_count < 2`);
  await run(`
    INSERT INTO saved_queue (site_id, id, name, state, sort, filter, created_at)
    SELECT $SITE, gen_random_uuid(), 'Queue ' || n, 'held', 'risk', filter, now()
    FROM unnest(ARRAY['{"readers": "new"}', '{"section": "World"}', '{"language": "fr"}', '{"tier": "insider"}',
      '{"rule": "score-insult"}', '{"older": "30d"}', '{"standing": "trusted"}', '{"topic": "ACME"}', '{"younger": "1d"}',
      '{"section": "Obituaries", "readers": "known"}']::jsonb[]) WITH ORDINALITY q (filter, n)`);
  await makeQualityDataset(run);
  await run(`ANALYZE`);
  await run(`
    SELECT upsert_queue_entry(site_id, id) FROM comment
    WHERE site_id = $SITE AND (status = 'held' OR escalated OR (status = 'published' AND flag_count > 0))`);
  await run(`SELECT upsert_queue_entry(site_id, comment_id) FROM appeal WHERE site_id = $SITE`);
  await run(`VACUUM ANALYZE queue_entry`);
  await run(`VACUUM ANALYZE comment`);
  const { rows } = await client.query<{ id: string }>(
    `SELECT comment_id AS id FROM queue_entry WHERE site_id = $1 AND state = 'held' ORDER BY priority DESC LIMIT 1`,
    [site],
  );
  const { rows: busiest } = await client.query<{ id: string }>(
    `SELECT author_id AS id FROM comment WHERE site_id = $1 GROUP BY author_id ORDER BY count(*) DESC LIMIT 1`,
    [site],
  );
  await client.end();
  return { siteId: site, storyKey: 'story-1000', heldId: rows[0].id, busyReaderId: busiest[0].id };
}
