import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { SYSTEM } from '../../platform/auth/principal.js';
import { upTo } from '../../platform/cache-size.js';
import { Clock } from '../../platform/clock.js';
import { SECRETS, type Secrets } from '../../platform/config/secrets.js';
import { Database, type Tx } from '../../platform/database/database.js';
import type { SiteId, WebhookEndpointId } from '../../platform/ids.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { Metrics } from '../../platform/observability/metrics.js';
import { Outbound, OutboundError } from '../../platform/outbound/outbound.js';
import { parseRetryAfter } from '../../platform/outbound/retry-after.js';
import { DeliveryLanes, type Due } from './delivery-lanes.js';
import { DeliveryRepository, type AttemptOutcome, type LeasedDelivery } from './delivery.repository.js';
import { EndpointLetters, TELL_AFTER_MS } from './endpoint-letters.js';
import { EndpointSlots, SLOTS } from './endpoint-slots.js';
import { GIVE_UP_AFTER_MS, nextDelayMs } from './retry-schedule.js';
import { signedHeaders } from './signed-headers.js';
import { liveSecrets } from './webhook-secrets.js';

/** How long one attempt may take: connection, request and answer (contracts-notes, section 1). */
const ATTEMPT_TIMEOUT_MS = 15_000;
/** For one site in one process: two thirds of all (`DeliveryLanes`), so that hanging endpoints leave room for other sites. */
const MAX_IN_FLIGHT = 64;
/** While it lasts nobody else sends the delivery; a killed worker's ends by itself. */
const LEASE_MS = 30_000;
const DUE_EVERY_MS = 1_000;
const STATISTICS_EVERY_MS = 5_000;
const DUE_ROWS = 500;
/** The part of an answer that the log keeps. */
const MAX_ANSWER_BYTES = 4_096;
const GONE = 410;
/** So long a sender goes on with what else is due at its endpoint; then others get their turn. */
const GO_ON_MS = 1_000;
const NOTE_SUCCESS_MS = 30_000;

interface Answered {
  statusCode: number | null;
  error: string | null;
  answer: string | null;
  retryAfter: string | undefined;
  durationMs: number;
}

/** Sends deliveries: one at a time per endpoint and subject, at least once, with the same bytes each time. */
@Injectable()
export class Deliveries implements OnModuleInit {
  private readonly logger = new Logger('webhooks');
  /** When an endpoint's success was last written down by this process. */
  private readonly succeeded = new LRUCache<WebhookEndpointId, number>({ ...upTo(10_000) });
  private readonly outcomes;

  constructor(
    private readonly database: Database,
    private readonly deliveries: DeliveryRepository,
    private readonly outbound: Outbound,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
    private readonly letters: EndpointLetters,
    private readonly slots: EndpointSlots,
    private readonly lanes: DeliveryLanes,
    metrics: Metrics,
    @Inject(SECRETS) private readonly secrets: Secrets,
  ) {
    this.outcomes = metrics.counter(
      'postbag_webhook_attempts_total',
      'Tries to deliver a webhook, by outcome.',
      ['outcome'],
    );
  }

  onModuleInit(): void {
    this.lanes.open((due) => this.deliver(due));
    this.ticker.every('webhook-statistics', STATISTICS_EVERY_MS, async () => {
      await this.database.inSystem((tx) => this.deliveries.refreshStatistics(tx));
    });
    this.ticker.every('webhook-deliveries-due', DUE_EVERY_MS, () => this.takeDue());
  }

  /** Everything whose time has come, also what a killed worker left behind. */
  async takeDue(): Promise<void> {
    const due = await this.database.inSystem((tx) =>
      this.deliveries.due(tx, this.clock.now(), SLOTS.healthy, DUE_ROWS),
    );
    this.lanes.take(due);
  }

  /**
   * One attempt, if it is this delivery's turn, and then the next of its endpoint while they succeed: a backlog, of
   * which each look of the clock brings a few, is worked off as fast as the endpoint answers.
   *
   * @returns what may be tried after it
   */
  private async deliver(due: Due): Promise<readonly Due[]> {
    const { endpointId, failing } = due;
    if (!this.slots.take(endpointId, failing)) return [];
    try {
      return await this.attempt(due);
    } finally {
      this.slots.free(endpointId);
    }
  }

  private async attempt(due: Due): Promise<readonly Due[]> {
    const startedAt = performance.now();
    const goesOn = (): boolean => performance.now() - startedAt < GO_ON_MS;
    let leased = await this.take(due);
    while (leased) {
      const { outcome, next } = await this.sendAndNote(leased, due, goesOn);
      if (outcome === 'superseded') return [];
      // Read after the commit: whoever was told to wait for this one was told before it.
      if (!next && (outcome === 'failed' || !goesOn()))
        return this.followers(leased, due, outcome === 'delivered');
      // Who was turned away had committed what it brought before that, though perhaps after the look for a next one.
      leased = next ?? (this.slots.callBack(due.endpointId) ? await this.takeNext(due) : null);
    }
    return [];
  }

  private async take(due: Due): Promise<LeasedDelivery | null> {
    const { siteId, endpointId, deliveryId } = due;
    const mine = await this.database.inSite({ siteId, principal: SYSTEM }, async (tx) => {
      const now = this.clock.now();
      const until = new Date(now.getTime() + LEASE_MS);
      const leased = await this.deliveries.lease(tx, siteId, deliveryId, now, until, SLOTS);
      if (leased) return leased;
      if (!(await this.deliveries.waitsForSlot(tx, siteId, deliveryId, now))) return null;
      this.slots.noteTurnedAway(endpointId);
      return 'no-slot';
    });
    // Somebody else who went on had it: there may be more of what it stood for.
    return mine === null ? this.takeNext(due) : mine === 'no-slot' ? null : mine;
  }

  private takeNext({ siteId, endpointId }: Due): Promise<LeasedDelivery | null> {
    return this.database.inSite({ siteId, principal: SYSTEM }, (tx) => {
      const now = this.clock.now();
      const until = new Date(now.getTime() + LEASE_MS);
      return this.deliveries.leaseNext(
        tx,
        siteId,
        { endpointId, subject: null, any: true },
        now,
        until,
        SLOTS,
      );
    });
  }

  /** One attempt and what came of it; in the same transaction the next one is taken, while all is well. */
  private async sendAndNote(
    leased: LeasedDelivery,
    { siteId, ofMany }: Due,
    goesOn: () => boolean,
  ): Promise<{ outcome: 'delivered' | 'failed' | 'superseded'; next: LeasedDelivery | null }> {
    const scope = { siteId, principal: SYSTEM };
    let next: LeasedDelivery | null = null;
    const startedAt = this.clock.now();
    const answered = await this.send(leased, siteId, startedAt);
    const isSuccess = answered.statusCode !== null && answered.statusCode >= 200 && answered.statusCode < 300;
    const outcome = this.judge(leased, answered, isSuccess, startedAt);

    const isMine = await this.database.inSite(scope, async (tx) => {
      const now = this.clock.now();
      const isToldToEndpoint = !isSuccess || this.isNews(leased, now);
      if (isToldToEndpoint) this.deliveries.lockEndpoint(tx, siteId, leased.endpointId);
      if (!(await this.deliveries.finish(tx, siteId, leased, outcome, now))) return false;
      if (isSuccess) {
        if (isToldToEndpoint) await this.noteSuccess(tx, siteId, leased.endpointId, now);
        const until = new Date(now.getTime() + LEASE_MS);
        if (goesOn())
          next = await this.deliveries.leaseNext(tx, siteId, { ...leased, any: ofMany }, now, until, SLOTS);
        return true;
      }
      await this.deliveries.noteFailure(tx, siteId, leased.endpointId, now, leased.tries === 0);
      const reason = this.reasonToDisable(leased, answered);
      if (reason) {
        if (await this.deliveries.disable(tx, siteId, leased.endpointId, reason, now)) {
          this.logger.error({ event: 'webhook.disabled', siteId, endpointId: leased.endpointId, reason });
          await this.letters.disabled(tx, siteId, leased.endpointId, reason, now);
        }
      } else if (leased.failingSince && now.getTime() - leased.failingSince.getTime() >= TELL_AFTER_MS) {
        await this.letters.failing(tx, siteId, leased.endpointId, leased.failingSince, now);
      }
      return true;
    });
    if (!isMine) {
      this.outcomes.inc({ outcome: 'superseded' });
      return { outcome: 'superseded', next: null };
    }
    this.outcomes.inc({
      outcome: isSuccess ? 'delivered' : outcome.status === 'failed' ? 'given-up' : 'retry',
    });
    return { outcome: isSuccess ? 'delivered' : 'failed', next };
  }

  /** Whether a success has anything to tell the endpoint's row; a quiet row spares a statement per delivery. */
  private isNews({ endpointId, failingSince, failures }: LeasedDelivery, now: Date): boolean {
    const before = this.succeeded.get(endpointId) ?? 0;
    const isLong = Math.abs(now.getTime() - before) >= NOTE_SUCCESS_MS;
    if (isLong) this.succeeded.set(endpointId, now.getTime());
    return isLong || failingSince !== null || failures > 0;
  }

  /** Whoever was told that it fails is told that it does no more. */
  private async noteSuccess(tx: Tx, siteId: SiteId, id: WebhookEndpointId, now: Date): Promise<void> {
    const mended = await this.deliveries.noteSuccess(tx, siteId, id, now);
    if (mended?.toldAt && mended.toldAt >= mended.since)
      await this.letters.mended(tx, siteId, id, mended.since, now);
  }

  private async send(delivery: LeasedDelivery, siteId: SiteId, at: Date): Promise<Answered> {
    try {
      const live = liveSecrets(this.secrets, delivery.endpointId, delivery.secrets, at);
      const { status, answer, headers, durationMs } = await this.outbound.send({
        method: 'POST',
        url: delivery.url,
        headers: signedHeaders(delivery.eventId, delivery.body, live, at),
        body: delivery.body,
        bulkhead: `webhook ${siteId}`,
        maxInFlight: MAX_IN_FLIGHT,
        timeoutMs: ATTEMPT_TIMEOUT_MS,
        maxAnswerBytes: MAX_ANSWER_BYTES,
      });
      return {
        statusCode: status,
        error: null,
        // No column takes NUL; receivers may answer anything.
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

  private judge(
    { tries }: LeasedDelivery,
    { statusCode, error, answer, retryAfter, durationMs }: Answered,
    isSuccess: boolean,
    startedAt: Date,
  ): AttemptOutcome {
    const attempt = { startedAt, durationMs, statusCode, error, answer };
    if (isSuccess) return { ...attempt, status: 'delivered', nextAttemptAt: null };
    const now = this.clock.nowMs();
    const delayMs = nextDelayMs(tries + 1, parseRetryAfter(retryAfter, now), Math.random());
    return statusCode === GONE || delayMs === null
      ? { ...attempt, status: 'failed', nextAttemptAt: null }
      : { ...attempt, status: 'pending', nextAttemptAt: new Date(now + delayMs) };
  }

  private reasonToDisable({ failingSince }: LeasedDelivery, { statusCode }: Answered): string | null {
    if (statusCode === GONE) return 'The endpoint answered 410 Gone.';
    const isLong = failingSince !== null && this.clock.nowMs() - failingSince.getTime() >= GIVE_UP_AFTER_MS;
    return isLong ? 'No delivery succeeded for 120 hours.' : null;
  }

  /** What waited for this one, and one that found no slot or goes on where this sender ends. */
  private async followers(
    done: LeasedDelivery,
    { siteId }: { siteId: SiteId },
    goesOn: boolean,
  ): Promise<readonly Due[]> {
    const isAwaited = this.slots.callBack(done.endpointId);
    return this.database.inSite({ siteId, principal: SYSTEM }, (tx) =>
      this.deliveries.nextDue(tx, siteId, done, this.clock.now(), goesOn || isAwaited),
    );
  }
}
