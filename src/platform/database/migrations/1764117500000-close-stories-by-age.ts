import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stories that close some days after they appeared, as their site's policy has it. */
export class CloseStoriesByAge1764117500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE story ADD COLUMN stays_open boolean NOT NULL DEFAULT false; -- opened by hand: the policy does not close it
      CREATE INDEX story_ageing ON story (site_id, coalesce(published_at, created_at))
        WHERE state = 'open' AND closes_at IS NULL AND NOT stays_open;

      -- When a story closes by itself: at its own time, or by its site's policy; null: it does not.
      CREATE FUNCTION story_closes_at(s story) RETURNS timestamptz
      LANGUAGE sql STABLE SET search_path FROM CURRENT AS $$
        SELECT CASE WHEN s.state <> 'open' THEN NULL WHEN s.closes_at IS NOT NULL THEN s.closes_at WHEN s.stays_open THEN NULL
          ELSE (SELECT coalesce(s.published_at, s.created_at)
                  + make_interval(days => nullif((t.policy ->> 'closeStoriesAfterDays')::int, 0))
                FROM site t WHERE t.id = s.site_id) END
      $$;
      CREATE OR REPLACE FUNCTION due_story_closings(due_before timestamptz, max_rows int)
        RETURNS TABLE (site_id uuid, story_id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        (SELECT s.site_id, s.id FROM story s
         WHERE s.closes_at <= due_before AND s.state = 'open' ORDER BY s.closes_at LIMIT max_rows)
        UNION ALL
        (SELECT s.site_id, s.id FROM site t CROSS JOIN LATERAL (
           SELECT a.site_id, a.id FROM story a
           WHERE a.site_id = t.id AND a.state = 'open' AND a.closes_at IS NULL AND NOT a.stays_open
             AND coalesce(a.published_at, a.created_at)
               <= due_before - make_interval(days => (t.policy ->> 'closeStoriesAfterDays')::int)
           ORDER BY coalesce(a.published_at, a.created_at) LIMIT max_rows) s
         WHERE (t.policy ->> 'closeStoriesAfterDays')::int > 0)
        LIMIT max_rows
      $$;

      DROP TRIGGER audited ON story;
      SELECT audit_table('story', 'story', 'id', 'state,policy,closes_at,stays_open', '',
        'UPDATE OF state, policy, closes_at, stays_open');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER audited ON story;
      SELECT audit_table('story', 'story', 'id', 'state,policy,closes_at', '', 'UPDATE OF state, policy, closes_at');
      CREATE OR REPLACE FUNCTION due_story_closings(due_before timestamptz, max_rows int)
        RETURNS TABLE (site_id uuid, story_id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT s.site_id, s.id FROM story s
        WHERE s.closes_at <= due_before AND s.state = 'open' ORDER BY s.closes_at LIMIT max_rows
      $$;
      DROP FUNCTION story_closes_at;
      DROP INDEX story_ageing;
      ALTER TABLE story DROP COLUMN stays_open;
    `);
  }
}
