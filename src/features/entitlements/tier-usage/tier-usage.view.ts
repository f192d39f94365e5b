import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { findTierReferences } from '../../sites/tier-names.js';
import type { TierUse, TierUses } from './tier-usage.dto.js';
import { sql } from '../../../platform/database/sql.js';

/** Limits the count. An exact number is not needed to decide whether to delete a tier. */
const MAX_COUNTED_READERS = 1_000;

/** Lists where a tier is used, to show before it is deleted. */
@Injectable()
export class TierUsageView {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** Returns the uses of a tier; those that prevent its deletion come first. */
  read(ctx: SiteContext, tier: string): Promise<TierUses> {
    return this.database.inSite(ctx, async (tx) => {
      const policies = (await findTierReferences(tx, ctx)).filter((reference) => reference.tier === tier);
      return {
        items: [
          ...policies.map(({ where, name, usedAs }): TierUse => ({
            where,
            name,
            as: [...usedAs],
            blocks: true,
          })),
          ...(await this.findGrants(tx, ctx, tier)),
        ],
        readers: await this.readers(tx, ctx, tier),
      };
    });
  }

  /**
   * Returns the settings that grant the tier to readers. They do not prevent the deletion, but have no effect once the
   * tier is deleted.
   */
  private async findGrants(tx: Tx, { siteId }: SiteContext, tier: string): Promise<TierUse[]> {
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
      [siteId, tier, this.clock.now(), MAX_COUNTED_READERS],
    );
    return readers;
  }
}
