import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Models of what the editors of a site pick, and the shipped quality score of the comments that they rank. */
export class PicksModel1765000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Null unless quality is by the site's picks model.
      ALTER TABLE comment ADD COLUMN shipped_quality real;

      -- What a site's editors pick, as a difference to the shipped quality head.
      CREATE TABLE picks_model (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        id uuid NOT NULL,
        state text NOT NULL CHECK (state IN ('active', 'retired')),
        model_version text NOT NULL,                     -- of the shipped head that it corrects
        picks int NOT NULL,                              -- that it was trained on
        comments int NOT NULL,                           -- that it was trained on, with the picks
        figures jsonb NOT NULL,
        weights bytea NOT NULL,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, id)
      );
      CREATE UNIQUE INDEX picks_model_active ON picks_model (site_id) WHERE state = 'active';
      SELECT isolate_by_site('picks_model');
      SELECT audit_table('picks_model', 'picks-model', 'id', 'state', events => 'UPDATE OF state');

      -- The latest training of a site's picks model. A table of its own, because a training may add no model.
      CREATE TABLE picks_model_training (
        site_id uuid PRIMARY KEY REFERENCES site ON DELETE CASCADE,
        trained_at timestamptz,
        picks int NOT NULL DEFAULT 0,                    -- the site's visible picks at that time
        outcome text CHECK (outcome IN ('trained', 'too-few', 'failed')),
        enabled boolean NOT NULL DEFAULT true            -- false: switched off by a person
      );
      SELECT isolate_by_site('picks_model_training');

      CREATE FUNCTION picks_models_to_train(trained_before timestamp with time zone, min_picks integer, min_changes integer, shipped_version text, max_rows integer)
      RETURNS TABLE(site_id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT s.id FROM site s
        LEFT JOIN picks_model_training t ON t.site_id = s.id
        LEFT JOIN picks_model m ON m.site_id = s.id AND m.state = 'active'
        CROSS JOIN LATERAL (
          SELECT count(*) AS picks FROM comment c WHERE c.site_id = s.id AND c.picked_at IS NOT NULL AND c.visible) now
        WHERE coalesce(t.enabled, true) AND (t.trained_at IS NULL OR t.trained_at < trained_before)
          AND (now.picks >= min_picks OR m.id IS NOT NULL)
          AND (abs(now.picks - coalesce(t.picks, 0)) >= min_changes OR m.model_version <> shipped_version)
          AND NOT EXISTS (SELECT FROM site_import i WHERE i.site_id = s.id AND i.state = 'running')
        ORDER BY t.trained_at NULLS FIRST LIMIT max_rows
      $$;`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION picks_models_to_train;
      DROP TABLE picks_model_training, picks_model;
      UPDATE comment SET quality = shipped_quality WHERE shipped_quality IS NOT NULL;
      ALTER TABLE comment DROP COLUMN shipped_quality`);
  }
}
