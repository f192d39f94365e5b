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
import { CoralPhaseEntity } from './coral-phase.entity.js';
import { sql } from '../../../platform/database/sql.js';

/** How long a replaced secret stays valid. Coral signs with a rotated secret for at most this long. */
const OVERLAP_MS = 24 * 60 * 60 * 1000;

/** An omitted member keeps its value. */
export interface CoralPhaseDraft {
  readonly secret?: string;
  readonly timeoutMs?: number;
}

/** Coral's default, used if the first request does not give a timeout. */
const DEFAULT_TIMEOUT_MS = 200;

/** Manages the settings of Coral's moderation phase: the signing secrets and the timeout. */
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
      const phases = tx.manager.getRepository(CoralPhaseEntity);
      const existing = await phases.findOneBy({ siteId: ctx.siteId });
      if (!existing && secret === undefined) {
        const message = 'The signing secret that Coral shows for the phase is required the first time.';
        throw invalid([{ pointer: '/secret', code: 'required', message }]);
      }
      const currentSecrets = existing
        ? openCoralSecrets(this.secrets, ctx.siteId, existing.secretsSealed)
        : null;
      const phase: CoralPhase = {
        secrets:
          secret === undefined ? currentSecrets! : addSecretVersion(currentSecrets, secret, now, OVERLAP_MS),
        timeoutMs: timeoutMs ?? existing?.timeoutMs ?? DEFAULT_TIMEOUT_MS,
      };
      const secretsSealed =
        existing && phase.secrets === currentSecrets
          ? existing.secretsSealed
          : sealCoralSecrets(this.secrets, ctx.siteId, phase.secrets);
      await phases.upsert({ siteId: ctx.siteId, secretsSealed, timeoutMs: phase.timeoutMs, updatedAt: now }, [
        'siteId',
      ]);
      await this.sites.publishChange(tx, ctx.siteId);
      return phase;
    });
  }

  /** @throws Problem 404 if Coral's moderation phase is not set up */
  remove(ctx: SiteContext): Promise<void> {
    return this.database.inSite(ctx, async (tx) => {
      const { affected } = await tx.manager.getRepository(CoralPhaseEntity).delete({ siteId: ctx.siteId });
      if (!affected) throw notFound('The Coral moderation phase of this site');
      await this.sites.publishChange(tx, ctx.siteId);
    });
  }
}
