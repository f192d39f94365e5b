import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stories that close by themselves, and stories in strict mode. */
export class RunStoriesFromTheDesk1764115910000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE story ADD COLUMN closes_at timestamptz; -- when it closes by itself; null: it does not
      CREATE INDEX story_closing ON story (closes_at) WHERE closes_at IS NOT NULL AND state = 'open';
      CREATE FUNCTION due_story_closings(due_before timestamptz, max_rows int) RETURNS TABLE (site_id uuid, story_id uuid)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT s.site_id, s.id FROM story s
        WHERE s.closes_at <= due_before AND s.state = 'open' ORDER BY s.closes_at LIMIT max_rows
      $$;
      CREATE INDEX story_by_id ON story (id);
      CREATE FUNCTION site_of_story(wanted uuid) RETURNS uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT site_id FROM story WHERE id = wanted
      $$;

      -- A story in court, or in mourning: everything waits (by an override of the policy), and only some decide.
      CREATE TABLE strict_story (
        site_id uuid NOT NULL,
        story_id uuid NOT NULL,
        moderators uuid[] NOT NULL,                    -- who may decide here; nobody else does
        reason text NOT NULL,
        moderator_id uuid REFERENCES moderator,
        api_caller text,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, story_id),
        FOREIGN KEY (site_id, story_id) REFERENCES story ON DELETE CASCADE
      );
      SELECT isolate_by_site('strict_story');

      SELECT audit_table('strict_story', 'strict-story', 'story_id', 'moderators,reason');
      DROP TRIGGER audited ON story;
      SELECT audit_table('story', 'story', 'id', 'state,policy,closes_at', '', 'UPDATE OF state, policy, closes_at');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP TRIGGER audited ON story;
      SELECT audit_table('story', 'story', 'id', 'state,policy', '', 'UPDATE OF state, policy');
      DROP TABLE strict_story;
      DROP FUNCTION site_of_story, due_story_closings;
      DROP INDEX story_by_id, story_closing;
      ALTER TABLE story DROP COLUMN closes_at;
    `);
  }
}
