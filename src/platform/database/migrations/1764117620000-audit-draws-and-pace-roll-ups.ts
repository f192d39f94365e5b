import type { MigrationInterface, QueryRunner } from 'typeorm';

const sitesToRollUp = (parameters: string, condition: string): string => `
  CREATE FUNCTION sites_to_roll_up(${parameters}) RETURNS SETOF uuid
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT s.id FROM site s LEFT JOIN roll_up r ON r.site_id = s.id
    WHERE EXISTS (SELECT FROM decision d WHERE d.site_id = s.id
      AND d.id > coalesce(r.reached, '00000000-0000-0000-0000-000000000000'))
      ${condition}
    ORDER BY r.rolled_at NULLS FIRST, s.id LIMIT max_rows
  $$;
`;

/**
 * A draw that somebody asks for stands in the record. And an hour is counted anew as a whole, which takes the longer the
 * more was decided in it: so a site rests for twenty times what its last count took, ten minutes at most.
 */
export class AuditDrawsAndPaceRollUps1764117620000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TRIGGER audited AFTER INSERT ON sample_draw FOR EACH ROW WHEN (NOT NEW.is_weekly)
        EXECUTE FUNCTION audit_row('sample-draw', 'id', 'since,until', '');
      ALTER TABLE roll_up ADD COLUMN took_ms int NOT NULL DEFAULT 0;
      DROP FUNCTION sites_to_roll_up(int);
    `);
    await runner.query(
      sitesToRollUp(
        'at timestamptz, max_rows int',
        `AND (r.rolled_at IS NULL OR r.rolled_at + least(r.took_ms * 20, 600000) * interval '1 millisecond' <= at)`,
      ),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION sites_to_roll_up(timestamptz, int);
      ALTER TABLE roll_up DROP COLUMN took_ms;
      DROP TRIGGER audited ON sample_draw;
    `);
    await runner.query(sitesToRollUp('max_rows int', ''));
  }
}
