import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Automatic decisions picked at random, and what people say of them without knowing what was decided. */
export class SampleDecisions1764117400000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sampling (
        site_id uuid PRIMARY KEY REFERENCES site ON DELETE CASCADE,
        published int NOT NULL CHECK (published BETWEEN 0 AND 500),        -- so many a week
        rejected int NOT NULL CHECK (rejected BETWEEN 0 AND 500),
        twice_percent int NOT NULL CHECK (twice_percent BETWEEN 0 AND 100) -- of these, put before two people
      );
      SELECT isolate_by_site('sampling');
      SELECT audit_table('sampling', 'sampling', 'site_id', 'published,rejected,twice_percent');

      -- Draws of a site follow one another without a gap, so that each decision had one chance to be drawn.
      CREATE TABLE sample_draw (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        id uuid NOT NULL,
        since timestamptz NOT NULL,
        until timestamptz NOT NULL,
        is_weekly boolean NOT NULL,
        published_of int,                              -- decisions that could have been drawn; null: not drawn yet
        published int,
        rejected_of int,
        rejected int,
        created_at timestamptz NOT NULL,
        done_at timestamptz,
        PRIMARY KEY (site_id, id),
        UNIQUE (site_id, since),
        CHECK (since < until)
      );
      SELECT isolate_by_site('sample_draw');

      CREATE TABLE sample (
        site_id uuid NOT NULL,
        id uuid NOT NULL,
        draw_id uuid NOT NULL,
        decision_id uuid NOT NULL,
        comment_id uuid NOT NULL,
        revision int NOT NULL,
        outcome text NOT NULL CHECK (outcome IN ('publish', 'reject')),
        rule_key text NOT NULL,
        scores jsonb NOT NULL,                         -- by label, as they were
        wanted int NOT NULL CHECK (wanted IN (1, 2)),  -- people who are to judge it
        created_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, id),
        UNIQUE (site_id, decision_id),
        FOREIGN KEY (site_id, draw_id) REFERENCES sample_draw ON DELETE CASCADE,
        FOREIGN KEY (site_id, comment_id) REFERENCES comment ON DELETE CASCADE
      );
      CREATE INDEX sample_by_age ON sample (site_id, created_at, id);
      CREATE INDEX sample_of_comment ON sample (site_id, comment_id);
      CREATE INDEX sample_of_draw ON sample (site_id, draw_id);
      SELECT isolate_by_site('sample');

      CREATE TABLE judgement (
        site_id uuid NOT NULL,
        sample_id uuid NOT NULL,
        moderator_id uuid NOT NULL REFERENCES moderator,
        answer text NOT NULL CHECK (answer IN ('publish', 'refuse', 'unsure')),
        created_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, sample_id, moderator_id),
        FOREIGN KEY (site_id, sample_id) REFERENCES sample ON DELETE CASCADE
      );
      SELECT isolate_by_site('judgement');
      SELECT audit_table('judgement', 'judgement', 'sample_id', 'answer', '', 'INSERT');

      -- Sites that were there for the whole week before and have decided something since they were last drawn from.
      CREATE FUNCTION sites_to_sample(week_end timestamptz, lowest_id uuid, max_rows int) RETURNS SETOF uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT s.id FROM site s
        WHERE s.created_at < week_end
          AND NOT EXISTS (SELECT FROM sample_draw w WHERE w.site_id = s.id AND w.until >= week_end)
          AND EXISTS (SELECT FROM decision d WHERE d.site_id = s.id AND d.id < lowest_id)
        ORDER BY s.id LIMIT max_rows
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION sites_to_sample;
      DROP TABLE judgement, sample, sample_draw, sampling;
    `);
  }
}
