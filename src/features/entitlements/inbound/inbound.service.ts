import { Inject, Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { SECRETS, type Secrets } from '../../../platform/config/secrets.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { invalid, notFound, unauthorized } from '../../../platform/http/problem.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { DEFAULT_KEY, EntitlementService, type PutOutcome } from '../entitlement.service.js';
import { InboundProviderEntity } from './inbound-provider.entity.js';
import { findInboundProvider } from './index.js';
import type { InboundProvider, InboundRequest, SubscriptionFact } from './provider.js';

const SECRET_OVERLAP_MS = 24 * 60 * 60 * 1000;
/** Longer than any provider repeats a push. */
const MESSAGES_KEPT_MS = 30 * 24 * 60 * 60 * 1000;
/** A push that is told from the future would outrank all that follow. */
const MAX_AHEAD_MS = 60 * 60 * 1000;

interface KeptSecret {
  readonly secret: string;
  /** ISO 8601; null: in use. */
  readonly until: string | null;
}

/** A wire as its owner sees it: never the secret. */
export interface InboundWire {
  readonly provider: string;
  readonly tiers: Record<string, string>;
  readonly previousSecretValidUntil: Date | null;
  readonly updatedAt: Date;
}

/** Subscription changes pushed by billing systems. */
@Injectable()
export class InboundService {
  private readonly logger = new Logger('inbound');

  constructor(
    private readonly database: Database,
    private readonly entitlements: EntitlementService,
    private readonly clock: Clock,
    @Inject(SECRETS) private readonly secrets: Secrets,
  ) {}

  /** @throws Problem 404 for a provider that we do not know, 400 for a secret or a tier that cannot be */
  async put(
    ctx: SiteContext,
    site: SiteFacts,
    name: string,
    secret: string,
    tiers: Record<string, string>,
  ): Promise<InboundWire> {
    const provider = known(name);
    const reason = provider.checkSecret(secret);
    if (reason) throw invalid([{ pointer: '/secret', code: 'bad-secret', message: reason }]);
    const unknown = Object.entries(tiers).filter(([, tier]) => !site.tiers.has(tier));
    if (unknown.length > 0)
      throw invalid(unknown.map(([theirs, tier]) => unknownTier(`/tiers/${theirs}`, tier)));
    const now = this.clock.now();
    return this.database.inSite(ctx, async (tx) => {
      const rows = tx.manager.getRepository(InboundProviderEntity);
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7344))', [`${ctx.siteId}\n${name}`]);
      const before = await rows.findOneBy({ siteId: ctx.siteId, provider: name });
      const kept = this.rotate(before && this.open(before), secret, now);
      const row: InboundProviderEntity = {
        siteId: ctx.siteId,
        provider: name,
        secretsSealed: this.secrets.seal(JSON.stringify(kept), sealOf(ctx, name)),
        tiers,
        updatedAt: now,
      };
      await rows.upsert(row, ['siteId', 'provider']);
      return this.wireOf(row);
    });
  }

  async read(ctx: SiteContext, name: string): Promise<InboundWire> {
    known(name);
    return this.wireOf(await this.wire(ctx, name));
  }

  /** Ends the wire, with all of its secrets. */
  async remove(ctx: SiteContext, name: string): Promise<void> {
    known(name);
    const { affected } = await this.database.inSite(ctx, (tx) =>
      tx.manager.getRepository(InboundProviderEntity).delete({ siteId: ctx.siteId, provider: name }),
    );
    if (!affected) throw notFound('This provider');
  }

  /**
   * Takes one push. When it returns, what was told is stored, or known to be told before.
   *
   * @throws Problem 404 for a provider that the site has no wire to, 401 for a signature that is none of its
   *   secrets', 400 for a body that is not of the provider's shape or names an unknown tier
   */
  async take(
    ctx: SiteContext,
    site: SiteFacts,
    name: string,
    request: InboundRequest,
  ): Promise<PutOutcome | 'duplicate' | 'ignored'> {
    const provider = known(name);
    const wire = await this.wire(ctx, name);
    const now = this.clock.now();
    const live = this.open(wire).filter(({ until }) => until === null || new Date(until) > now);
    const messageId = provider.verify(
      request,
      live.map(({ secret }) => secret),
      now,
    );
    if (messageId === null) {
      this.logger.warn({ event: 'inbound.refused', siteId: ctx.siteId, provider: name });
      throw unauthorized('The signature is not valid.');
    }
    const parsed = await provider.parse(request.body);
    if (parsed.kind === 'bad-shape') throw invalid(parsed.errors);
    const outcome = await this.database.inSite(ctx, async (tx) => {
      if (!(await this.isFirst(tx, ctx, name, messageId, now))) return 'duplicate';
      if (parsed.kind === 'ignored') return 'ignored';
      return this.apply(tx, ctx, site, wire, parsed.fact, messageId, now);
    });
    this.logger.log({ event: 'inbound.taken', siteId: ctx.siteId, provider: name, messageId, outcome });
    return outcome;
  }

  private apply(
    tx: Tx,
    ctx: SiteContext,
    site: SiteFacts,
    wire: InboundProviderEntity,
    fact: SubscriptionFact,
    messageId: string,
    now: Date,
  ): Promise<PutOutcome> {
    if (fact.toldAt.getTime() > now.getTime() + MAX_AHEAD_MS) {
      throw invalid([
        { pointer: '/timestamp', code: 'in-the-future', message: 'The event is told from the future.' },
      ]);
    }
    const tier = Object.hasOwn(wire.tiers, fact.tier) ? wire.tiers[fact.tier] : fact.tier;
    if (!site.tiers.has(tier)) throw invalid([unknownTier('/data/tier', fact.tier)]);
    const { readerKey, key, status, validUntil, graceUntil, toldAt, sequence } = fact;
    return this.entitlements.tell(
      tx,
      ctx,
      { readerKey, key: key ?? DEFAULT_KEY },
      { tier, status, validUntil, graceUntil },
      { source: wire.provider, toldAt, sequence, messageId },
    );
  }

  private async isFirst(
    tx: Tx,
    ctx: SiteContext,
    name: string,
    messageId: string,
    now: Date,
  ): Promise<boolean> {
    await tx.query(
      `DELETE FROM inbound_message WHERE site_id = $1 AND provider = $2 AND message_id IN (
         SELECT message_id FROM inbound_message WHERE site_id = $1 AND provider = $2 AND received_at < $3 LIMIT 100)`,
      [ctx.siteId, name, new Date(now.getTime() - MESSAGES_KEPT_MS)],
    );
    const made = await tx.query(
      `INSERT INTO inbound_message (site_id, provider, message_id, outcome, received_at) VALUES ($1, $2, $3, 'taken', $4)
       ON CONFLICT DO NOTHING RETURNING message_id`,
      [ctx.siteId, name, messageId, now],
    );
    return made.length > 0;
  }

  private async wire(ctx: SiteContext, name: string): Promise<InboundProviderEntity> {
    const row = await this.database.inSite(ctx, (tx) =>
      tx.manager.getRepository(InboundProviderEntity).findOneBy({ siteId: ctx.siteId, provider: name }),
    );
    if (!row) throw notFound('This provider');
    return row;
  }

  private open(row: InboundProviderEntity): KeptSecret[] {
    return JSON.parse(this.secrets.open(row.secretsSealed, sealOf(row, row.provider))) as KeptSecret[];
  }

  /** The new secret, and the one before for a while; the same secret again changes nothing. */
  private rotate(kept: readonly KeptSecret[] | null, secret: string, now: Date): readonly KeptSecret[] {
    const current = kept?.[0];
    if (!kept || !current) return [{ secret, until: null }];
    if (current.secret === secret) return kept;
    const until = new Date(now.getTime() + SECRET_OVERLAP_MS).toISOString();
    return [
      { secret, until: null },
      { secret: current.secret, until },
    ];
  }

  private wireOf(row: InboundProviderEntity): InboundWire {
    const until = this.open(row)[1]?.until ?? null;
    return {
      provider: row.provider,
      tiers: row.tiers,
      previousSecretValidUntil: until === null ? null : new Date(until),
      updatedAt: row.updatedAt,
    };
  }
}

function known(name: string): InboundProvider {
  const provider = findInboundProvider(name);
  if (!provider) throw notFound('This provider');
  return provider;
}

const sealOf = ({ siteId }: { siteId: string }, provider: string): string => `inbound:${siteId}:${provider}`;

const unknownTier = (pointer: string, tier: string) => ({
  pointer,
  code: 'unknown-tier',
  message: `The site has no tier with the key "${tier}".`,
});
