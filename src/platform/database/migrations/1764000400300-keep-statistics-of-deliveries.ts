import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A planner without statistics reads the whole backlog to find the first delivery of one comment (9 ms each at
 * 8,000, instead of 0.1 ms), and autovacuum looks once a minute. So workers ask for them when they are stale.
 */
export class KeepStatisticsOfDeliveries1764000400300 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE FUNCTION refresh_delivery_statistics() RETURNS boolean
      LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
      DECLARE
        stale boolean;
      BEGIN
        -- Of several workers one does it.
        IF NOT pg_try_advisory_xact_lock(7310442021) THEN RETURN false; END IF;
        SELECT n_mod_since_analyze > 500 + 0.5 * n_live_tup
          OR (last_analyze IS NULL AND last_autoanalyze IS NULL AND n_mod_since_analyze > 100)
          INTO stale FROM pg_stat_user_tables WHERE relid = 'delivery'::regclass;
        IF NOT coalesce(stale, false) THEN RETURN false; END IF;
        ANALYZE delivery;
        RETURN true;
      END $$;
      ALTER TABLE delivery SET (autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 2000);
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE delivery RESET (autovacuum_vacuum_scale_factor, autovacuum_vacuum_threshold);
      DROP FUNCTION refresh_delivery_statistics;
    `);
  }
}
