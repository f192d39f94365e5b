import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who of the staff wrote a comment that stands in the publication's name. */
export class AnswerAsThePublication1764117510000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE staff_answer (
        site_id uuid NOT NULL,
        comment_id uuid NOT NULL,
        story_id uuid NOT NULL,
        parent_id uuid,
        moderator_id uuid REFERENCES moderator,
        api_caller text,
        created_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, comment_id),
        FOREIGN KEY (site_id, comment_id) REFERENCES comment ON DELETE CASCADE
      );
      SELECT isolate_by_site('staff_answer');
      SELECT audit_table('staff_answer', 'staff-answer', 'comment_id', 'story_id,parent_id', '', 'INSERT');
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE staff_answer');
  }
}
