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
import { ToldReaders } from '../../readers/told-readers.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { DEFAULT_KEY, EntitlementService } from '../entitlement.service.js';
import { InboundLogRepository, type InboundOutcome, type LogLine } from './inbound-log.repository.js';
import { forgetMessage, messageIdOf, noteFirst } from './inbound-messages.repository.js';
import { InboundWires, unknownTier, type OpenWire } from './inbound-wires.service.js';
import { askingBy } from './provider-api.js';
import type { InboundRequest, Parsed, ReaderFact, SubscriptionFact, Verified } from './provider.js';
import { SAID_OF_READERS } from './said-of-readers.js';

/** A push that is told from the future would outrank all that follow. */
const MAX_AHEAD_MS = 60 * 60 * 1000;
/** Anybody can send what nobody signed: of such, no more are written down. */
const UNSIGNED_LOGGED_A_MINUTE = 60;
const UNSIGNED_LOGGED_A_DAY = 2_000;
const MINUTE_MS = 60_000;
export const MAX_REPLAYED = 500;

const SAID: Record<Extract<Verified, { ok: false }>['reason'], string> = {
  unsigned: 'There was no signature or credential.',
  malformed: 'The signature could not be read.',
  'out-of-time': 'The signature is older or newer than five minutes.',
  wrong: 'No live secret of this wire made the signature, or it is of another body.',
};

/** Refused, and remembered as refused: nothing else of it is kept. */
class Refused extends Error {
  constructor(
    readonly reason: string,
    readonly error: FieldError,
  ) {
    super(reason);
  }
}

interface Taken {
  readonly outcome: Exclude<InboundOutcome, 'refused'>;
  readonly reason?: string;
  readonly detail?: string;
  readonly about?: { readonly readerKey: string; readonly entitlementKey?: string };
}

/** Subscription changes pushed by billing systems. */
@Injectable()
export class InboundService implements OnModuleInit {
  private readonly logger = new Logger('inbound');
  private readonly pushes;

  constructor(
    private readonly database: Database,
    private readonly entitlements: EntitlementService,
    private readonly readers: ToldReaders,
    private readonly wires: InboundWires,
    private readonly log: InboundLogRepository,
    private readonly outbound: Outbound,
    private readonly limits: Limits,
    private readonly clock: Clock,
    private readonly outbox: OutboxHandlers,
    metrics: Metrics,
  ) {
    this.pushes = metrics.counter('postbag_inbound_pushes_total', 'Pushes of billing systems, by outcome.', [
      'outcome',
    ]);
  }

  onModuleInit(): void {
    this.outbox.register('inbound-log', ['reader.erased'], async (tx, events) => {
      for (const { siteId, payload } of events)
        await this.log.forgetBodies(tx, siteId, payload['readerKey'] as string);
      return [];
    });
  }

  /**
   * Takes one push. When it returns, what was told is stored, or known to be told before.
   *
   * @throws Problem 404 for a provider that the site has no wire to, 401 for a signature that is none of its
   *   secrets', 400 for a body that is not of the provider's shape, 503 where the provider's own API does not answer
   */
  async take(
    ctx: SiteContext,
    site: SiteFacts,
    name: string,
    request: InboundRequest,
  ): Promise<Taken['outcome']> {
    const wire = await this.wires.toUse(ctx, name);
    const verified = wire.provider.verify(request, wire.secrets, this.clock.now(), wire.options);
    if (!verified.ok) {
      const { reason } = verified;
      await this.noteUnsigned(ctx, { provider: name, outcome: 'refused', reason, detail: SAID[reason] });
      throw unauthorized('The signature is not valid.');
    }
    const body = request.rawBody.toString('utf8');
    return (await this.use(ctx, site, wire, request.body, { body, id: verified.id, replayOf: null })).outcome;
  }

  /**
   * Writes down a push that was refused unread. One that is signed is always written down.
   *
   * @param rawBody undefined where it was not even received
   * @throws Problem 404 for a provider that the site has no wire to
   */
  async noteUnread(
    ctx: SiteContext,
    name: string,
    { headers, rawBody }: Pick<InboundRequest, 'headers'> & { readonly rawBody?: Buffer },
    { reason, detail }: { readonly reason: string; readonly detail: string },
  ): Promise<void> {
    const wire = await this.wires.toUse(ctx, name);
    const line = { provider: name, outcome: 'refused', reason } as const;
    if (!rawBody) return this.noteUnsigned(ctx, { ...line, detail });
    const request = { headers, rawBody, body: undefined };
    const verified = wire.provider.verify(request, wire.secrets, this.clock.now(), wire.options);
    if (verified.ok) return this.noteRefused(ctx, { ...line, detail });
    await this.noteUnsigned(ctx, { ...line, detail: `${detail} ${SAID[verified.reason]}` });
  }

  /**
   * Takes a push of the log once more, with the wire's settings of now.
   *
   * @throws Problem 404 where the log has no such push, or not its body
   */
  async replay(ctx: SiteContext, site: SiteFacts, name: string, id: string): Promise<Taken['outcome']> {
    const wire = await this.wires.toUse(ctx, name);
    const row = isUuid(id) ? await this.database.inSite(ctx, (tx) => this.log.find(tx, ctx, name, id)) : null;
    const body = row && this.log.open(ctx, row);
    if (!row || body === null) throw notFound('This push');
    const told = { body, id: row.messageId, replayOf: row.replayOf ?? row.id };
    return (await this.use(ctx, site, wire, JSON.parse(body), told)).outcome;
  }

  /** Replays what was unmapped or refused since then, the oldest first. @returns how many had which outcome */
  async replayAll(
    ctx: SiteContext,
    site: SiteFacts,
    name: string,
    since: Date,
    outcomes: readonly InboundOutcome[],
  ): Promise<{ outcomes: Record<string, number>; replayed: number; more: boolean }> {
    await this.wires.toUse(ctx, name);
    const rows = await this.database.inSite(ctx, (tx) =>
      this.log.replayable(tx, ctx, name, { since, outcomes, limit: MAX_REPLAYED + 1 }),
    );
    const counts: Record<string, number> = {};
    for (const { id } of rows.slice(0, MAX_REPLAYED)) {
      let outcome: InboundOutcome = 'refused';
      try {
        outcome = await this.replay(ctx, site, name, id);
      } catch (error) {
        // Written to the log with its reason.
        if (!(error instanceof Problem)) throw error;
      }
      counts[outcome] = (counts[outcome] ?? 0) + 1;
    }
    return {
      outcomes: counts,
      replayed: Math.min(rows.length, MAX_REPLAYED),
      more: rows.length > MAX_REPLAYED,
    };
  }

  private async use(
    ctx: SiteContext,
    site: SiteFacts,
    wire: OpenWire,
    value: unknown,
    { body, id, replayOf }: { body: string; id: string | null; replayOf: string | null },
  ): Promise<Taken> {
    const now = this.clock.now();
    const line = { provider: wire.name, body, replayOf, messageId: id };
    const refuse = async (reason: string, errors: readonly FieldError[]): Promise<Problem> => {
      const detail = errors.map(({ message }) => message).join(' ');
      await this.noteRefused(ctx, { ...line, outcome: 'refused', reason, detail });
      return invalid(errors);
    };

    let parsed: Parsed;
    try {
      parsed = await wire.provider.parse(value, wire.options, askingBy(this.outbound, ctx.siteId));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      await this.noteRefused(ctx, { ...line, outcome: 'refused', reason: error.code, detail: error.detail });
      throw error;
    }
    if (parsed.kind === 'bad-shape') throw await refuse('bad-shape', parsed.errors);
    const messageId = id ?? messageIdOf(parsed.id, body);
    try {
      const taken = await this.database.inSite(ctx, async (tx) => {
        const done = await this.keep(tx, ctx, site, wire, parsed, messageId, replayOf !== null);
        await this.log.add(
          tx,
          ctx,
          {
            ...line,
            // One that could not be read to the end may have another id when it can.
            messageId: parsed.kind === 'unusable' ? (id ?? parsed.id) : messageId,
            outcome: done.outcome,
            reason: done.reason,
            detail: done.detail,
            ...done.about,
          },
          now,
        );
        return done;
      });
      this.pushes.inc({ outcome: taken.outcome });
      this.logger.log({
        event: 'inbound.taken',
        siteId: ctx.siteId,
        provider: wire.name,
        messageId,
        outcome: taken.outcome,
      });
      return taken;
    } catch (error) {
      if (!(error instanceof Refused)) throw error;
      throw await refuse(error.reason, [error.error]);
    }
  }

  private async keep(
    tx: Tx,
    ctx: SiteContext,
    site: SiteFacts,
    wire: OpenWire,
    parsed: Exclude<Parsed, { kind: 'bad-shape' }>,
    messageId: string,
    again: boolean,
  ): Promise<Taken> {
    if (parsed.kind === 'unusable')
      return { outcome: 'unmapped', reason: parsed.reason, detail: parsed.detail };
    const isFirst = await noteFirst(tx, ctx, wire.name, messageId, this.clock.now());
    if (!isFirst && !again) return { outcome: 'duplicate' };
    if (parsed.kind === 'ignored')
      return { outcome: 'ignored', reason: parsed.reason, detail: parsed.detail };
    if (parsed.fact.toldAt.getTime() > this.clock.nowMs() + MAX_AHEAD_MS) {
      const message = 'The event is told from the future.';
      throw new Refused('in-the-future', { pointer: '/timestamp', code: 'in-the-future', message });
    }
    return parsed.kind === 'reader'
      ? this.tellOfReader(tx, ctx, site, wire, parsed.fact, messageId, again)
      : this.apply(tx, ctx, site, wire, parsed.fact, messageId, again);
  }

  private async tellOfReader(
    tx: Tx,
    ctx: SiteContext,
    site: SiteFacts,
    wire: OpenWire,
    { readerKey, profile, toldAt, sequence }: ReaderFact,
    messageId: string,
    again: boolean,
  ): Promise<Taken> {
    const told = { source: wire.name, toldAt, sequence, messageId };
    if (profile) {
      const became = await this.readers.update(tx, ctx, site, { readerKey, profile }, told, again);
      return { ...SAID_OF_READERS.profile[became], about: { readerKey } };
    }
    const became = await this.readers.forget(tx, ctx, readerKey, told);
    const isNews = became === 'applied' || became === 'unknown';
    const had = isNews && (await this.entitlements.forget(tx, ctx, readerKey, told));
    return { ...SAID_OF_READERS.deletion[had ? 'applied' : became], about: { readerKey } };
  }

  private async apply(
    tx: Tx,
    ctx: SiteContext,
    site: SiteFacts,
    wire: OpenWire,
    fact: SubscriptionFact,
    messageId: string,
    again: boolean,
  ): Promise<Taken> {
    const tier = tierOf(site, wire.tiers, fact.plans);
    const [firstPlan = ''] = fact.plans;
    if (tier === null && wire.provider.speaksOurTiers) {
      throw new Refused('unknown-plan', unknownTier('/data/tier', firstPlan));
    }
    const { readerKey, key, status, validUntil, graceUntil, toldAt, sequence } = fact;
    const outcome = await this.entitlements.tell(
      tx,
      ctx,
      { readerKey, key: key ?? DEFAULT_KEY },
      // Of a plan that opens nothing only its name is kept: it ends the tier that the subscription had before.
      { tier: tier ?? firstPlan, status, validUntil, graceUntil },
      { source: wire.name, toldAt, sequence, messageId },
      { again, isUnknownTier: tier === null },
    );
    const about = { readerKey, entitlementKey: key ?? DEFAULT_KEY };
    if (tier !== null) return { outcome, about };
    // Seen again it may be told again: the table may know the plan by then.
    await forgetMessage(tx, ctx, wire.name, messageId);
    return { outcome: 'unmapped', ...whyNoTier(fact), about };
  }

  /** In a transaction of its own: that of the request does not outlive the refusal. */
  private async noteRefused(ctx: SiteContext, line: LogLine): Promise<void> {
    this.pushes.inc({ outcome: 'refused' });
    this.logger.warn({
      event: 'inbound.refused',
      siteId: ctx.siteId,
      provider: line.provider,
      reason: line.reason,
    });
    await this.database.apart(ctx, (tx) => this.log.add(tx, ctx, line, this.clock.now()));
  }

  private async noteUnsigned(ctx: SiteContext, line: LogLine): Promise<void> {
    const key = `inbound-log:${ctx.siteId}:${line.provider}`;
    const minute = await this.limits.hit(key, UNSIGNED_LOGGED_A_MINUTE, MINUTE_MS);
    if (!minute.allowed) return;
    const day = await this.limits.hit(`${key}:day`, UNSIGNED_LOGGED_A_DAY, 24 * 60 * MINUTE_MS);
    if (day.allowed) await this.noteRefused(ctx, line);
  }
}

function whyNoTier({ plans, plansAt }: SubscriptionFact): { reason: string; detail: string } {
  if (plans.length > 0) {
    const named = plans.map((plan) => `"${plan.slice(0, 64)}"`).join(', ');
    return { reason: 'unknown-plan', detail: `The table of tiers knows none of ${named}.` };
  }
  const detail =
    plansAt === undefined
      ? 'The subscription names no plan.'
      : `Nothing that names a plan stands at ${plansAt}.`;
  return { reason: 'no-plan', detail };
}

/** The highest tier that the table, or the site itself, knows by one of the plans' names. */
function tierOf(site: SiteFacts, table: Record<string, string>, plans: readonly string[]): string | null {
  const tiers = plans.flatMap(
    (plan) => site.tiers.get(Object.hasOwn(table, plan) ? table[plan] : plan) ?? [],
  );
  const highest = tiers.sort((one, other) => other.rank - one.rank)[0];
  return highest?.key ?? null;
}
