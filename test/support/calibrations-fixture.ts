import { connectAsOwner } from './site-fixture.js';
import { until } from './processes.js';

/** IDs in the order of the list, newest first. */
export const CALIBRATIONS = {
  running: '01990000-0000-7000-8000-000000000003',
  finished: '01990000-0000-7000-8000-000000000002',
  adopted: '01990000-0000-7000-8000-000000000001',
} as const;

const LONG_TEXT =
  'I have read this three times now, and each time I understand less of what was decided. '.repeat(12);

/**
 * Inserts comparisons of two scorers for screenshots: one that is running, one that has ended, and one whose thresholds
 * were adopted. In each, the scorers agree on many made-up comments and disagree on a few comments of the site.
 */
export async function fillCalibrations(databaseUrl: string): Promise<void> {
  const db = await connectAsOwner(databaseUrl);
  const [{ id: site }] = await db.rows<{ id: string }>(`SELECT id FROM site ORDER BY id LIMIT 1`);
  const revisions = `FROM revision v JOIN comment c ON c.site_id = v.site_id AND c.id = v.comment_id
    AND c.revision = v.number AND c.status <> 'deleted' WHERE v.site_id = $1`;
  await until(
    async () => (await db.rows<{ n: number }>(`SELECT count(*)::int AS n ${revisions}`, [site]))[0].n >= 8,
    60_000,
  );
  const insert = async (
    id: string,
    [from, fromName, to]: readonly [string, string, string],
    [comments, maxComments]: readonly [number, number],
    more: { endedAt?: string; version?: number },
  ): Promise<void> => {
    await db.rows(
      `INSERT INTO calibration (site_id, id, from_scorer, from_name, to_scorer, to_name, thresholds, max_comments,
         started_at, ends_at, ended_at, comments, from_absent, to_absent, adopted_version, adopted_at)
       VALUES ($1, $2, $3, $4, $5, 'The local model', $6, $7, now() - interval '6 days', now() + interval '8 days',
         $8::timestamptz, $9, 52, 40, $10, CASE WHEN $10::int IS NOT NULL THEN now() END)`,
      [
        site,
        id,
        from,
        fromName,
        to,
        { toxicity: 0.8, insult: 0.75, threat: 0.7, identityAttack: 0.95 },
        maxComments,
        more.endedAt ?? null,
        comments,
        more.version ?? null,
      ],
    );
    // The comments on which the scorers agree: both rank them in the same order.
    await db.rows(
      `INSERT INTO calibration_score (site_id, calibration_id, comment_id, revision_id, from_scores, to_scores)
       SELECT $1, $2, gen_random_uuid(), (SELECT v.id ${revisions} LIMIT 1),
         jsonb_build_object('toxicity', round(u ^ 3, 3), 'insult', round(u ^ 4, 3), 'threat', round(u ^ 30, 3),
           'identityAttack', round(u * 0.6, 3)),
         jsonb_build_object('toxicity', round(0.8 * u ^ 3, 3), 'insult', round(0.9 * u ^ 4, 3),
           'threat', round(0.7 * u ^ 30, 3), 'identityAttack', round(u * 0.5, 3))
       FROM (SELECT n / $3::numeric AS u FROM generate_series(1, $3::int) n) x`,
      [site, id, comments - 60],
    );
    await db.rows(
      `INSERT INTO calibration_score (site_id, calibration_id, comment_id, revision_id, from_absent, to_absent)
       SELECT $1, $2, gen_random_uuid(), (SELECT v.id ${revisions} LIMIT 1),
         CASE WHEN n <= 40 THEN 'language' ELSE 'timeout' END, CASE WHEN n <= 40 THEN 'language' END
       FROM generate_series(1, 52) n`,
      [site, id],
    );
    await db.rows(
      `INSERT INTO calibration_score (site_id, calibration_id, comment_id, revision_id, from_scores, to_scores)
       SELECT $1, $2, comment_id, id, jsonb_build_object('toxicity', CASE WHEN n % 2 = 0 THEN 0.91 ELSE 0.34 END),
         jsonb_build_object('toxicity', CASE WHEN n % 2 = 0 THEN 0.22 ELSE 0.88 END)
       FROM (SELECT v.comment_id, v.id, row_number() OVER (ORDER BY v.id) AS n ${revisions} ORDER BY v.id LIMIT 8) x`,
      [site, id],
    );
  };
  const perspective = ['external:perspective', 'Perspective API', 'local'] as const;
  await insert(CALIBRATIONS.adopted, perspective, [1500, 1500], {
    endedAt: '2026-11-20T10:00:00Z',
    version: 7,
  });
  await insert(CALIBRATIONS.finished, perspective, [2000, 2000], { endedAt: '2026-11-27T10:00:00Z' });
  await insert(
    CALIBRATIONS.running,
    ['site-model', 'The site’s own model, as its moderators have taught it by now', 'shipped'],
    [140, 20_000],
    {},
  );
  await db.rows(
    `UPDATE revision SET body = $2 WHERE site_id = $1 AND id = (SELECT v.id ${revisions} ORDER BY v.id LIMIT 1)`,
    [site, LONG_TEXT],
  );
  await db.end();
}
