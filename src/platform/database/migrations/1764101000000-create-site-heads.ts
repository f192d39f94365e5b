import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a site's moderators taught the scorer, and what that would have done while nobody relied on it. */
export class CreateSiteHeads1764101000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE site_head (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        id uuid NOT NULL,
        state text NOT NULL CHECK (state IN ('shadow', 'active', 'retired')),
        model_version text NOT NULL,                   -- of the shipped model that it is a difference to
        texts int NOT NULL,                            -- that people had judged, those held out among them
        figures jsonb NOT NULL,                        -- by label
        words jsonb NOT NULL,                          -- by label: the words that moved most
        weights bytea NOT NULL,
        created_at timestamptz NOT NULL,
        took_over_at timestamptz,
        took_over_by text,                             -- 'rule', or whoever chose it
        ended_at timestamptz,
        PRIMARY KEY (site_id, id)
      );
      CREATE UNIQUE INDEX site_head_active ON site_head (site_id) WHERE state = 'active';
      CREATE UNIQUE INDEX site_head_shadow ON site_head (site_id) WHERE state = 'shadow';
      SELECT isolate_by_site('site_head');

      -- How far the learning of a site is; one row per site that ever learned.
      CREATE TABLE site_learning (
        site_id uuid PRIMARY KEY REFERENCES site ON DELETE CASCADE,
        trained_at timestamptz,
        through uuid,                                  -- the latest decision that was looked at
        texts int NOT NULL DEFAULT 0,
        outcome text CHECK (outcome IN ('trained', 'too-few', 'failed')),
        rolled_back boolean NOT NULL DEFAULT false     -- by a person: nothing takes over by itself until one chooses again
      );
      SELECT isolate_by_site('site_learning');

      -- What the head in the shadow says of new texts, beside what was acted on.
      CREATE TABLE shadow_score (
        site_id uuid NOT NULL,
        head_id uuid NOT NULL,
        revision_id uuid NOT NULL,
        scores jsonb NOT NULL,                         -- value by label
        holds boolean NOT NULL,                        -- whether its scores reach a threshold
        held boolean NOT NULL,                         -- whether those that counted did
        PRIMARY KEY (site_id, head_id, revision_id),
        FOREIGN KEY (site_id, head_id) REFERENCES site_head ON DELETE CASCADE,
        FOREIGN KEY (site_id, revision_id) REFERENCES revision ON DELETE CASCADE
      );
      CREATE INDEX shadow_score_of_revision ON shadow_score (site_id, revision_id);
      SELECT isolate_by_site('shadow_score');

      CREATE INDEX decision_by_people ON decision (site_id, id) WHERE decided_by = 'moderator';

      -- Sites whose last training was before the given time, and whose people decided at least so often since, or whose
      -- heads belong to another shipped model.
      CREATE FUNCTION sites_to_learn(before timestamptz, fewest int, model text, max int) RETURNS TABLE (site_id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT s.id FROM site s LEFT JOIN site_learning l ON l.site_id = s.id
        WHERE (l.trained_at IS NULL OR l.trained_at < before)
          AND ((SELECT count(*) FROM (
              SELECT 1 FROM decision d
              WHERE d.site_id = s.id AND d.decided_by = 'moderator' AND (l.through IS NULL OR d.id > l.through)
              LIMIT fewest) d) >= fewest
            OR EXISTS (SELECT FROM site_head h
                       WHERE h.site_id = s.id AND h.state IN ('active', 'shadow') AND h.model_version <> model))
        ORDER BY l.trained_at NULLS FIRST LIMIT max
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION sites_to_learn;
      DROP INDEX decision_by_people;
      DROP TABLE shadow_score, site_learning, site_head;
    `);
  }
}
