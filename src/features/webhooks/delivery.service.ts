import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { SYSTEM } from '../../platform/auth/principal.js';
import { maxEntries } from '../../platform/max-entries.js';
import { Clock } from '../../platform/clock.js';
import { SECRETS, type Secrets } from '../../platform/config/secrets.js';
import { Database, type Tx } from '../../platform/database/database.js';
import type { SiteId, WebhookEndpointId } from '../../platform/ids.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { Outbound, OutboundError } from '../../platform/outbound/outbound.js';
import { parseRetryAfter } from '../../platform/outbound/retry-after.js';
import { DeliveryPools, type DueDelivery } from './delivery-pools.js';
import { DeliveryRepository, type AttemptOutcome, type LeasedDelivery } from './delivery.repository.js';
import { EndpointEmails, NOTIFY_OWNERS_AFTER_MS } from './endpoint-emails.js';
import { EndpointSlots, SLOTS } from './endpoint-slots.js';
import { GIVE_UP_AFTER_MS, nextDelayMs } from './retry-schedule.js';
import { signedHeaders } from './signed-headers.js';
import { activeSecrets } from './webhook-secrets.js';

/** How long one attempt may take: connection, request and response (docs/webhooks.md). */
const ATTEMPT_TIMEOUT_MS = 15_000;
/**
 * Per site and process: two thirds of the total (`DeliveryPools`), so that hanging endpoints leave room for other
 * sites.
 */
const MAX_IN_FLIGHT = 64;
/** While the lease lasts, no other worker sends the delivery. The lease of a killed worker expires. */
const LEASE_MS = 30_000;
const DUE_EVERY_MS = 1_000;
const STATISTICS_EVERY_MS = 5_000;
const DUE_ROWS = 500;
/** The part of a response that is stored in the log. */
const MAX_ANSWER_BYTES = 4_096;
const HTTP_GONE = 410;
/** How long a sender continues with the endpoint's other due deliveries before other endpoints get their turn. */
const MAX_BACKLOG_RUN_MS = 1_000;
const RECORD_SUCCESS_INTERVAL_MS = 30_000;

interface AttemptResult {
  statusCode: number | null;
  error: string | null;
  answer: string | null;
  retryAfter: string | undefined;
  durationMs: number;
}

/**
 * Sends deliveries: one at a time per endpoint and subject, at least once, with the same bytes each time (ADR 0012).
 */
@Injectable()
export class DeliveryService implements OnModuleInit {
  private readonly logger = new Logger('webhooks');
  /** When this process last recorded a success of the endpoint. */
  private readonly lastRecordedSuccessMs = new LRUCache<WebhookEndpointId, number>({ ...maxEntries(10_000) });
  private readonly attemptCount;

  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveryRepository,
    private readonly outbound: Outbound,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
    private readonly emails: EndpointEmails,
    private readonly slots: EndpointSlots,
    private readonly pools: DeliveryPools,
    metrics: Metrics,
    @Inject(SECRETS) private readonly secrets: Secrets,
  ) {
    this.attemptCount = metrics.counter(
      'postbag_webhook_attempts_total',
      'Webhook delivery attempts by outcome.',
      ['outcome'],
    );
  }

  onModuleInit(): void {
    this.pools.start((due) => this.deliver(due));
    this.ticker.every('webhook-statistics', STATISTICS_EVERY_MS, async () => {
      await this.database.inSystem((tx) => this.deliveries.refreshStatistics(tx));
    });
    this.ticker.every('webhook-deliveries-due', DUE_EVERY_MS, () => this.enqueueDue());
  }

  /** Enqueues all due deliveries, including those left behind by a killed worker. */
  async enqueueDue(): Promise<void> {
    const due = await this.database.inSystem((tx) =>
      this.deliveries.listDue(tx, this.clock.now(), SLOTS.healthy, DUE_ROWS),
    );
    this.pools.enqueue(due);
  }

  /**
   * Makes one attempt if it is this delivery's turn, and continues with the endpoint's next deliveries while they
   * succeed. A backlog is thus sent as fast as the endpoint responds, although each poll finds only a few deliveries.
   *
   * @returns the deliveries that may be tried next
   */
  private async deliver(due: DueDelivery): Promise<readonly DueDelivery[]> {
    const { endpointId, failing } = due;
    if (!this.slots.acquire(endpointId, failing)) return [];
    try {
      return await this.attempt(due);
    } finally {
      this.slots.release(endpointId);
    }
  }

  private async attempt(due: DueDelivery): Promise<readonly DueDelivery[]> {
    const startedAt = performance.now();
    const hasTimeLeft = (): boolean => performance.now() - startedAt < MAX_BACKLOG_RUN_MS;
    let leased = await this.leaseDelivery(due);
    while (leased) {
      const { outcome, next } = await this.sendAndRecord(leased, due, hasTimeLeft);
      if (outcome === 'superseded') return [];
      // Look for deferred deliveries only after the commit, so that all those deferred because of this one are found.
      if (!next && (outcome === 'failed' || !hasTimeLeft()))
        return this.findFollowUps(leased, due, outcome === 'delivered');
      // A delivery may have been deferred after the transaction looked for the next one, so look again.
      leased = next ?? (this.slots.takeDeferred(due.endpointId) ? await this.leaseNextDelivery(due) : null);
    }
    return [];
  }

  private async leaseDelivery(due: DueDelivery): Promise<LeasedDelivery | null> {
    const { siteId, endpointId, deliveryId } = due;
    const lease = await this.database.inSite({ siteId, principal: SYSTEM }, async (tx) => {
      const now = this.clock.now();
      const until = new Date(now.getTime() + LEASE_MS);
      const leased = await this.deliveries.lease(tx, siteId, deliveryId, now, until, SLOTS);
      if (leased) return leased;
      if (!(await this.deliveries.isWaitingForSlot(tx, siteId, deliveryId, now))) return null;
      this.slots.recordDeferred(endpointId);
      return 'no-slot';
    });
    // This delivery cannot be leased, but its endpoint may have others that are due.
    return lease === null ? this.leaseNextDelivery(due) : lease === 'no-slot' ? null : lease;
  }

  private leaseNextDelivery({ siteId, endpointId }: DueDelivery): Promise<LeasedDelivery | null> {
    return this.database.inSite({ siteId, principal: SYSTEM }, (tx) => {
      const now = this.clock.now();
      const until = new Date(now.getTime() + LEASE_MS);
      return this.deliveries.leaseNext(
        tx,
        siteId,
        { endpointId, subject: null, anySubject: true },
        now,
        until,
        SLOTS,
      );
    });
  }

  /**
   * Makes one attempt and records the result. After a success, the same transaction also leases the next delivery.
   */
  private async sendAndRecord(
    leased: LeasedDelivery,
    { siteId, hasBacklog }: DueDelivery,
    hasTimeLeft: () => boolean,
  ): Promise<{ outcome: 'delivered' | 'failed' | 'superseded'; next: LeasedDelivery | null }> {
    const scope = { siteId, principal: SYSTEM };
    let next: LeasedDelivery | null = null;
    const startedAt = this.clock.now();
    const result = await this.send(leased, siteId, startedAt);
    const isSuccess = result.statusCode !== null && result.statusCode >= 200 && result.statusCode < 300;
    const outcome = this.toAttemptOutcome(leased, result, isSuccess, startedAt);

    const ownsLease = await this.database.inSite(scope, async (tx) => {
      const now = this.clock.now();
      const changesEndpoint = !isSuccess || this.shouldRecordSuccess(leased, now);
      if (changesEndpoint) this.deliveries.lockEndpoint(tx, siteId, leased.endpointId);
      if (!(await this.deliveries.finish(tx, siteId, leased, outcome, now))) return false;
      if (isSuccess) {
        if (changesEndpoint) await this.recordSuccess(tx, siteId, leased.endpointId, now);
        const until = new Date(now.getTime() + LEASE_MS);
        if (hasTimeLeft())
          next = await this.deliveries.leaseNext(
            tx,
            siteId,
            { ...leased, anySubject: hasBacklog },
            now,
            until,
            SLOTS,
          );
        return true;
      }
      await this.deliveries.recordFailure(tx, siteId, leased.endpointId, now, leased.tries === 0);
      const reason = this.reasonToDisable(leased, result);
      if (reason) {
        if (await this.deliveries.disable(tx, siteId, leased.endpointId, reason, now)) {
          this.logger.error({ event: 'webhook.disabled', siteId, endpointId: leased.endpointId, reason });
          await this.emails.notifyDisabled(tx, siteId, leased.endpointId, reason, now);
        }
      } else if (
        leased.failingSince &&
        now.getTime() - leased.failingSince.getTime() >= NOTIFY_OWNERS_AFTER_MS
      ) {
        await this.emails.notifyFailing(tx, siteId, leased.endpointId, leased.failingSince, now);
      }
      return true;
    });
    if (!ownsLease) {
      this.attemptCount.inc({ outcome: 'superseded' });
      return { outcome: 'superseded', next: null };
    }
    this.attemptCount.inc({
      outcome: isSuccess ? 'delivered' : outcome.status === 'failed' ? 'given-up' : 'retry',
    });
    return { outcome: isSuccess ? 'delivered' : 'failed', next };
  }

  /**
   * Whether a success changes the endpoint's row. Skipping the update for a healthy endpoint saves a statement per
   * delivery.
   */
  private shouldRecordSuccess({ endpointId, failingSince, failures }: LeasedDelivery, now: Date): boolean {
    const lastRecordedMs = this.lastRecordedSuccessMs.get(endpointId) ?? 0;
    const isIntervalOver = Math.abs(now.getTime() - lastRecordedMs) >= RECORD_SUCCESS_INTERVAL_MS;
    if (isIntervalOver) this.lastRecordedSuccessMs.set(endpointId, now.getTime());
    return isIntervalOver || failingSince !== null || failures > 0;
  }

  /** Records a success, and notifies the owners of the recovery if they were notified of the failure. */
  private async recordSuccess(tx: Tx, siteId: SiteId, id: WebhookEndpointId, now: Date): Promise<void> {
    const recovered = await this.deliveries.recordSuccess(tx, siteId, id, now);
    if (recovered?.ownersNotifiedAt && recovered.ownersNotifiedAt >= recovered.since)
      await this.emails.notifyRecovered(tx, siteId, id, recovered.since, now);
  }

  private async send(delivery: LeasedDelivery, siteId: SiteId, at: Date): Promise<AttemptResult> {
    try {
      const signingSecrets = activeSecrets(this.secrets, delivery.endpointId, delivery.secrets, at);
      const { status, answer, headers, durationMs } = await this.outbound.send({
        method: 'POST',
        url: delivery.url,
        headers: signedHeaders(delivery.eventId, delivery.body, signingSecrets, at),
        body: delivery.body,
        bulkhead: `webhook ${siteId}`,
        maxInFlight: MAX_IN_FLIGHT,
        timeoutMs: ATTEMPT_TIMEOUT_MS,
        maxAnswerBytes: MAX_ANSWER_BYTES,
      });
      return {
        statusCode: status,
        error: null,
        // PostgreSQL text columns reject NUL, and receivers may send anything.
        answer: answer.slice(0, MAX_ANSWER_BYTES).replaceAll('\0', '').toWellFormed(),
        retryAfter: headers['retry-after'],
        durationMs,
      };
    } catch (error) {
      if (!(error instanceof OutboundError)) throw error;
      const { code, message, durationMs } = error;
      return {
        statusCode: null,
        error: `${code}: ${message}`,
        answer: null,
        retryAfter: undefined,
        durationMs,
      };
    }
  }

  private toAttemptOutcome(
    { tries }: LeasedDelivery,
    { statusCode, error, answer, retryAfter, durationMs }: AttemptResult,
    isSuccess: boolean,
    startedAt: Date,
  ): AttemptOutcome {
    const attempt = { startedAt, durationMs, statusCode, error, answer };
    if (isSuccess) return { ...attempt, status: 'delivered', nextAttemptAt: null };
    const now = this.clock.nowMs();
    const delayMs = nextDelayMs(tries + 1, parseRetryAfter(retryAfter, now), Math.random());
    return statusCode === HTTP_GONE || delayMs === null
      ? { ...attempt, status: 'failed', nextAttemptAt: null }
      : { ...attempt, status: 'pending', nextAttemptAt: new Date(now + delayMs) };
  }

  private reasonToDisable({ failingSince }: LeasedDelivery, { statusCode }: AttemptResult): string | null {
    if (statusCode === HTTP_GONE) return 'The endpoint responded with 410 Gone.';
    const hasFailedTooLong =
      failingSince !== null && this.clock.nowMs() - failingSince.getTime() >= GIVE_UP_AFTER_MS;
    return hasFailedTooLong ? 'No delivery has succeeded for 120 hours.' : null;
  }

  /**
   * Finds the next delivery of the same subject. After a success, or if a delivery was deferred, also finds one of
   * another subject, because this sender stops.
   */
  private async findFollowUps(
    finished: LeasedDelivery,
    { siteId }: { siteId: SiteId },
    wasDelivered: boolean,
  ): Promise<readonly DueDelivery[]> {
    const hasDeferred = this.slots.takeDeferred(finished.endpointId);
    return this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
      this.deliveries.nextDue(tx, siteId, finished, this.clock.now(), wasDelivered || hasDeferred),
    );
  }
}
