import { connectAsOwner } from './site-fixture.js';

/**
 * Inserts the aggregated statistics of three months, for screenshots: many comments by day and few at night, scores that
 * people mostly agree with, and one story with much more activity than usual.
 */
export async function fillStatistics(databaseUrl: string): Promise<void> {
  const db = await connectAsOwner(databaseUrl);
  const [{ id: site }] = await db.rows<{ id: string }>(`SELECT id FROM site ORDER BY id LIMIT 1`);
  const hour = `date_trunc('hour', now()) - n * interval '1 hour'`;
  // Relative activity: 1 at 8 p.m., 0.1 at 8 a.m., 30 % less at the weekend.
  const activity = `((0.55 + 0.45 * cos((extract(hour FROM ${hour}) - 20) * pi() / 12))
    * CASE WHEN extract(isodow FROM ${hour}) > 5 THEN 0.7 ELSE 1 END)`;
  await db.rows(
    `INSERT INTO decision_hour (site_id, hour, rule_key, published, held, rejected, held_published, held_refused,
       appeals_upheld, appeals_overturned)
     SELECT $1, ${hour}, r.rule, round(r.published * ${activity}), round(r.held * ${activity}), round(r.rejected * ${activity}),
       round(r.held * r.wrong * ${activity}), round(r.held * (0.97 - r.wrong) * ${activity}),
       (n % 50 = 7)::int * r.appealed, (n % 170 = 7)::int * r.appealed
     FROM generate_series(1, 2160) n,
       (VALUES ('all-clear', 140, 0, 0, 0, 0), ('score-insult', 0, 9, 2, 0.31, 1), ('new-reader', 0, 6, 0, 0.88, 0),
         ('score-spam', 0, 2, 5, 0.12, 1), ('score-threat', 0, 2, 0, 0.4, 0), ('suspect-word', 0, 3, 0, 0.55, 0),
         ('people', 0, 0, 0, 0, 1)) AS r (rule, published, held, rejected, wrong, appealed)
     ON CONFLICT DO NOTHING`,
    [site],
  );
  await db.rows(
    `INSERT INTO waiting_hour (site_id, hour, bucket, decisions)
     SELECT $1, ${hour}, b + round(12 * (1 - ${activity}))::int, greatest(1, 12 - abs(b - 32)) FROM generate_series(1, 2160) n,
       generate_series(22, 44, 2) b ON CONFLICT DO NOTHING`,
    [site],
  );
  await db.rows(
    `INSERT INTO human_decision_hour (site_id, label, hour, bin, published, refused)
     SELECT $1, label, ${hour}, b, (n % 50 >= b * b / 50)::int, (n % 50 < b * b / 50)::int
     FROM generate_series(1, 2160, 9) n, unnest(ARRAY['refusal', 'insult', 'toxicity', 'threat', 'spam']) label,
       generate_series(1, 47, 3) b ON CONFLICT DO NOTHING`,
    [site],
  );
  await db.rows(
    `INSERT INTO comment_minute AS m (site_id, minute, story_id, comments)
     SELECT $1, date_trunc('minute', now()) - n * interval '1 minute', s.id,
       CASE WHEN s.position = 1 AND n < 25 THEN 7 + (n * 7 % 5) ELSE 1 END
     FROM generate_series(0, 59) n
     JOIN (SELECT id, row_number() OVER (ORDER BY id DESC) AS position FROM story WHERE site_id = $1 LIMIT 8) s
       ON s.position = 1 AND n < 25 OR (n * 13 + s.position * 7) % 11 < 3
     ON CONFLICT (site_id, minute, story_id) DO UPDATE SET comments = m.comments + excluded.comments`,
    [site],
  );
  await db.end();
}
