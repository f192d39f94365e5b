import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What a site decides otherwise for a section, a story or everywhere, from one instant to another. */
export class OverridePoliciesForATime1764102000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE policy_override (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        key text NOT NULL,
        section text,
        story_key text,
        starts_at timestamptz,                         -- null: at once
        ends_at timestamptz,                           -- exclusive; null: until it is deleted
        note text,
        policy jsonb NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, key),
        CHECK (section IS NULL OR story_key IS NULL)
      );
      SELECT isolate_by_site('policy_override');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE policy_override');
  }
}
