import type { MigrationInterface, QueryRunner } from 'typeorm';

const dueDeliveries = (isFirst: string): string => `
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
        AND ${isFirst}
      ORDER BY due.next_attempt_at
      LIMIT per_endpoint
    ) d
    WHERE e.state = 'active'
    ORDER BY d.next_attempt_at LIMIT max_rows
  $$;`;

/**
 * The first delivery of a subject is looked up in its order, which has one index; asked whether an earlier one is not
 * there, a planner without statistics read the whole backlog for each row of it.
 */
export class FindDueDeliveriesInTheirOrder1764000200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(
      dueDeliveries(`due.position = (
        SELECT first.position FROM delivery first
        WHERE first.site_id = due.site_id AND first.endpoint_id = due.endpoint_id
          AND first.subject = due.subject AND first.status = 'pending'
        ORDER BY first.subject, first.position LIMIT 1)`),
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(
      dueDeliveries(`NOT EXISTS (
        SELECT FROM delivery earlier
        WHERE earlier.site_id = due.site_id AND earlier.endpoint_id = due.endpoint_id
          AND earlier.subject = due.subject AND earlier.status = 'pending' AND earlier.position < due.position)`),
    );
  }
}
