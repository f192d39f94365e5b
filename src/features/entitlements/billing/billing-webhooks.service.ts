import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { invalid, notFound, Problem, unauthorized, type FieldError } from '../../../platform/http/problem.js';
import { isUuid } from '../../../platform/ids.js';
import { Limits } from '../../../platform/limits/limits.js';
import { Metrics } from '../../../platform/observability/metrics.js';
import { Outbound } from '../../../platform/outbound/outbound.js';
import { OutboxHandlers } from '../../../platform/outbox/outbox-handlers.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { ReaderSync } from '../../readers/reader-sync.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { DEFAULT_KEY, EntitlementService } from '../entitlement.service.js';
import {
  BillingWebhookLogRepository,
  type BillingWebhookOutcome,
  type NewLogLine,
} from './billing-webhook-log.repository.js';
import { deleteMessage, messageIdOf, recordOnce } from './billing-messages.repository.js';
import {
  BillingIntegrationsService,
  unknownTier,
  type UnsealedBillingIntegration,
} from './billing-integrations.service.js';
import { createProviderApiClient } from './provider-api-client.js';
import type {
  BillingWebhookRequest,
  ParsedWebhook,
  ReaderFact,
  SubscriptionFact,
  VerificationResult,
} from './billing-provider.js';
import { READER_OUTCOME_MESSAGES } from './reader-outcome-messages.js';

/** A webhook dated further in the future is refused, because it would take precedence over all later ones. */
const MAX_FUTURE_SKEW_MS = 60 * 60 * 1000;
/** Limits how many unauthenticated webhooks are logged, because anyone can send them. */
const MAX_UNAUTHENTICATED_LOGGED_PER_MINUTE = 60;
const MAX_UNAUTHENTICATED_LOGGED_PER_DAY = 2_000;
const MINUTE_MS = 60_000;
export const MAX_REPLAYED = 500;

const SIGNATURE_ERROR_MESSAGES: Record<Extract<VerificationResult, { ok: false }>['reason'], string> = {
  unsigned: 'The request has no signature or credential.',
  malformed: 'The signature is malformed.',
  'out-of-time': 'The timestamp of the signature is more than five minutes away from the current time.',
  wrong:
    'The signature does not match. It was made with a secret that is not valid for this integration, or for a different body.',
};

/** Thrown for a webhook that is refused. Only the refusal is logged; all other changes are rolled back. */
class RefusedWebhook extends Error {
  constructor(
    readonly reason: string,
    readonly error: FieldError,
  ) {
    super(reason);
  }
}

interface ProcessedWebhook {
  readonly outcome: Exclude<BillingWebhookOutcome, 'refused'>;
  readonly reason?: string;
  readonly detail?: string;
  readonly subject?: { readonly readerKey: string; readonly entitlementKey?: string };
}

/** Processes the webhooks of billing systems: subscription changes, reader profiles and account deletions. */
@Injectable()
export class BillingWebhooksService implements OnModuleInit {
  private readonly logger = new Logger('inbound');
  private readonly outcomeCounter;

  constructor(
    private readonly database: Database,
    private readonly entitlements: EntitlementService,
    private readonly readers: ReaderSync,
    private readonly integrations: BillingIntegrationsService,
    private readonly log: BillingWebhookLogRepository,
    private readonly outbound: Outbound,
    private readonly limits: Limits,
    private readonly clock: Clock,
    private readonly outbox: OutboxHandlers,
    metrics: Metrics,
  ) {
    this.outcomeCounter = metrics.counter(
      'postbag_billing_webhooks_total',
      'Webhooks received from billing systems, by outcome.',
      ['outcome'],
    );
  }

  onModuleInit(): void {
    this.outbox.register('billing-webhook-log', ['reader.erased'], async (tx, events) => {
      for (const { siteId, payload } of events)
        await this.log.deleteBodies(tx, siteId, payload['readerKey'] as string);
      return [];
    });
  }

  /**
   * Processes one webhook. When this returns, its facts are stored.
   *
   * @throws Problem 404 if the site has no integration with this provider, 401 if the signature matches none of its
   *   secrets, 400 if the body does not have the provider's shape, 503 if the provider's own API does not respond
   */
  async receive(
    ctx: SiteContext,
    site: SiteFacts,
    name: string,
    request: BillingWebhookRequest,
  ): Promise<ProcessedWebhook['outcome']> {
    const integration = await this.integrations.findWithSecrets(ctx, name);
    const verified = integration.provider.verify(
      request,
      integration.secrets,
      this.clock.now(),
      integration.options,
    );
    if (!verified.ok) {
      const { reason } = verified;
      await this.logUnauthenticatedWebhook(ctx, {
        provider: name,
        outcome: 'refused',
        reason,
        detail: SIGNATURE_ERROR_MESSAGES[reason],
      });
      throw unauthorized('The signature is not valid.');
    }
    const body = request.rawBody.toString('utf8');
    return (
      await this.process(ctx, site, integration, request.body, { body, id: verified.id, replayOf: null })
    ).outcome;
  }

  /**
   * Logs a webhook that was refused before it was parsed. Authenticated webhooks are always logged, others up to a
   * limit.
   *
   * @param rawBody undefined if it was not received completely
   * @throws Problem 404 if the site has no integration with this provider
   */
  async logRejectedWebhook(
    ctx: SiteContext,
    name: string,
    { headers, rawBody }: Pick<BillingWebhookRequest, 'headers'> & { readonly rawBody?: Buffer },
    { reason, detail }: { readonly reason: string; readonly detail: string },
  ): Promise<void> {
    const integration = await this.integrations.findWithSecrets(ctx, name);
    const line = { provider: name, outcome: 'refused', reason } as const;
    if (!rawBody) return this.logUnauthenticatedWebhook(ctx, { ...line, detail });
    const request = { headers, rawBody, body: undefined };
    const verified = integration.provider.verify(
      request,
      integration.secrets,
      this.clock.now(),
      integration.options,
    );
    if (verified.ok) return this.logRefused(ctx, { ...line, detail });
    await this.logUnauthenticatedWebhook(ctx, {
      ...line,
      detail: `${detail} ${SIGNATURE_ERROR_MESSAGES[verified.reason]}`,
    });
  }

  /**
   * Processes a logged webhook again with the integration's current settings.
   *
   * @throws Problem 404 if the log does not have this webhook or its body
   */
  async replay(
    ctx: SiteContext,
    site: SiteFacts,
    name: string,
    id: string,
  ): Promise<ProcessedWebhook['outcome']> {
    const integration = await this.integrations.findWithSecrets(ctx, name);
    const row = isUuid(id) ? await this.database.inSite(ctx, (tx) => this.log.find(tx, ctx, name, id)) : null;
    const body = row && this.log.unsealBody(ctx, row);
    if (!row || body === null) throw notFound('This webhook');
    const request = { body, id: row.messageId, replayOf: row.replayOf ?? row.id };
    return (await this.process(ctx, site, integration, JSON.parse(body), request)).outcome;
  }

  /**
   * Replays webhooks with the given outcomes that were received since a given time, oldest first.
   *
   * @returns the number of webhooks per new outcome
   */
  async replayAll(
    ctx: SiteContext,
    site: SiteFacts,
    name: string,
    since: Date,
    outcomes: readonly BillingWebhookOutcome[],
  ): Promise<{ outcomes: Record<string, number>; replayed: number; more: boolean }> {
    await this.integrations.findWithSecrets(ctx, name);
    const rows = await this.database.inSite(ctx, (tx) =>
      this.log.listReplayable(tx, ctx, name, { since, outcomes, limit: MAX_REPLAYED + 1 }),
    );
    const countByOutcome: Record<string, number> = {};
    for (const { id } of rows.slice(0, MAX_REPLAYED)) {
      let outcome: BillingWebhookOutcome = 'refused';
      try {
        outcome = await this.replay(ctx, site, name, id);
      } catch (error) {
        // The log already has the reason.
        if (!(error instanceof Problem)) throw error;
      }
      countByOutcome[outcome] = (countByOutcome[outcome] ?? 0) + 1;
    }
    return {
      outcomes: countByOutcome,
      replayed: Math.min(rows.length, MAX_REPLAYED),
      more: rows.length > MAX_REPLAYED,
    };
  }

  private async process(
    ctx: SiteContext,
    site: SiteFacts,
    integration: UnsealedBillingIntegration,
    value: unknown,
    { body, id, replayOf }: { body: string; id: string | null; replayOf: string | null },
  ): Promise<ProcessedWebhook> {
    const now = this.clock.now();
    const line = { provider: integration.name, body, replayOf, messageId: id };
    const refuse = async (reason: string, errors: readonly FieldError[]): Promise<Problem> => {
      const detail = errors.map(({ message }) => message).join(' ');
      await this.logRefused(ctx, { ...line, outcome: 'refused', reason, detail });
      return invalid(errors);
    };

    let parsed: ParsedWebhook;
    try {
      parsed = await integration.provider.parse(
        value,
        integration.options,
        createProviderApiClient(this.outbound, ctx.siteId),
      );
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await this.logRefused(ctx, { ...line, outcome: 'refused', reason: error.code, detail: error.detail });
      throw error;
    }
    if (parsed.kind === 'bad-shape') throw await refuse('bad-shape', parsed.errors);
    const messageId = id ?? messageIdOf(parsed.id, body);
    try {
      const result = await this.database.inSite(ctx, async (tx) => {
        const result = await this.applyOnce(tx, ctx, site, integration, parsed, messageId, replayOf !== null);
        await this.log.add(
          tx,
          ctx,
          {
            ...line,
            // An unusable webhook was not parsed completely, so it may have another id when it is replayed.
            messageId: parsed.kind === 'unusable' ? (id ?? parsed.id) : messageId,
            outcome: result.outcome,
            reason: result.reason,
            detail: result.detail,
            ...result.subject,
          },
          now,
        );
        return result;
      });
      this.outcomeCounter.inc({ outcome: result.outcome });
      this.logger.log({
        event: 'billing.webhook-processed',
        siteId: ctx.siteId,
        provider: integration.name,
        messageId,
        outcome: result.outcome,
      });
      return result;
    } catch (error) {
      if (!(error instanceof RefusedWebhook)) throw error;
      throw await refuse(error.reason, [error.error]);
    }
  }

  private async applyOnce(
    tx: Tx,
    ctx: SiteContext,
    site: SiteFacts,
    integration: UnsealedBillingIntegration,
    parsed: Exclude<ParsedWebhook, { kind: 'bad-shape' }>,
    messageId: string,
    isReplay: boolean,
  ): Promise<ProcessedWebhook> {
    if (parsed.kind === 'unusable')
      return { outcome: 'unmapped', reason: parsed.reason, detail: parsed.detail };
    const isFirst = await recordOnce(tx, ctx, integration.name, messageId, this.clock.now());
    if (!isFirst && !isReplay) return { outcome: 'duplicate' };
    if (parsed.kind === 'ignored')
      return { outcome: 'ignored', reason: parsed.reason, detail: parsed.detail };
    if (parsed.fact.reportedAt.getTime() > this.clock.nowMs() + MAX_FUTURE_SKEW_MS) {
      const message =
        'The timestamp of the event is more than an hour in the future. Check the clock of the sender.';
      throw new RefusedWebhook('in-the-future', { pointer: '/timestamp', code: 'in-the-future', message });
    }
    return parsed.kind === 'reader'
      ? this.applyReaderFact(tx, ctx, site, integration, parsed.fact, messageId, isReplay)
      : this.apply(tx, ctx, site, integration, parsed.fact, messageId, isReplay);
  }

  private async applyReaderFact(
    tx: Tx,
    ctx: SiteContext,
    site: SiteFacts,
    integration: UnsealedBillingIntegration,
    { readerKey, profile, reportedAt, sequence }: ReaderFact,
    messageId: string,
    isReplay: boolean,
  ): Promise<ProcessedWebhook> {
    const origin = { source: integration.name, reportedAt, sequence, messageId };
    if (profile) {
      const syncOutcome = await this.readers.applyProfile(
        tx,
        ctx,
        site,
        { readerKey, profile },
        origin,
        isReplay,
      );
      return { ...READER_OUTCOME_MESSAGES.profile[syncOutcome], subject: { readerKey } };
    }
    const syncOutcome = await this.readers.applyDeletion(tx, ctx, readerKey, origin);
    const isNewFact = syncOutcome === 'applied' || syncOutcome === 'unknown';
    const hadEntitlements =
      isNewFact && (await this.entitlements.deleteForReader(tx, ctx, readerKey, origin));
    return {
      ...READER_OUTCOME_MESSAGES.deletion[hadEntitlements ? 'applied' : syncOutcome],
      subject: { readerKey },
    };
  }

  private async apply(
    tx: Tx,
    ctx: SiteContext,
    site: SiteFacts,
    integration: UnsealedBillingIntegration,
    fact: SubscriptionFact,
    messageId: string,
    isReplay: boolean,
  ): Promise<ProcessedWebhook> {
    const tier = tierOf(site, integration.tiers, fact.plans);
    const [firstPlan = ''] = fact.plans;
    if (tier === null && integration.provider.usesSiteTiers) {
      throw new RefusedWebhook('unknown-plan', unknownTier('/data/tier', firstPlan));
    }
    const { readerKey, key, status, validUntil, graceUntil, reportedAt, sequence } = fact;
    const outcome = await this.entitlements.apply(
      tx,
      ctx,
      { readerKey, key: key ?? DEFAULT_KEY },
      // Only the plan's name is stored for a plan without a tier. It ends the tier that the subscription had before.
      { tier: tier ?? firstPlan, status, validUntil, graceUntil },
      { source: integration.name, reportedAt, sequence, messageId },
      { isReplay, isTierUnknown: tier === null },
    );
    const subject = { readerKey, entitlementKey: key ?? DEFAULT_KEY };
    if (tier !== null) return { outcome, subject };
    // Allow the same message to be processed again, because the tier mapping may contain the plan by then.
    await deleteMessage(tx, ctx, integration.name, messageId);
    return { outcome: 'unmapped', ...unmappedReason(fact), subject };
  }

  /** Uses its own transaction, because the request's transaction is rolled back. */
  private async logRefused(ctx: SiteContext, line: NewLogLine): Promise<void> {
    this.outcomeCounter.inc({ outcome: 'refused' });
    this.logger.warn({
      event: 'billing.webhook-refused',
      siteId: ctx.siteId,
      provider: line.provider,
      reason: line.reason,
    });
    await this.database.inSeparateTransaction(ctx, (tx) => this.log.add(tx, ctx, line, this.clock.now()));
  }

  private async logUnauthenticatedWebhook(ctx: SiteContext, line: NewLogLine): Promise<void> {
    const key = `inbound-log:${ctx.siteId}:${line.provider}`;
    const minute = await this.limits.hit(key, MAX_UNAUTHENTICATED_LOGGED_PER_MINUTE, MINUTE_MS);
    if (!minute.allowed) return;
    const day = await this.limits.hit(`${key}:day`, MAX_UNAUTHENTICATED_LOGGED_PER_DAY, 24 * 60 * MINUTE_MS);
    if (day.allowed) await this.logRefused(ctx, line);
  }
}

function unmappedReason({ plans, plansAt }: SubscriptionFact): { reason: string; detail: string } {
  if (plans.length > 0) {
    const planNames = plans.map((plan) => `"${plan.slice(0, 64)}"`).join(', ');
    return {
      reason: 'unknown-plan',
      detail: `No tier is mapped to ${planNames}. Add the plan to "tiers" of the integration.`,
    };
  }
  const detail =
    plansAt === undefined ? 'The subscription has no plan.' : `The event has no plan at ${plansAt}.`;
  return { reason: 'no-plan', detail };
}

/** Returns the highest tier that one of the plans is mapped to, or whose key is one of the plans. */
function tierOf(site: SiteFacts, mapping: Record<string, string>, plans: readonly string[]): string | null {
  const tiers = plans.flatMap(
    (plan) => site.tiers.get(Object.hasOwn(mapping, plan) ? mapping[plan] : plan) ?? [],
  );
  const highest = tiers.sort((a, b) => b.rank - a.rank)[0];
  return highest?.key ?? null;
}
