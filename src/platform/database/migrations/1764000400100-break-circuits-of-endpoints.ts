import type { MigrationInterface, QueryRunner } from 'typeorm';

const dueDeliveries = (perEndpoint: string, isClosed: string): string => `
  CREATE OR REPLACE FUNCTION due_deliveries(at timestamptz, per_endpoint int, max_rows int)
  RETURNS TABLE (site_id uuid, endpoint_id uuid, delivery_id uuid, attempts int, failing boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT e.site_id, e.id, d.id, d.attempts, e.failing_since IS NOT NULL
    FROM webhook_endpoint e
    CROSS JOIN LATERAL (
      SELECT due.id, due.attempts, due.next_attempt_at FROM delivery due
      WHERE due.site_id = e.site_id AND due.endpoint_id = e.id
        AND due.status = 'pending' AND due.next_attempt_at <= at
        AND (due.lease IS NULL OR due.leased_until < at)
        AND due.position = (
          SELECT first.position FROM delivery first
          WHERE first.site_id = due.site_id AND first.endpoint_id = due.endpoint_id
            AND first.subject = due.subject AND first.status = 'pending'
          ORDER BY first.subject, first.position LIMIT 1)
      ORDER BY due.next_attempt_at
      LIMIT ${perEndpoint}
    ) d
    WHERE e.state = 'active' ${isClosed}
    ORDER BY d.next_attempt_at LIMIT max_rows
  $$;`;

/**
 * An endpoint that failed several times in a row is left alone for a while, and then tried by one delivery at a time
 * until one succeeds.
 */
export class BreakCircuitsOfEndpoints1764000400100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE webhook_endpoint
        ADD COLUMN failures int NOT NULL DEFAULT 0,    -- in a row
        ADD COLUMN open_until timestamptz;             -- its circuit is open; afterwards one delivery tries
      ${dueDeliveries(
        'CASE WHEN e.open_until IS NULL THEN per_endpoint ELSE 1 END',
        'AND (e.open_until IS NULL OR e.open_until <= at)',
      )}
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ${dueDeliveries('per_endpoint', '')}
      ALTER TABLE webhook_endpoint DROP COLUMN failures, DROP COLUMN open_until;
    `);
  }
}
