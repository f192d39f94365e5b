import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What happened, in order, and its way to publishers. */
export class CreateEventsAndWebhooks1763900004000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      -- Written by the relay alone, one relay at a time: positions become visible in their order.
      CREATE SEQUENCE event_position;
      GRANT USAGE, SELECT ON SEQUENCE event_position TO postbag_app;

      CREATE TABLE event (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        id uuid NOT NULL,
        position bigint NOT NULL DEFAULT nextval('event_position'),
        type text NOT NULL,
        subject text NOT NULL,                         -- what the sequence counts: a comment, a reader, a story
        sequence int NOT NULL,
        story_id uuid,
        comment_id uuid,
        reader_id uuid,
        payload jsonb NOT NULL,                        -- the feature's own event, ids and plain values
        body_thin text NOT NULL,                       -- the webhook body, frozen
        body_full text NOT NULL,
        occurred_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, id),
        UNIQUE (site_id, position),
        UNIQUE (site_id, subject, sequence)
      );
      CREATE INDEX event_of_story ON event (site_id, story_id, position) WHERE story_id IS NOT NULL;
      CREATE INDEX event_of_comment ON event (site_id, comment_id, position) WHERE comment_id IS NOT NULL;
      CREATE INDEX event_age ON event (occurred_at);
      SELECT isolate_by_site('event');

      CREATE TABLE event_counter (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        subject text NOT NULL,
        last int NOT NULL,
        PRIMARY KEY (site_id, subject)
      );
      SELECT isolate_by_site('event_counter');

      CREATE TABLE webhook_endpoint (
        site_id uuid NOT NULL REFERENCES site ON DELETE CASCADE,
        id uuid NOT NULL,
        url text NOT NULL,
        events text[] NOT NULL,
        body text NOT NULL DEFAULT 'thin' CHECK (body IN ('thin', 'full')),
        secrets jsonb NOT NULL,                        -- [{sealed, until: iso | null}], newest first
        state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'disabled')),
        disabled_reason text,
        failing_since timestamptz,
        last_success_at timestamptz,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        PRIMARY KEY (site_id, id)
      );
      SELECT isolate_by_site('webhook_endpoint');

      CREATE TABLE delivery (
        site_id uuid NOT NULL,
        id uuid NOT NULL,
        endpoint_id uuid NOT NULL,
        event_id uuid NOT NULL,
        subject text NOT NULL,
        position bigint NOT NULL,
        status text NOT NULL DEFAULT 'pending' CHECK (status IN ('pending', 'delivered', 'failed', 'cancelled')),
        attempts int NOT NULL DEFAULT 0,               -- HTTP tries so far
        tries int NOT NULL DEFAULT 0,                  -- of them, since it was last put on the schedule
        next_attempt_at timestamptz,
        lease uuid,                                    -- who is sending it now, until when
        leased_until timestamptz,
        last_status int,
        last_error text,
        created_at timestamptz NOT NULL,
        delivered_at timestamptz,
        PRIMARY KEY (site_id, id),
        UNIQUE (site_id, endpoint_id, event_id),
        FOREIGN KEY (site_id, endpoint_id) REFERENCES webhook_endpoint ON DELETE CASCADE,
        FOREIGN KEY (site_id, event_id) REFERENCES event ON DELETE CASCADE
      );
      CREATE INDEX delivery_due ON delivery (site_id, endpoint_id, next_attempt_at) WHERE status = 'pending';
      CREATE INDEX delivery_leased ON delivery (site_id, endpoint_id) WHERE lease IS NOT NULL;
      CREATE INDEX delivery_order ON delivery (site_id, endpoint_id, subject, position) WHERE status = 'pending';
      CREATE INDEX delivery_log ON delivery (site_id, endpoint_id, id);
      SELECT isolate_by_site('delivery');

      CREATE TABLE attempt (
        site_id uuid NOT NULL,
        id uuid NOT NULL,
        delivery_id uuid NOT NULL,
        number int NOT NULL,
        started_at timestamptz NOT NULL,
        duration_ms int NOT NULL,
        status_code int,
        error text,
        answer text,                                   -- the first 4 kB
        PRIMARY KEY (site_id, id),
        FOREIGN KEY (site_id, delivery_id) REFERENCES delivery ON DELETE CASCADE
      );
      CREATE INDEX attempt_of_delivery ON attempt (site_id, delivery_id, number);
      SELECT isolate_by_site('attempt');

      -- Deliveries that may be tried now, the first of each endpoint and subject only, over all sites. No endpoint
      -- gets more than per_endpoint at a time, so that one that hangs does not stand in the others' way.
      CREATE FUNCTION due_deliveries(at timestamptz, per_endpoint int, max_rows int)
      RETURNS TABLE (site_id uuid, endpoint_id uuid, delivery_id uuid, attempts int, failing boolean)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path FROM CURRENT AS $$
        SELECT e.site_id, e.id, d.id, d.attempts, e.failing_since IS NOT NULL
        FROM webhook_endpoint e
        CROSS JOIN LATERAL (
          SELECT due.id, due.attempts, due.next_attempt_at FROM delivery due
          WHERE due.site_id = e.site_id AND due.endpoint_id = e.id
            AND due.status = 'pending' AND due.next_attempt_at <= at
            AND (due.lease IS NULL OR due.leased_until < at)
            AND NOT EXISTS (
              SELECT FROM delivery earlier
              WHERE earlier.site_id = due.site_id AND earlier.endpoint_id = due.endpoint_id
                AND earlier.subject = due.subject AND earlier.status = 'pending' AND earlier.position < due.position)
          ORDER BY due.next_attempt_at
          LIMIT per_endpoint
        ) d
        WHERE e.state = 'active'
        ORDER BY d.next_attempt_at LIMIT max_rows
      $$;

      -- Events past their retention, with their deliveries and attempts.
      CREATE FUNCTION purge_events(before timestamptz, max_rows int) RETURNS bigint
      LANGUAGE sql SECURITY DEFINER SET search_path FROM CURRENT AS $$
        WITH gone AS (
          DELETE FROM event WHERE (site_id, id) IN (
            SELECT site_id, id FROM event WHERE occurred_at < before ORDER BY occurred_at LIMIT max_rows)
          RETURNING 1
        ) SELECT count(*) FROM gone
      $$;
    `);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      DROP FUNCTION purge_events, due_deliveries;
      DROP TABLE attempt, delivery, webhook_endpoint, event_counter, event;
      DROP SEQUENCE event_position;
    `);
  }
}
