import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * That a reader was deleted is forgotten in time, and with it what was told of their entitlements afterwards and gives
 * nothing: it was kept because what comes before it may come later.
 */
export class ForgetToldDeletions1764120200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE INDEX reader_told_deletions ON reader_told (recorded_at) WHERE what = 'deletion';
      CREATE FUNCTION forget_told_deletions(before timestamptz, max_rows int) RETURNS int
      LANGUAGE plpgsql SECURITY DEFINER SET search_path FROM CURRENT AS $$
      DECLARE
        gone record;
        forgotten int := 0;
      BEGIN
        FOR gone IN
          SELECT d.site_id AS site, d.reader_key AS reader FROM reader_told d
          WHERE d.what = 'deletion' AND d.recorded_at < before
            AND NOT EXISTS (SELECT FROM entitlement_told t WHERE t.site_id = d.site_id
                            AND t.reader_key = d.reader_key AND t.recorded_at >= before)
          ORDER BY d.recorded_at LIMIT max_rows FOR UPDATE OF d SKIP LOCKED
        LOOP
          -- Somebody tells of them at this very moment: another time.
          CONTINUE WHEN NOT pg_try_advisory_xact_lock(hashtextextended(gone.site || E'\\n' || gone.reader, 7343));
          forgotten := forgotten + 1;
          DELETE FROM reader_told WHERE site_id = gone.site AND reader_key = gone.reader AND what = 'deletion';
          -- Who came back has what was told since, and so has who may yet come.
          CONTINUE WHEN EXISTS (SELECT FROM reader WHERE site_id = gone.site AND key = gone.reader)
            OR EXISTS (SELECT FROM entitlement WHERE site_id = gone.site AND reader_key = gone.reader
                       AND status NOT IN ('cancelled', 'expired'));
          DELETE FROM entitlement WHERE site_id = gone.site AND reader_key = gone.reader;
          DELETE FROM entitlement_told WHERE site_id = gone.site AND reader_key = gone.reader;
          DELETE FROM entitlement_ending_part WHERE site_id = gone.site AND reader_key = gone.reader;
          DELETE FROM entitlement_ending WHERE site_id = gone.site AND reader_key = gone.reader;
        END LOOP;
        RETURN forgotten;
      END $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP FUNCTION forget_told_deletions; DROP INDEX reader_told_deletions');
  }
}
