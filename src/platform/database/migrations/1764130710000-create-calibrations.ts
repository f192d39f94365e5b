import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Two scorers side by side for a while, and what both said of each new comment. */
export class CreateCalibrations1764130710000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE calibration (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        id uuid NOT NULL,
        from_scorer text NOT NULL,                     -- local, shipped, site-model, own-model or external:<key>
        from_name text NOT NULL,                       -- of that time: an external scorer may be gone by now
        to_scorer text NOT NULL,
        to_name text NOT NULL,
        thresholds jsonb NOT NULL,                     -- by label: from which score the first scorer holds
        max_comments int NOT NULL,
        ends_at timestamptz NOT NULL,
        started_at timestamptz NOT NULL,
        ended_at timestamptz,                          -- null: it runs, unless ends_at has passed
        comments int NOT NULL DEFAULT 0,               -- looked at
        from_absent int NOT NULL DEFAULT 0,            -- of these, without a score by the first scorer
        to_absent int NOT NULL DEFAULT 0,
        adopted_version int,                           -- of the policy
        adopted_at timestamptz,
        PRIMARY KEY (site_id, id)
      );
      CREATE UNIQUE INDEX calibration_running ON calibration (site_id) WHERE ended_at IS NULL;
      SELECT isolate_by_site('calibration');
      SELECT audit_table('calibration', 'calibration', 'id', 'from_scorer,to_scorer,ended_at,adopted_version', '',
        'INSERT OR UPDATE OF ended_at, adopted_version');

      CREATE TABLE calibration_score (
        site_id uuid NOT NULL,
        calibration_id uuid NOT NULL,
        comment_id uuid NOT NULL,
        revision_id uuid NOT NULL,
        from_scores jsonb,                             -- by label; null: absent
        to_scores jsonb,
        from_absent text,                              -- why
        to_absent text,
        PRIMARY KEY (site_id, calibration_id, comment_id),
        FOREIGN KEY (site_id, calibration_id) REFERENCES calibration ON DELETE CASCADE,
        FOREIGN KEY (site_id, revision_id) REFERENCES revision ON DELETE CASCADE
      );
      CREATE INDEX calibration_score_revision ON calibration_score (site_id, revision_id);
      SELECT isolate_by_site('calibration_score');

      -- The fit and the differences are read from the pairs: both go together.
      CREATE FUNCTION purge_calibrations(before timestamptz) RETURNS int
      LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
        WITH gone AS (DELETE FROM calibration WHERE coalesce(ended_at, ends_at) < before RETURNING 1)
        SELECT count(*)::int FROM gone
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION purge_calibrations;
      DROP TABLE calibration_score, calibration;
    `);
  }
}
