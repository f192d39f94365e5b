import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where the policy lets anyone flag, a visitor who is not signed in is known by a hash, a different one per comment. */
export class TakeFlagsOfVisitors1764130410000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE flag ALTER COLUMN reader_id DROP NOT NULL, ADD COLUMN visitor text,
        ADD CONSTRAINT flag_has_one_flagger CHECK (num_nonnulls(reader_id, visitor) = 1) NOT VALID;
      CREATE UNIQUE INDEX flag_of_visitor ON flag (site_id, comment_id, visitor) WHERE visitor IS NOT NULL;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      UPDATE comment c SET flag_count = flag_count - f.count
      FROM (SELECT site_id, comment_id, count(*) FILTER (WHERE closed_at IS NULL) AS count FROM flag
            WHERE visitor IS NOT NULL GROUP BY site_id, comment_id) f
      WHERE c.site_id = f.site_id AND c.id = f.comment_id;
      DELETE FROM flag WHERE visitor IS NOT NULL;
      ALTER TABLE flag DROP COLUMN visitor, ALTER COLUMN reader_id SET NOT NULL;
    `);
  }
}
