import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { SECRETS, type Secrets } from '../../platform/config/secrets.js';
import { Database } from '../../platform/database/database.js';
import { invalid, notFound, type Problem } from '../../platform/http/problem.js';
import { Outbound } from '../../platform/outbound/outbound.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { fetchJwks } from './fetch-jwks.js';
import { findKeyFaults, MAX_KEYS, normalizeKey } from './jwks.js';
import { SiteSettings } from './site-settings.js';
import { SiteEntity } from './site.entity.js';
import type { SsoDto } from './sso.dto.js';
import { retireSsoSecret, rotateSsoSecret } from './sso-secrets.js';

const DEFAULT_OVERLAP_SECONDS = 24 * 60 * 60;

/** Manages how a site's reader tokens are signed. */
@Injectable()
export class SsoService {
  constructor(
    private readonly database: Database,
    private readonly settings: SiteSettings,
    private readonly outbound: Outbound,
    private readonly clock: Clock,
    @Inject(SECRETS) private readonly secrets: Secrets,
  ) {}

  /**
   * @throws Problem 400 for keys that are private, weak or missing, and for a URL that must not be called or has no
   *   usable key. The current settings then stay in effect
   */
  async replace(ctx: SiteContext, sso: SsoDto): Promise<Required<SsoDto>> {
    const jwksUrl = sso.jwksUrl ?? null;
    const issuer = sso.issuer ?? null;
    const jwks = sso.jwks ? { keys: await parseKeys(sso.jwks) } : null;
    if (sso.family === 'public-key' && jwksUrl === null && jwks === null) {
      const message = 'Send a jwksUrl, or jwks with the public keys.';
      throw invalid([{ pointer: '/jwks', code: 'keys-missing', message }]);
    }
    const reason = jwksUrl === null ? null : await this.outbound.refusalOf(jwksUrl);
    if (reason) throw invalid([{ pointer: '/jwksUrl', code: 'url-not-allowed', message: reason }]);
    if (jwksUrl !== null) await this.checkJwksUrl(jwksUrl);
    await this.database.inSite(ctx, async (tx) => {
      await tx.manager.getRepository(SiteEntity).update(
        { id: ctx.siteId },
        {
          ssoFamily: sso.family,
          ssoIssuer: issuer,
          jwksUrl,
          jwks: jwks as object | null,
          updatedAt: this.clock.now(),
        },
      );
      await this.settings.publishChange(tx, ctx.siteId);
    });
    return { family: sso.family, issuer, jwksUrl, jwks };
  }

  private async checkJwksUrl(jwksUrl: string): Promise<void> {
    const noKeysProblem = (message: string): Problem =>
      invalid([
        { pointer: '/jwksUrl', code: 'no-keys', message: `No usable keys were found at jwksUrl. ${message}` },
      ]);
    const { keys } = await fetchJwks(this.outbound, jwksUrl).catch((error: unknown) => {
      throw noKeysProblem(error instanceof Error ? error.message : String(error));
    });
    const faults = await findKeyFaults(keys);
    if (keys.length === 0) throw noKeysProblem('The set is empty.');
    if (faults.length === keys.length)
      throw noKeysProblem(`None of the keys can be used: ${faults[0].message}`);
  }

  /** @returns the new secret, which is shown only this once, and until when the previous one is still valid */
  rotate(
    ctx: SiteContext,
    overlapSeconds = DEFAULT_OVERLAP_SECONDS,
  ): Promise<{ ssoSecret: string; previousValidUntil: Date | null }> {
    const now = this.clock.now();
    const previousUntil = overlapSeconds === 0 ? null : new Date(now.getTime() + overlapSeconds * 1000);
    return this.replaceSecrets(ctx, (sealed) => {
      const rotated = rotateSsoSecret(this.secrets, ctx.siteId, sealed, previousUntil);
      return {
        sealed: rotated.sealed,
        result: { ssoSecret: rotated.secret, previousValidUntil: previousUntil },
      };
    });
  }

  /**
   * Invalidates the previous secret: tokens signed with it are rejected from now on.
   *
   * @throws Problem 404 if only one secret is valid
   */
  retirePrevious(ctx: SiteContext): Promise<void> {
    return this.replaceSecrets(ctx, (current) => {
      const sealed = retireSsoSecret(this.secrets, ctx.siteId, current, this.clock.now());
      if (sealed === null) throw notFound('A previous secret');
      return { sealed, result: undefined };
    });
  }

  private replaceSecrets<T>(
    ctx: SiteContext,
    replace: (sealed: string) => { sealed: string; result: T },
  ): Promise<T> {
    return this.database.inSite(ctx, async (tx) => {
      const sites = tx.manager.getRepository(SiteEntity);
      const site = await sites.findOne({ where: { id: ctx.siteId }, lock: { mode: 'pessimistic_write' } });
      if (!site) throw notFound('This site');
      const { sealed, result } = replace(site.ssoSecretSealed);
      await sites.update({ id: ctx.siteId }, { ssoSecretSealed: sealed, updatedAt: this.clock.now() });
      await this.settings.publishChange(tx, ctx.siteId);
      return result;
    });
  }
}

async function parseKeys(jwks: { keys: unknown }): Promise<Record<string, unknown>[]> {
  const { keys } = jwks;
  const isList =
    Array.isArray(keys) &&
    keys.every((key) => typeof key === 'object' && key !== null && !Array.isArray(key));
  if (!isList || keys.length === 0 || keys.length > MAX_KEYS) {
    const message = `jwks must be {keys: [...]} with 1 to ${MAX_KEYS} keys.`;
    throw invalid([{ pointer: '/jwks/keys', code: 'bad-key-set', message }]);
  }
  const faults = await findKeyFaults(keys as Record<string, unknown>[]);
  if (faults.length === 0) return (keys as Record<string, unknown>[]).map(normalizeKey);
  throw invalid(
    faults.map(({ index, message }) => ({ pointer: `/jwks/keys/${index}`, code: 'bad-key', message })),
  );
}
