import type { MigrationInterface, QueryRunner } from 'typeorm';

const dueDeliveries = (failing: string): string => `
  CREATE OR REPLACE FUNCTION due_deliveries(at timestamptz, per_endpoint int, max_rows int)
  RETURNS TABLE (site_id uuid, endpoint_id uuid, delivery_id uuid, attempts int, failing boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
    SELECT e.site_id, e.id, d.id, d.attempts, ${failing}
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
      LIMIT CASE WHEN e.open_until IS NULL THEN per_endpoint ELSE 1 END
    ) d
    WHERE e.state = 'active' AND (e.open_until IS NULL OR e.open_until <= at)
    ORDER BY d.next_attempt_at LIMIT max_rows
  $$;`;

/** One failure among successes is no reason to slow an endpoint down: three in a row are. */
export class TellFailingEndpointsByTheirFailures1764000400200 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(dueDeliveries('e.failures >= 3'));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(dueDeliveries('e.failing_since IS NOT NULL'));
  }
}
