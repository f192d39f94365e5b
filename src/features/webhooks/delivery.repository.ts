import { Injectable } from '@nestjs/common';
import type { Tx } from '../../platform/database/database.js';
import type { DeliveryId, SiteId, WebhookEndpointId } from '../../platform/ids.js';
import type { DueDelivery } from './delivery-pools.js';
import type { DeliveryEntity } from './delivery.entity.js';
import type { WebhookEndpointEntity } from './webhook-endpoint.entity.js';
import { type Sql, composeSql, sql } from '../../platform/database/sql.js';

/** A delivery that only this process may send for now. */
export interface LeasedDelivery
  extends
    Pick<DeliveryEntity, 'id' | 'endpointId' | 'eventId' | 'subject' | 'attempts' | 'tries'>,
    Pick<WebhookEndpointEntity, 'url' | 'secrets' | 'failingSince' | 'failures'> {
  lease: string;
  /** The event's body in the form that the endpoint receives. */
  body: string;
}

/** Maximum number of concurrent deliveries to one endpoint, across all workers. */
export interface Slots {
  healthy: number;
  failing: number;
}

/** The end of a series of failures of an endpoint. */
export interface EndpointRecovery {
  readonly since: Date;
  /** When the owners were last notified that the endpoint fails or was disabled. */
  readonly ownersNotifiedAt: Date | null;
}

export interface AttemptOutcome {
  startedAt: Date;
  durationMs: number;
  statusCode: number | null;
  error: string | null;
  answer: string | null;
  status: 'delivered' | 'pending' | 'failed';
  nextAttemptAt: Date | null;
}

/**
 * Condition for a delivery that is due, not leased, and the first unfinished one of its subject. `at` is the
 * placeholder of the current time. The first one is looked up in index order: with NOT EXISTS for an earlier one, a
 * planner without statistics would read the whole backlog for each row.
 */
const isDueSql = (at: '$2' | '$3' | '$4'): Sql => composeSql`
  d.status = 'pending' AND d.next_attempt_at <= ${at} AND (d.lease IS NULL OR d.leased_until < ${at})
    AND d.position = (
      SELECT first.position FROM delivery first
      WHERE first.site_id = d.site_id AND first.endpoint_id = d.endpoint_id
        AND first.subject = d.subject AND first.status = 'pending'
      ORDER BY first.subject, first.position LIMIT 1)`;

/** Joins the endpoint if it is enabled and its circuit is closed. */
const JOIN_CLOSED_ENDPOINT = composeSql`
  JOIN webhook_endpoint e ON e.site_id = d.site_id AND e.id = d.endpoint_id AND e.state = 'active'
    AND e.open_until IS NULL`;

/**
 * Joins the endpoint if it may be called: it is enabled, and its circuit is closed or due for a probe. `at` is the
 * placeholder of the current time.
 */
const joinCallableEndpointSql = (at: '$2' | '$3' | '$4'): Sql => composeSql`
  JOIN webhook_endpoint e ON e.site_id = d.site_id AND e.id = d.endpoint_id AND e.state = 'active'
    AND (e.open_until IS NULL OR e.open_until <= ${at})`;

/**
 * From this many consecutive failures on, an endpoint counts as failing: it gets fewer slots and a separate queue.
 */
export const MIN_FAILURES_TO_COUNT_AS_FAILING = 3;

// The conditions are part of the update itself, so only one of two workers gets the row. A delivery whose turn has
// not come (an earlier one of its subject is pending) is not changed.
const leaseSql = (id: '$6' | '(SELECT id FROM next)', joinCallable: Sql, mayCall: Sql): Sql => composeSql`
  target AS (
    SELECT d.id, e.failing_since, e.failures, e.url, e.secrets,
      CASE WHEN e.body = 'full' THEN v.body_full ELSE v.body_thin END AS body
    FROM delivery d ${joinCallable}
    JOIN event v ON v.site_id = d.site_id AND v.id = d.event_id
    WHERE d.site_id = $1 AND d.id = ${id} AND ${mayCall}
  )
  UPDATE delivery d SET lease = gen_random_uuid(), leased_until = $3
  FROM target
  WHERE d.site_id = $1 AND d.id = target.id
    AND ${isDueSql('$2')}
  RETURNING d.id, d.lease, d.endpoint_id AS "endpointId", d.event_id AS "eventId", d.subject, d.attempts, d.tries,
    target.url, target.secrets, target.body, target.failing_since AS "failingSince", target.failures,
    -- If a crash of the database loses a lease, the delivery is leased and sent again.
    set_config('synchronous_commit', 'off', true)`;

const IN_FLIGHT = composeSql`(SELECT count(*) FROM delivery leased
  WHERE leased.site_id = d.site_id AND leased.endpoint_id = d.endpoint_id
    AND leased.lease IS NOT NULL AND leased.leased_until >= $2)`;
const HAS_SLOT = composeSql`${IN_FLIGHT} < CASE WHEN e.failures < ${MIN_FAILURES_TO_COUNT_AS_FAILING} THEN $4::int ELSE $5::int END`;

/**
 * While a circuit is open, one delivery is the probe. Counting deliveries in flight is not enough, because concurrent
 * workers do not see each other's leases. Instead they wait for the endpoint's row and then find that it has a probe.
 */
export const LEASE = composeSql`
  WITH probe AS (
    UPDATE webhook_endpoint e SET probing_until = $3
    FROM delivery d
    WHERE d.site_id = $1 AND d.id = $6 AND e.site_id = $1 AND e.id = d.endpoint_id AND e.state = 'active'
      AND e.open_until <= $2 AND (e.probing_until IS NULL OR e.probing_until < $2)
      AND ${IN_FLIGHT} = 0 AND ${isDueSql('$2')}
    RETURNING e.id
  ),
  ${leaseSql('$6', joinCallableEndpointSql('$2'), composeSql`CASE WHEN e.open_until IS NULL THEN ${HAS_SLOT} ELSE EXISTS (SELECT FROM probe) END`)}`;

const nextDueSql = (condition: 'd.subject = $7' | '$8::boolean'): Sql => composeSql`(
  SELECT d.id FROM delivery d ${JOIN_CLOSED_ENDPOINT}
  WHERE d.site_id = $1 AND d.endpoint_id = $6 AND ${isDueSql('$2')} AND ${condition}
  ORDER BY d.next_attempt_at LIMIT 1 FOR NO KEY UPDATE OF d SKIP LOCKED)`;

// The second query runs only if the first finds nothing. Probes are excluded, because they lock the endpoint's row
// before the delivery's.
export const LEASE_NEXT = composeSql`
  WITH of_subject AS MATERIALIZED ${nextDueSql('d.subject = $7')},
  of_any AS MATERIALIZED ${nextDueSql('$8::boolean')},
  next AS (SELECT id FROM of_subject UNION ALL SELECT id FROM of_any LIMIT 1),
  ${leaseSql('(SELECT id FROM next)', JOIN_CLOSED_ENDPOINT, HAS_SLOT)}`;

const DUE = composeSql`d.site_id AS "siteId", d.endpoint_id AS "endpointId", d.id AS "deliveryId",
    e.failures >= ${MIN_FAILURES_TO_COUNT_AS_FAILING} AS failing, true AS "hasBacklog"
  FROM delivery d ${joinCallableEndpointSql('$4')}
  WHERE d.site_id = $1 AND d.endpoint_id = $2 AND ${isDueSql('$4')}`;

export const LIST_NEXT_DUE = composeSql`
  SELECT * FROM (SELECT ${DUE} AND d.subject = $3 ORDER BY d.next_attempt_at LIMIT 1) of_subject
  UNION ALL
  SELECT * FROM (
    SELECT ${DUE} AND d.subject <> $3 ORDER BY d.next_attempt_at LIMIT CASE WHEN $5::boolean THEN 1 ELSE 0 END) of_other`;

const FINISH = sql`
  WITH finished AS (
    UPDATE delivery SET status = $4, attempts = attempts + 1, tries = tries + 1, next_attempt_at = $5,
      lease = NULL, leased_until = NULL, last_status = $6, last_error = $7,
      delivered_at = CASE WHEN $4 = 'delivered' THEN $8::timestamptz ELSE delivered_at END
    WHERE site_id = $1 AND id = $2 AND lease = $3
    RETURNING attempts
  )
  INSERT INTO attempt (site_id, delivery_id, number, started_at, duration_ms, status_code, error, answer)
  SELECT $1, $2, finished.attempts, $9, $10, $6, $7, $11 FROM finished
  -- If a crash of the database loses this row, the delivery is sent again.
  RETURNING number, set_config('synchronous_commit', 'off', true)`;

/** When the circuit of an endpoint opens, and how long until the next probe: in the first hour of failures, and later. */
const CIRCUIT = { opensAfter: 10, firstHourMs: 60_000, laterMs: 5 * 60_000 };

export const IS_WAITING_FOR_SLOT = composeSql`SELECT d.id FROM delivery d ${joinCallableEndpointSql('$3')} WHERE d.site_id = $1 AND d.id = $2 AND ${isDueSql('$3')}`;

/** Leases deliveries and records their attempts. */
@Injectable()
export class DeliveryRepository {
  /**
   * @returns null if it is not this delivery's turn, another worker has leased it, or its endpoint has no free slot
   */
  async lease(
    tx: Tx,
    siteId: SiteId,
    id: DeliveryId,
    at: Date,
    until: Date,
    slots: Slots,
  ): Promise<LeasedDelivery | null> {
    const [row] = await tx.prepared<LeasedDelivery>('delivery-lease', LEASE, [
      siteId,
      at,
      until,
      slots.healthy,
      slots.failing,
      id,
    ]);
    return row ?? null;
  }

  /**
   * Leases the endpoint's next due delivery: one of this subject if there is one, otherwise, if `anySubject` is true,
   * the one that has been due longest. Rows locked by other workers are skipped, so that concurrent callers each get
   * a different one.
   */
  async leaseNext(
    tx: Tx,
    siteId: SiteId,
    {
      endpointId,
      subject,
      anySubject,
    }: { endpointId: WebhookEndpointId; subject: string | null; anySubject: boolean },
    at: Date,
    until: Date,
    slots: Slots,
  ): Promise<LeasedDelivery | null> {
    const [row] = await tx.prepared<LeasedDelivery>('delivery-lease-next', LEASE_NEXT, [
      siteId,
      at,
      until,
      slots.healthy,
      slots.failing,
      endpointId,
      subject,
      anySubject,
    ]);
    return row ?? null;
  }

  /**
   * Call this before `finish` if the endpoint's row is written too. Code that changes or deletes an endpoint locks
   * its row first and its deliveries second; the opposite order would deadlock.
   */
  lockEndpoint(tx: Tx, siteId: SiteId, id: WebhookEndpointId): void {
    tx.write(
      'endpoint-lock',
      sql`SELECT FROM webhook_endpoint WHERE site_id = $1 AND id = $2 FOR NO KEY UPDATE`,
      [siteId, id],
    );
  }

  /** @returns false, and writes nothing, if another worker has leased the delivery in the meantime */
  async finish(
    tx: Tx,
    siteId: SiteId,
    delivery: LeasedDelivery,
    outcome: AttemptOutcome,
    at: Date,
  ): Promise<boolean> {
    const rows = await tx.prepared('delivery-finish', FINISH, [
      siteId,
      delivery.id,
      delivery.lease,
      outcome.status,
      outcome.nextAttemptAt,
      outcome.statusCode,
      outcome.error,
      at,
      outcome.startedAt,
      outcome.durationMs,
      outcome.answer,
    ]);
    return rows.length === 1;
  }

  /** Whether a delivery lacks only a free slot: it is due, it is its turn, and it is not leased. */
  async isWaitingForSlot(tx: Tx, siteId: SiteId, id: DeliveryId, at: Date): Promise<boolean> {
    const rows = await tx.prepared('delivery-waits', IS_WAITING_FOR_SLOT, [siteId, id, at]);
    return rows.length > 0;
  }

  /**
   * Finds the deliveries that may be tried now that another delivery of the endpoint has finished.
   *
   * @param allowTwo whether to also return a delivery of another subject
   */
  async nextDue(
    tx: Tx,
    siteId: SiteId,
    finished: { endpointId: WebhookEndpointId; subject: string },
    at: Date,
    allowTwo: boolean,
  ): Promise<DueDelivery[]> {
    return tx.prepared<DueDelivery>('delivery-next-due', LIST_NEXT_DUE, [
      siteId,
      finished.endpointId,
      finished.subject,
      at,
      allowTwo,
    ]);
  }

  /**
   * Updates the planner's statistics if they are stale, so that PostgreSQL finds the next delivery by an index.
   * @returns whether the statistics were stale
   */
  async refreshStatistics(tx: Tx): Promise<boolean> {
    tx.allowLongStatements();
    const [row] = await tx.query<{ wasStale: boolean }>(
      sql`SELECT refresh_delivery_statistics() AS "wasStale"`,
    );
    return row.wasStale;
  }

  /** Finds the deliveries that are due, across all sites. */
  async listDue(tx: Tx, at: Date, perEndpoint: number, maxRows: number): Promise<DueDelivery[]> {
    return tx.prepared<DueDelivery>(
      'deliveries-due',
      sql`SELECT site_id AS "siteId", endpoint_id AS "endpointId", delivery_id AS "deliveryId", failing,
         true AS "hasBacklog" FROM due_deliveries($1, $2, $3)`,
      [at, perEndpoint, maxRows],
    );
  }

  /**
   * Records a success, at most once a minute while the endpoint is healthy, to avoid updating this row for every
   * delivery. If the success closes an open circuit, deliveries waiting for a retry become due at once.
   *
   * @returns the series of failures that this success ended; null if the endpoint was healthy
   */
  async recordSuccess(
    tx: Tx,
    siteId: SiteId,
    id: WebhookEndpointId,
    at: Date,
  ): Promise<EndpointRecovery | null> {
    const [row] = await tx.prepared<{ wasOpen: boolean; since: Date | null; ownersNotifiedAt: Date | null }>(
      'endpoint-success',
      sql`WITH previous AS (
         SELECT open_until, failing_since FROM webhook_endpoint
         WHERE site_id = $1 AND id = $2 FOR UPDATE)
       UPDATE webhook_endpoint SET last_success_at = $3, failing_since = NULL, failures = 0, open_until = NULL,
         probing_until = NULL
       FROM previous
       WHERE site_id = $1 AND id = $2
         AND (webhook_endpoint.failing_since IS NOT NULL OR failures > 0 OR last_success_at IS NULL
              OR last_success_at < $3::timestamptz - interval '1 minute')
       RETURNING previous.open_until IS NOT NULL AS "wasOpen", previous.failing_since AS since, owners_notified_at AS "ownersNotifiedAt"`,
      [siteId, id, at],
    );
    if (row?.wasOpen) await this.expediteDeliveries(tx, siteId, id, at);
    return row?.since ? { since: row.since, ownersNotifiedAt: row.ownersNotifiedAt } : null;
  }

  private async expediteDeliveries(tx: Tx, siteId: SiteId, id: WebhookEndpointId, at: Date): Promise<void> {
    await tx.prepared(
      'deliveries-forward',
      sql`UPDATE delivery SET next_attempt_at = $3
       WHERE site_id = $1 AND endpoint_id = $2 AND status = 'pending' AND next_attempt_at > $3 AND lease IS NULL
         AND last_status IS DISTINCT FROM 429`,
      [siteId, id, at],
    );
  }

  /**
   * Records a failure. When enough deliveries in a row fail on their first try (`CIRCUIT.opensAfter`), the circuit
   * opens. A failed probe opens it again. A single delivery that fails repeatedly does not open it.
   *
   * @param isFirstTry whether this was the delivery's first try
   */
  async recordFailure(
    tx: Tx,
    siteId: SiteId,
    id: WebhookEndpointId,
    at: Date,
    isFirstTry: boolean,
  ): Promise<void> {
    await tx.prepared(
      'endpoint-failure',
      sql`UPDATE webhook_endpoint SET failing_since = coalesce(failing_since, $3), failures = failures + 1,
         probing_until = NULL, open_until = CASE WHEN failures + 1 >= $4 THEN $3::timestamptz
           + CASE WHEN failing_since < $3::timestamptz - interval '1 hour' THEN $6::float8 ELSE $5::float8 END * interval '1 millisecond' END
       WHERE site_id = $1 AND id = $2 AND (open_until IS NULL OR open_until <= $3)
         AND ($7 OR failing_since IS NULL OR failures >= $4)`,
      [siteId, id, at, CIRCUIT.opensAfter, CIRCUIT.firstHourMs, CIRCUIT.laterMs, isFirstTry],
    );
  }

  /** @returns whether the endpoint was active before */
  async disable(tx: Tx, siteId: SiteId, id: WebhookEndpointId, reason: string, at: Date): Promise<boolean> {
    const rows = await tx.query(
      sql`UPDATE webhook_endpoint SET state = 'disabled', disabled_reason = $3, updated_at = $4
       WHERE site_id = $1 AND id = $2 AND state = 'active' RETURNING id`,
      [siteId, id, reason, at],
    );
    return rows.length === 1;
  }
}
