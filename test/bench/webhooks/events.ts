import pg from 'pg';

const EVENTS_PER_COMMENT = 4;

async function withClient<T>(databaseUrl: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: databaseUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Adds comment events to the outbox, four per comment, with some story events among them. */
export function addOutboxEvents(
  databaseUrl: string,
  siteId: string,
  events: number,
  stories: number,
): Promise<void> {
  return withClient(databaseUrl, async (client) => {
    await client.query(
      `INSERT INTO outbox (site_id, type, subject, payload, occurred_at)
       SELECT $1, CASE n / $3 WHEN 0 THEN 'comment.submitted' WHEN 1 THEN 'comment.held' WHEN 2 THEN 'comment.published'
                              ELSE 'comment.removed' END,
              'comment:' || id, jsonb_build_object('commentId', id, 'storyKey', 'bench', 'parentId', null,
                                                   'readerKey', 'reader', 'status', 'published', 'revision', 1), now()
       FROM (SELECT n, md5((n % $3)::text)::uuid AS id FROM generate_series(0, $2::int - 1) n) each ORDER BY n`,
      [siteId, events, Math.ceil(events / EVENTS_PER_COMMENT)],
    );
    await client.query(
      `INSERT INTO outbox (site_id, type, subject, payload, occurred_at)
       SELECT $1, 'story.created', 'story:' || id, jsonb_build_object('storyId', id, 'storyKey', n::text, 'state', 'open'), now()
       FROM (SELECT n, md5('story' || n)::uuid AS id FROM generate_series(1, $2::int) n) each ORDER BY n`,
      [siteId, stories],
    );
  });
}

/**
 * Creates events whose deliveries have been pending for an hour, as after an outage of the workers. There are four per
 * comment.
 */
export function makeBacklog(
  databaseUrl: string,
  siteId: string,
  endpointId: string,
  events: number,
): Promise<void> {
  return withClient(databaseUrl, async (client) => {
    await client.query(
      `CREATE TEMP TABLE new_event AS
       SELECT gen_random_uuid() AS id, gen_random_uuid() AS delivery, nextval('event_position') AS position,
              1 + n / $2 AS sequence, md5('backlog' || n % $2)::uuid AS comment FROM generate_series(0, $1::int - 1) n`,
      [events, Math.ceil(events / EVENTS_PER_COMMENT)],
    );
    await client.query(
      `INSERT INTO event (site_id, id, position, type, subject, sequence, comment_id, payload, body_thin, body_full, occurred_at)
       SELECT $1::uuid, id, position, 'comment.published', 'comment:' || comment, sequence, comment, '{}', body, body, now()
       FROM (SELECT *, jsonb_build_object('id', id, 'type', 'comment.published', 'timestamp', now(), 'site', $1::text,
                'sequence', sequence, 'data', jsonb_build_object('comment', jsonb_build_object('id', comment, 'storyKey', 'bench',
                  'parentId', null, 'readerKey', 'reader-4711', 'status', 'published', 'revision', 1)))::text AS body
             FROM new_event) each`,
      [siteId],
    );
    await client.query(
      `INSERT INTO delivery (site_id, id, endpoint_id, event_id, subject, position, next_attempt_at, created_at)
       SELECT $1, delivery, $2, id, 'comment:' || comment, position, now() - interval '1 hour', now() - interval '1 hour'
       FROM new_event ORDER BY position`,
      [siteId, endpointId],
    );
    await client.query('ANALYZE event; ANALYZE delivery');
  });
}

/** Returns IDs of a site's published comments, to decide on. */
export function commentIds(databaseUrl: string, siteId: string, max: number): Promise<string[]> {
  return withClient(databaseUrl, async (client) => {
    const { rows } = await client.query<{ id: string }>(
      `SELECT id FROM comment WHERE site_id = $1 AND status = 'published' AND parent_id IS NULL ORDER BY id LIMIT $2`,
      [siteId, max],
    );
    return rows.map(({ id }) => id);
  });
}
