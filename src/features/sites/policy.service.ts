import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { conflict, invalid, notFound } from '../../platform/http/problem.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { checkedPolicy, convertLegacyAnyoneRules } from './parse-policy.js';
import { mergePolicy, tiersNamedIn, type PartialPolicy, type Policy } from './policy.js';
import type { Tier } from './site-facts.js';
import { PolicyVersionEntity } from './policy-version.entity.js';
import { PublishLimits } from './publish-limits.js';
import { SiteSettings } from './site-settings.js';
import { SiteEntity } from './site.entity.js';
import { findTierReferences, describeLocation } from './tier-names.js';
import { TierEntity } from './tier.entity.js';
import { sql } from '../../platform/database/sql.js';

export interface PolicyChange {
  /** The reason for the change. */
  readonly note?: string;
  /** The version that the change is based on. */
  readonly expect?: number;
}

/** Changes a site's policy and its tiers. A change to one is checked against the other. */
@Injectable()
export class PolicyService {
  constructor(
    private readonly database: Database,
    private readonly settings: SiteSettings,
    private readonly publishLimits: PublishLimits,
    private readonly clock: Clock,
  ) {}

  /**
   * @param requested merged deeply into the stored policy; null resets a setting
   * @returns the complete policy
   * @throws Problem 400 if the result contradicts itself or names a tier that the site does not have, 409
   *   `policy-moved-on` if another version is now current, or if the model of a language may not publish
   */
  async change(ctx: SiteContext, requested: PartialPolicy, change: PolicyChange = {}): Promise<Policy> {
    const { policy } = await this.settings.get(ctx.siteId);
    // Before the transaction, because measuring takes seconds and new comments would wait for the lock.
    const patch = await this.publishLimits.complete(ctx, policy.moderation, requested);
    return this.database.inSite(ctx, async (tx) => {
      const site = await this.lock(tx, ctx);
      if (change.expect !== undefined && change.expect !== site.policyVersion) {
        throw conflict(
          'policy-moved-on',
          'Somebody else has changed the policy in the meantime. Load it again and repeat your change.',
          {
            currentVersion: site.policyVersion,
          },
        );
      }
      const sitePolicy = mergePolicy(convertLegacyAnyoneRules(site.policy), patch);
      const complete = checkedPolicy(sitePolicy);
      await checkTierNames(tx, ctx, sitePolicy);
      await this.store(tx, ctx, sitePolicy, change.note);
      return complete;
    });
  }

  /**
   * Restores a version as a new one.
   *
   * @returns the number of the new version
   * @throws Problem 404, 400 if the version names a tier that the site no longer has
   */
  restore(ctx: SiteContext, version: number, note?: string): Promise<number> {
    return this.database.inSite(ctx, async (tx) => {
      const site = await this.lock(tx, ctx);
      const stored = await tx.manager
        .getRepository(PolicyVersionEntity)
        .findOneBy({ siteId: ctx.siteId, version });
      if (!stored) throw notFound('This version');
      const policy = convertLegacyAnyoneRules(stored.policy);
      checkedPolicy(policy);
      await checkTierNames(tx, ctx, policy);
      await this.store(tx, ctx, policy, note, version);
      return site.policyVersion + 1;
    });
  }

  private async store(
    tx: Tx,
    ctx: SiteContext,
    sitePolicy: PartialPolicy,
    note?: string,
    restores?: number,
  ): Promise<void> {
    // The trigger that stores the version reads these settings.
    await tx.query(
      sql`SELECT set_config('app.policy_note', $1, true) AS note, set_config('app.policy_restores', $2, true) AS restores`,
      [note?.trim() ?? '', restores?.toString() ?? ''],
    );
    await tx.query(
      sql`UPDATE site SET policy = $2, policy_version = policy_version + 1, updated_at = $3 WHERE id = $1`,
      [ctx.siteId, JSON.stringify(sitePolicy), this.clock.now()],
    );
    await this.settings.publishChange(tx, ctx.siteId);
  }

  /**
   * Replaces the list of tiers.
   *
   * @returns the tiers, lowest rank first
   * @throws Problem 400 if two tiers have the same key, 409 if a site, story or override policy still names a tier
   *   that would be removed
   */
  replaceTiers(ctx: SiteContext, tiers: readonly Tier[]): Promise<Tier[]> {
    const duplicateIndex = tiers.findIndex(
      ({ key }, index) => tiers.findIndex((tier) => tier.key === key) < index,
    );
    if (duplicateIndex !== -1) {
      const message = `Two tiers have the key "${tiers[duplicateIndex].key}".`;
      throw invalid([{ pointer: `/${duplicateIndex}/key`, code: 'not-unique', message }]);
    }
    return this.database.inSite(ctx, async (tx) => {
      await this.lock(tx, ctx);
      const remainingKeys = new Set(tiers.map(({ key }) => key));
      const brokenReferences = (await findTierReferences(tx, ctx)).filter(
        ({ tier }) => !remainingKeys.has(tier),
      );
      if (brokenReferences.length > 0) {
        const [first] = brokenReferences;
        throw conflict(
          'tier-in-use',
          `${describeLocation(first)} still uses the tier "${first.tier}"; change that first.`,
          { tiers: [...new Set(brokenReferences.map(({ tier }) => tier))] },
        );
      }
      const tierRepository = tx.manager.getRepository(TierEntity);
      await tierRepository.delete({ siteId: ctx.siteId });
      if (tiers.length > 0)
        await tierRepository.insert(tiers.map((tier) => ({ ...tier, siteId: ctx.siteId })));
      await tx.manager.getRepository(SiteEntity).update({ id: ctx.siteId }, { updatedAt: this.clock.now() });
      await tx.query(sql`SELECT record_audit_event($1, 'tiers.replaced', 'site', $2, $3)`, [
        this.clock.now(),
        ctx.siteId,
        JSON.stringify({ tiers: tiers.map(({ key, name, rank }) => ({ key, name, rank })) }),
      ]);
      await this.settings.publishChange(tx, ctx.siteId);
      return [...tiers].sort((a, b) => a.rank - b.rank || (a.key < b.key ? -1 : 1));
    });
  }

  private async lock(tx: Tx, ctx: SiteContext): Promise<SiteEntity> {
    const site = await tx.manager
      .getRepository(SiteEntity)
      .findOne({ where: { id: ctx.siteId }, lock: { mode: 'pessimistic_write' } });
    if (!site) throw notFound('This site');
    return site;
  }
}

/**
 * @param root prefix of the error pointers, if the policy is a member of the request body
 * @throws Problem 400 that names each tier the site does not have
 */
export async function checkTierNames(
  tx: Tx,
  ctx: SiteContext,
  policy: PartialPolicy,
  root = '',
): Promise<void> {
  const referencedTiers = tiersNamedIn(policy);
  if (referencedTiers.length === 0) return;
  const tiers = await tx.manager.getRepository(TierEntity).findBy({ siteId: ctx.siteId });
  const existingKeys = new Set(tiers.map(({ key }) => key));
  const missingKeys = referencedTiers.filter((key) => !existingKeys.has(key));
  if (missingKeys.length === 0) return;
  const pointerFor = (key: string): string => {
    const action = Object.entries(policy.gate ?? {}).find(([, rule]) => rule === key)?.[0];
    if (action) return `${root}/gate/${action}`;
    return Object.hasOwn(policy.tiers ?? {}, key) ? `${root}/tiers/${key}` : `${root}/quotas/tiers/${key}`;
  };
  throw invalid(
    missingKeys.map((key) => ({
      pointer: pointerFor(key),
      code: 'unknown-tier',
      message: `The site has no tier with the key "${key}".`,
    })),
  );
}
