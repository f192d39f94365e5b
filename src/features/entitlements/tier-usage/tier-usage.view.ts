import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { findTierReferences } from '../../sites/tier-names.js';
import type { TierUse, TierUses } from './tier-usage.dto.js';
import { sql } from '../../../platform/database/sql.js';

/** An exact number is not needed to decide whether a tier can be deleted. */
const READERS_COUNTED = 1_000;

/** Lists what still uses a tier that is to be deleted. */
@Injectable()
export class TierUsageView {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Lists the uses that block the deletion first. */
  read(ctx: SiteContext, tier: string): Promise<TierUses> {
    return this.database.inSite(ctx, async (tx) => {
      const policies = (await findTierReferences(tx, ctx)).filter((name) => name.tier === tier);
      return {
        items: [
          ...policies.map(({ where, name, usedAs }): TierUse => ({
            where,
            name,
            as: [...usedAs],
            blocks: true,
          })),
          ...(await this.granters(tx, ctx, tier)),
        ],
        readers: await this.readers(tx, ctx, tier),
      };
    });
  }

  /**
   * Returns what grants the tier to readers. It does not block the deletion, but will have no effect without the
   * tier.
   */
  private async granters(tx: Tx, { siteId }: SiteContext, tier: string): Promise<TierUse[]> {
    const rows = await tx.query<Omit<TierUse, 'blocks'>>(
      sql`SELECT 'billing' AS "where", provider AS name,
              ARRAY(SELECT key FROM jsonb_each_text(tiers) WHERE value = $2 ORDER BY key) AS "as"
       FROM billing_integration WHERE site_id = $1 AND $2 IN (SELECT value FROM jsonb_each_text(tiers))
       UNION ALL SELECT 'look-up', NULL, '{}' FROM entitlement_lookup WHERE site_id = $1 AND when_down = $2
       UNION ALL (SELECT 'organisation', name, '{}' FROM organisation WHERE site_id = $1 AND tier = $2 ORDER BY name)`,
      [siteId, tier],
    );
    return rows.map((row) => ({ ...row, blocks: false }));
  }

  private async readers(tx: Tx, { siteId }: SiteContext, tier: string): Promise<number> {
    const [{ readers }] = await tx.query<{ readers: number }>(
      sql`SELECT count(*)::int AS readers FROM (
         SELECT FROM entitlement
         WHERE site_id = $1 AND tier = $2
           AND (status IN ('active', 'trialing') AND (valid_until IS NULL OR valid_until > $3)
                OR status = 'past_due' AND grace_until > $3)
         GROUP BY reader_key LIMIT $4) holder`,
      [siteId, tier, this.clock.now(), READERS_COUNTED],
    );
    return readers;
  }
}
