/**
 * Number of aggregated hours and minutes. With the rows per hour and minute below, it is more than a site with a million
 * comments a year has.
 */
const HOURS = 90 * 24;
const MINUTES = 26 * 60;
const RULES = `ARRAY['all-clear', 'score-insult', 'score-threat', 'score-spam', 'score-identity-attack', 'score-sexual',
  'score-toxicity', 'banned-word', 'suspect-word', 'new-reader', 'links', 'repeat']`;
const LABELS = `ARRAY['toxicity', 'severeToxicity', 'insult', 'profanity', 'threat', 'identityAttack', 'sexual', 'spam']`;

/**
 * Creates the data that the quality and overview screens read, for 90 days: twelve rules and a dozen waiting times per
 * hour, thirty stories with comments per minute, and a sample of 80 decisions a week, most of them reviewed and some
 * reviewed twice.
 *
 * @param run runs a statement in which `$SITE` stands for the site
 */
export async function makeQualityDataset(run: (sql: string) => Promise<unknown>): Promise<void> {
  const hour = `date_trunc('hour', now()) - n * interval '1 hour'`;
  await run(`
    INSERT INTO decision_hour (site_id, hour, rule_key, published, held, rejected, held_published, held_refused,
      appeals_upheld, appeals_overturned)
    SELECT $SITE, ${hour}, rule, 90, 9, 3, 5, 4, 1, n % 5 / 4
    FROM generate_series(0, ${HOURS}) n, unnest(${RULES}) rule`);
  await run(`
    INSERT INTO waiting_hour (site_id, hour, bucket, decisions)
    SELECT $SITE, ${hour}, b, 3 FROM generate_series(0, ${HOURS}) n, generate_series(10, 54, 4) b`);
  await run(`
    INSERT INTO human_decision_hour (site_id, label, hour, bin, published, refused)
    SELECT $SITE, label, ${hour}, b, 2, 1
    FROM generate_series(0, ${HOURS}) n, unnest(${LABELS}) label, generate_series(2, 46, 11) b`);
  await run(`
    INSERT INTO comment_minute (site_id, minute, story_id, comments)
    SELECT $SITE, date_trunc('minute', now()) - n * interval '1 minute', s.id, 1 + n % 4
    FROM generate_series(0, ${MINUTES}) n
    CROSS JOIN (SELECT id FROM story WHERE site_id = $SITE ORDER BY id DESC LIMIT 30) s`);
  await run(`
    INSERT INTO moderator (id, name, created_at)
    SELECT gen_random_uuid(), 'Moderator ' || n, now() FROM generate_series(1, 20) n`);
  await run(`
    INSERT INTO sample_draw (site_id, id, since, until, is_weekly, published_of, published, rejected_of, rejected,
      created_at, done_at)
    SELECT $SITE, gen_random_uuid(), now() - n * interval '7 days', now() - (n - 1) * interval '7 days', true, 17000, 60,
      500, 20, now() - (n - 1) * interval '7 days', now() - (n - 1) * interval '7 days' FROM generate_series(1, 13) n`);
  await run(`
    INSERT INTO sample (site_id, id, draw_id, decision_id, comment_id, revision, outcome, rule_key, scores, required_reviews, created_at)
    SELECT $SITE, c.id, d.id, c.id, c.id, 1, CASE WHEN c.status = 'published' THEN 'publish' ELSE 'reject' END, 'all-clear',
      '{"insult": 0.2, "toxicity": 0.3}', 1 + (c.n % 5 = 0)::int, d.created_at
    FROM (SELECT d.*, row_number() OVER (ORDER BY since DESC) AS draw_number FROM sample_draw d WHERE d.site_id = $SITE) d
    CROSS JOIN LATERAL (
      SELECT c.id, c.status, row_number() OVER () AS n FROM comment c
      WHERE c.site_id = $SITE AND c.status IN ('published', 'rejected') ORDER BY c.id DESC OFFSET d.draw_number * 90 LIMIT 80) c
    ON CONFLICT DO NOTHING`);
  await run(`
    INSERT INTO sample_review (site_id, sample_id, moderator_id, answer, created_at)
    SELECT $SITE, s.id, m.id, CASE WHEN s.n % 9 = 0 THEN 'refuse' ELSE 'publish' END, s.created_at
    FROM (SELECT s.*, row_number() OVER (ORDER BY s.id) AS n FROM sample s WHERE s.site_id = $SITE) s
    JOIN (SELECT id, row_number() OVER (ORDER BY id) AS n FROM moderator LIMIT 20) m
      ON m.n IN (1 + s.n % 10, CASE WHEN s.required_reviews = 2 THEN 11 END)
    WHERE s.n % 8 <> 0`);
  for (const table of [
    'decision_hour',
    'waiting_hour',
    'human_decision_hour',
    'comment_minute',
    'sample',
    'sample_review',
  ])
    await run(`VACUUM ANALYZE ${table}`);
}
