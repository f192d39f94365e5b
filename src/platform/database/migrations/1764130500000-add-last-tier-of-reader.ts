import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The tier that a reader last wrote with, also for moderators who may not see the comment that tells it. */
export class AddLastTierOfReader1764130500000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- By the owner, whom no limit to sections binds; of the transaction's own site alone.
      CREATE FUNCTION last_tier_of_reader(site uuid, reader uuid) RETURNS text
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT c.author_tier FROM comment c
        WHERE c.site_id = site AND c.author_id = reader
          AND site = nullif(current_setting('app.site_id', true), '')::uuid
        ORDER BY c.id DESC LIMIT 1
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION last_tier_of_reader');
  }
}
