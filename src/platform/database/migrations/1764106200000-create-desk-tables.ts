import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a desk keeps: queues under a name, colleagues' opinions, and how each moderator likes to work. */
export class CreateDeskTables1764106200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE saved_queue (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        id uuid NOT NULL,
        name text NOT NULL,
        state text NOT NULL,
        sort text NOT NULL,
        filter jsonb NOT NULL DEFAULT '{}',
        target_minutes int CHECK (target_minutes > 0), -- how long the oldest may wait
        moderator_id uuid REFERENCES moderator ON DELETE SET NULL, -- who made it; null: through the API, or gone
        created_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, id),
        UNIQUE (site_id, name)
      );
      CREATE INDEX saved_queue_by_id ON saved_queue (id);
      SELECT isolate_by_site('saved_queue');
      CREATE FUNCTION site_of_saved_queue(wanted uuid) RETURNS uuid
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT site_id FROM saved_queue WHERE id = wanted
      $$;

      -- Who was not sure about a comment, or was asked: one opinion per moderator and text.
      CREATE TABLE opinion (
        site_id uuid NOT NULL,
        comment_id uuid NOT NULL,
        revision int NOT NULL,
        moderator_id uuid NOT NULL REFERENCES moderator,
        leaning text NOT NULL CHECK (leaning IN ('approve', 'reject', 'unsure')),
        note text,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, comment_id, revision, moderator_id),
        FOREIGN KEY (site_id, comment_id) REFERENCES comment ON DELETE CASCADE
      );
      SELECT isolate_by_site('opinion');

      ALTER TABLE moderator ADD COLUMN desk jsonb NOT NULL DEFAULT '{}'; -- what differs from the defaults
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE moderator DROP COLUMN desk;
      DROP TABLE opinion;
      DROP FUNCTION site_of_saved_queue;
      DROP TABLE saved_queue;
    `);
  }
}
