import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import {
  activeSecrets,
  addSecretVersion,
  type SecretVersion,
} from '../../../platform/config/secret-versions.js';
import { SECRETS, type Secrets } from '../../../platform/config/secrets.js';
import { Database } from '../../../platform/database/database.js';
import { invalid, notFound } from '../../../platform/http/problem.js';
import { Outbound } from '../../../platform/outbound/outbound.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { BillingIntegrationEntity } from './billing-integration.entity.js';
import { findBillingProvider } from './billing-providers.js';
import type { JsonMapping } from './json-mapping.dto.js';
import type { BillingProvider, BillingProviderOptions } from './billing-provider.js';
import { sql } from '../../../platform/database/sql.js';

const SECRET_OVERLAP_MS = 24 * 60 * 60 * 1000;

/** The settings a publisher can change. Absent secrets stay unchanged; other absent settings get their defaults. */
export interface BillingIntegrationDraft {
  readonly secret?: string;
  readonly tiers?: Record<string, string>;
  readonly reader?: string | null;
  readonly graceDays?: number;
  readonly apiUrl?: string | null;
  readonly apiKey?: string;
  readonly mapping?: JsonMapping | null;
}

/** An integration as shown to the publisher, without secrets. */
export interface BillingIntegration extends Omit<BillingProviderOptions, 'apiKey'> {
  readonly provider: string;
  readonly tiers: Record<string, string>;
  readonly hasApiKey: boolean;
  readonly previousSecretValidUntil: Date | null;
  readonly updatedAt: Date;
}

/** An integration with its decrypted secrets, for processing webhooks. */
export interface UnsealedBillingIntegration {
  readonly provider: BillingProvider;
  /** The name in the URL and the source of its facts, for example `stripe` or `json-piano`. */
  readonly name: string;
  readonly secrets: readonly string[];
  readonly tiers: Record<string, string>;
  readonly options: BillingProviderOptions;
}

/** Manages the integrations of sites with billing systems. */
@Injectable()
export class BillingIntegrationsService {
  constructor(
    private readonly database: Database,
    private readonly outbound: Outbound,
    private readonly clock: Clock,
    @Inject(SECRETS) private readonly secrets: Secrets,
  ) {}

  /** @throws Problem 404 for an unknown provider, 400 for an invalid secret, tier or option */
  async put(
    ctx: SiteContext,
    site: SiteFacts,
    name: string,
    draft: BillingIntegrationDraft,
  ): Promise<BillingIntegration> {
    const provider = requireProvider(name);
    const { secret, tiers = {}, mapping = null, apiUrl = null } = draft;
    const unknownTiers = Object.entries(tiers).filter(([, tier]) => !site.tiers.has(tier));
    if (unknownTiers.length > 0)
      throw invalid(unknownTiers.map(([providerPlan, tier]) => unknownTier(`/tiers/${providerPlan}`, tier)));
    if (mapping && provider.name !== 'json')
      throw invalid([
        {
          pointer: '/mapping',
          code: 'bad-mapping',
          message: 'Only JSON providers accept a mapping. Remove `mapping`.',
        },
      ]);
    const urlError = apiUrl === null ? null : await this.outbound.refusalOf(apiUrl);
    if (urlError !== null) throw invalid([{ pointer: '/apiUrl', code: 'url-refused', message: urlError }]);
    const now = this.clock.now();
    return this.database.inSite(ctx, async (tx) => {
      const rows = tx.manager.getRepository(BillingIntegrationEntity);
      await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended($1, 7344))`, [
        `${ctx.siteId}\n${name}`,
      ]);
      const stored = await rows.findOneBy({ siteId: ctx.siteId, provider: name });
      if (!stored && secret === undefined)
        throw invalid([
          { pointer: '/secret', code: 'bad-secret', message: 'A new integration needs a secret.' },
        ]);
      const secretsSealed =
        stored && secret === undefined
          ? stored.secretsSealed
          : this.seal(
              ctx,
              name,
              JSON.stringify(
                addSecretVersion(stored && this.openSecrets(stored), secret!, now, SECRET_OVERLAP_MS),
              ),
            );
      const row: BillingIntegrationEntity = {
        siteId: ctx.siteId,
        provider: name,
        secretsSealed,
        tiers,
        reader: draft.reader ?? null,
        graceDays: draft.graceDays ?? 0,
        apiUrl,
        apiKeySealed:
          draft.apiKey === undefined ? (stored?.apiKeySealed ?? null) : this.seal(ctx, name, draft.apiKey),
        mapping,
        updatedAt: now,
      };
      const options = this.optionsOf(row);
      const optionError = provider.checkOptions?.(options);
      if (optionError) throw invalid([optionError]);
      // Check an unchanged secret too, because another verification method may need another kind of secret.
      const secretError = provider.checkSecret(secret ?? this.openSecrets(row)[0].secret, options);
      if (secretError) throw invalid([{ pointer: '/secret', code: 'bad-secret', message: secretError }]);
      await rows.upsert({ ...row, mapping: mapping as object | null }, ['siteId', 'provider']);
      return this.toIntegration(row);
    });
  }

  /** Lists the site's integrations, sorted by name. */
  async list(ctx: SiteContext): Promise<BillingIntegration[]> {
    const rows = await this.database.inSite(ctx, (tx) =>
      tx.manager
        .getRepository(BillingIntegrationEntity)
        .find({ where: { siteId: ctx.siteId }, order: { provider: 'ASC' } }),
    );
    return rows.map((row) => this.toIntegration(row));
  }

  async read(ctx: SiteContext, name: string): Promise<BillingIntegration> {
    requireProvider(name);
    return this.toIntegration(await this.find(ctx, name));
  }

  /** Deletes the integration with all its secrets. */
  async remove(ctx: SiteContext, name: string): Promise<void> {
    requireProvider(name);
    const { affected } = await this.database.inSite(ctx, (tx) =>
      tx.manager.getRepository(BillingIntegrationEntity).delete({ siteId: ctx.siteId, provider: name }),
    );
    if (!affected) throw notFound('This integration');
  }

  /** @throws Problem 404 if the site has no integration with this provider */
  async findWithSecrets(ctx: SiteContext, name: string): Promise<UnsealedBillingIntegration> {
    const provider = requireProvider(name);
    const row = await this.find(ctx, name);
    return {
      provider,
      name,
      secrets: activeSecrets(this.openSecrets(row), this.clock.now()),
      tiers: row.tiers,
      options: this.optionsOf(row),
    };
  }

  private async find(ctx: SiteContext, name: string): Promise<BillingIntegrationEntity> {
    const row = await this.database.inSite(ctx, (tx) =>
      tx.manager.getRepository(BillingIntegrationEntity).findOneBy({ siteId: ctx.siteId, provider: name }),
    );
    if (!row) throw notFound('This integration');
    return row;
  }

  private openSecrets(row: BillingIntegrationEntity): SecretVersion[] {
    return JSON.parse(
      this.secrets.open(row.secretsSealed, sealContext(row, row.provider)),
    ) as SecretVersion[];
  }

  private seal(ctx: SiteContext, name: string, text: string): string {
    return this.secrets.seal(text, sealContext(ctx, name));
  }

  private optionsOf(row: BillingIntegrationEntity): BillingProviderOptions {
    const { reader, graceDays, apiUrl, apiKeySealed, mapping } = row;
    const apiKey =
      apiKeySealed === null ? null : this.secrets.open(apiKeySealed, sealContext(row, row.provider));
    return { reader, graceDays, apiUrl, mapping, apiKey };
  }

  private toIntegration(row: BillingIntegrationEntity): BillingIntegration {
    const until = this.openSecrets(row)[1]?.until ?? null;
    return {
      provider: row.provider,
      tiers: row.tiers,
      reader: row.reader,
      graceDays: row.graceDays,
      apiUrl: row.apiUrl,
      hasApiKey: row.apiKeySealed !== null,
      mapping: row.mapping,
      previousSecretValidUntil: until === null ? null : new Date(until),
      updatedAt: row.updatedAt,
    };
  }
}

function requireProvider(name: string): BillingProvider {
  const provider = findBillingProvider(name);
  if (!provider) throw notFound('This provider');
  return provider;
}

const sealContext = ({ siteId }: { siteId: string }, provider: string): string =>
  `inbound:${siteId}:${provider}`;

export const unknownTier = (pointer: string, tier: string) => ({
  pointer,
  code: 'unknown-tier',
  message: `The site has no tier with the key "${tier}".`,
});
