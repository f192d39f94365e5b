import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { addSecretVersion } from '../../../platform/config/secret-versions.js';
import { SECRETS, type Secrets } from '../../../platform/config/secrets.js';
import { Database } from '../../../platform/database/database.js';
import { invalid, notFound } from '../../../platform/http/problem.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { openCoralSecrets, sealCoralSecrets } from '../../sites/coral-secrets.js';
import type { CoralPhase } from '../../sites/site-facts.js';
import { SiteSettings } from '../../sites/site-settings.js';
import { sql } from '../../../platform/database/sql.js';

/** The longest time for which Coral itself still signs with a rotated secret. */
const OVERLAP_MS = 24 * 60 * 60 * 1000;

/** Omitted values do not change. The timeout defaults to Coral's own default. */
export interface CoralPhaseDraft {
  readonly secret?: string;
  readonly timeoutMs?: number;
}

/** Coral's default. */
const DEFAULT_TIMEOUT_MS = 200;

/** Manages whether and how Coral may send its comments for moderation. */
@Injectable()
export class CoralPhaseSettingsService {
  constructor(
    private readonly database: Database,
    private readonly sites: SiteSettings,
    private readonly clock: Clock,
    @Inject(SECRETS) private readonly secrets: Secrets,
  ) {}

  /** @throws Problem 400 if there is no secret yet and none is given */
  put(ctx: SiteContext, { secret, timeoutMs }: CoralPhaseDraft): Promise<CoralPhase> {
    const now = this.clock.now();
    return this.database.inSite(ctx, async (tx) => {
      await tx.query(sql`SELECT 1 FROM site WHERE id = $1 FOR UPDATE`, [ctx.siteId]);
      const [before] = await tx.query<{ sealed: string; timeoutMs: number }>(
        sql`SELECT secrets_sealed AS sealed, timeout_ms AS "timeoutMs" FROM coral_phase WHERE site_id = $1`,
        [ctx.siteId],
      );
      if (!before && secret === undefined) {
        const message = 'The signing secret that Coral shows for the phase is needed the first time.';
        throw invalid([{ pointer: '/secret', code: 'required', message }]);
      }
      const currentSecrets = before ? openCoralSecrets(this.secrets, ctx.siteId, before.sealed) : null;
      const phase: CoralPhase = {
        secrets:
          secret === undefined ? currentSecrets! : addSecretVersion(currentSecrets, secret, now, OVERLAP_MS),
        timeoutMs: timeoutMs ?? before?.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      };
      const sealed =
        before && phase.secrets === currentSecrets
          ? before.sealed
          : sealCoralSecrets(this.secrets, ctx.siteId, phase.secrets);
      await tx.query(
        sql`INSERT INTO coral_phase (site_id, secrets_sealed, timeout_ms, updated_at) VALUES ($1, $2, $3, $4)
         ON CONFLICT (site_id) DO UPDATE SET secrets_sealed = excluded.secrets_sealed,
           timeout_ms = excluded.timeout_ms, updated_at = excluded.updated_at`,
        [ctx.siteId, sealed, phase.timeoutMs, now],
      );
      await this.sites.publishChange(tx, ctx.siteId);
      return phase;
    });
  }

  /** @throws Problem 404 if Coral's moderation phase is not set up */
  remove(ctx: SiteContext): Promise<void> {
    return this.database.inSite(ctx, async (tx) => {
      const deleted = await tx.query(sql`DELETE FROM coral_phase WHERE site_id = $1 RETURNING 1`, [
        ctx.siteId,
      ]);
      if (deleted.length === 0) throw notFound('The Coral moderation phase of this site');
      await this.sites.publishChange(tx, ctx.siteId);
    });
  }
}
