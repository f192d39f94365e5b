import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Whom a gate refused what, when, and everything that it followed from. */
export class KeepRefusals1764102000200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE refusal (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        id uuid NOT NULL,                              -- of its time
        reader_key text COLLATE "C",                   -- null: signed out
        story_key text,                                -- null: about no story
        action text NOT NULL,
        code text NOT NULL,
        message text NOT NULL,
        required_tier text,
        inputs jsonb NOT NULL,
        times int NOT NULL,                            -- the same again within the second is counted
        request_id text NOT NULL,                      -- of the first
        PRIMARY KEY (site_id, id)
      );
      CREATE INDEX refusal_of_reader ON refusal (site_id, reader_key, id) WHERE reader_key IS NOT NULL;
      CREATE INDEX refusal_of_story ON refusal (site_id, story_key, id) WHERE story_key IS NOT NULL;
      SELECT isolate_by_site('refusal');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE refusal');
  }
}
