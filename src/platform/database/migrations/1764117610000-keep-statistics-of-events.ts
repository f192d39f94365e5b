import type { MigrationInterface, QueryRunner } from 'typeorm';

const statisticsOf = (tables: string): string => `
  CREATE OR REPLACE FUNCTION refresh_delivery_statistics() RETURNS boolean
  LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
  DECLARE
    wanted regclass;
    done boolean := false;
  BEGIN
    -- Of several workers one does it.
    IF NOT pg_try_advisory_xact_lock(7310442021) THEN RETURN false; END IF;
    FOREACH wanted IN ARRAY ARRAY[${tables}]::regclass[] LOOP
      IF EXISTS (SELECT FROM pg_stat_user_tables WHERE relid = wanted
          AND (n_mod_since_analyze > 500 + 0.5 * n_live_tup
            OR (last_analyze IS NULL AND last_autoanalyze IS NULL AND n_mod_since_analyze > 100))) THEN
        EXECUTE format('ANALYZE %s', wanted);
        done := true;
      END IF;
    END LOOP;
    RETURN done;
  END $$;
`;

/** A delivery's event is looked up as well: without statistics a planner reads all events of the site for each. */
export class KeepStatisticsOfEvents1764117610000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(statisticsOf(`'delivery', 'event'`));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(statisticsOf(`'delivery'`));
  }
}
