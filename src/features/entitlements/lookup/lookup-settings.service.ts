import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { SECRETS, type Secrets } from '../../../platform/config/secrets.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { invalid, notFound } from '../../../platform/http/problem.js';
import { Outbound } from '../../../platform/outbound/outbound.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { LOOKUP_OVERLAP_MS, rotateLookupSecret } from '../../sites/lookup-secrets.js';
import type { LookupSettings, SiteFacts } from '../../sites/site-facts.js';
import { SiteSettings } from '../../sites/site-settings.js';
import { WHEN_DOWN_OPTIONS, type LookupDto } from './lookup.dto.js';
import { EntitlementLookupEntity } from './entitlement-lookup.entity.js';
import { sql } from '../../../platform/database/sql.js';

const DEFAULTS = { cacheSeconds: 60, timeoutMs: 1_500, whenDown: 'last-known' };

/** Manages a site's lookup settings. */
@Injectable()
export class LookupSettingsService {
  constructor(
    private readonly database: Database,
    private readonly settings: SiteSettings,
    private readonly outbound: Outbound,
    private readonly clock: Clock,
    @Inject(SECRETS) private readonly secrets: Secrets,
  ) {}

  /**
   * @returns the new settings, and the secret if it was just created; it is not shown again
   * @throws Problem 400 for a URL that may not be called, or a tier that the site does not have
   */
  async put(
    ctx: SiteContext,
    site: SiteFacts,
    draft: LookupDto,
  ): Promise<{ lookUp: LookupSettings; secret: string | null }> {
    const { url, cacheSeconds, timeoutMs, whenDown } = { ...DEFAULTS, ...draft };
    const reason = await this.outbound.refusalOf(url);
    if (reason) throw invalid([{ pointer: '/url', code: 'url-not-allowed', message: reason }]);
    if (!WHEN_DOWN_OPTIONS.includes(whenDown) && !site.tiers.has(whenDown)) {
      const message = `whenDown must be ${WHEN_DOWN_OPTIONS.join(', ')} or the key of a tier; the site has no tier "${whenDown}".`;
      throw invalid([{ pointer: '/whenDown', code: 'unknown-tier', message }]);
    }
    const now = this.clock.now();
    return this.database.inSite(ctx, async (tx) => {
      const sealedSecrets = await this.lock(tx, ctx);
      const newSecret =
        sealedSecrets === null ? rotateLookupSecret(this.secrets, ctx.siteId, null, now) : null;
      await tx.query(
        sql`INSERT INTO entitlement_lookup (site_id, url, secrets_sealed, cache_seconds, timeout_ms, when_down)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (site_id) DO UPDATE SET url = excluded.url, cache_seconds = excluded.cache_seconds,
           timeout_ms = excluded.timeout_ms, when_down = excluded.when_down,
           -- The health of another URL is not known yet.
           (last_success_at, last_success_ms, last_failure_at, last_failure, open_until) = (
             SELECT last_success_at, last_success_ms, last_failure_at, last_failure, open_until
             FROM entitlement_lookup WHERE site_id = excluded.site_id AND url = excluded.url)`,
        [ctx.siteId, url, newSecret?.sealed ?? sealedSecrets, cacheSeconds, timeoutMs, whenDown],
      );
      await this.settings.publishChange(tx, ctx.siteId);
      const secrets = newSecret ? [{ secret: newSecret.secret, until: null }] : (site.lookUp?.secrets ?? []);
      const lookUp = { url, secrets, cacheMs: cacheSeconds * 1000, timeoutMs, whenDown };
      return { lookUp, secret: newSecret?.secret ?? null };
    });
  }

  /** @returns the new secret; until `previousValidUntil` requests are also signed with the previous one */
  rotate(ctx: SiteContext): Promise<{ secret: string; previousValidUntil: Date }> {
    const now = this.clock.now();
    return this.database.inSite(ctx, async (tx) => {
      const sealedSecrets = await this.lock(tx, ctx);
      if (sealedSecrets === null) throw notFound('The entitlement lookup');
      const { secret, sealed } = rotateLookupSecret(this.secrets, ctx.siteId, sealedSecrets, now);
      await tx.manager
        .getRepository(EntitlementLookupEntity)
        .update({ siteId: ctx.siteId }, { secretsSealed: sealed });
      await this.settings.publishChange(tx, ctx.siteId);
      return { secret, previousValidUntil: new Date(now.getTime() + LOOKUP_OVERLAP_MS) };
    });
  }

  /** Deletes the lookup settings. Cached results are no longer used. */
  remove(ctx: SiteContext): Promise<void> {
    return this.database.inSite(ctx, async (tx) => {
      const { affected } = await tx.manager
        .getRepository(EntitlementLookupEntity)
        .delete({ siteId: ctx.siteId });
      if (!affected) throw notFound('The entitlement lookup');
      await this.settings.publishChange(tx, ctx.siteId);
    });
  }

  private async lock(tx: Tx, ctx: SiteContext): Promise<string | null> {
    await tx.query(sql`SELECT 1 FROM site WHERE id = $1 FOR UPDATE`, [ctx.siteId]);
    const row = await tx.manager.getRepository(EntitlementLookupEntity).findOneBy({ siteId: ctx.siteId });
    return row?.secretsSealed ?? null;
  }
}
