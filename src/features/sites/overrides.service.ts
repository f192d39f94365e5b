import { Injectable } from '@nestjs/common';
import { LessThan } from 'typeorm';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { conflict, invalid, notFound } from '../../platform/http/problem.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { findStoryPolicyFaults } from './parse-policy.js';
import { PolicyOverrideEntity } from './policy-override.entity.js';
import { mergePolicy } from './policy.js';
import { checkTierNames } from './policy.service.js';
import type { Override, SiteFacts } from './site-facts.js';
import { SiteSettings } from './site-settings.js';
import { sql } from '../../platform/database/sql.js';

/** Limited because all overrides are loaded with the site's settings. */
const MAX_OVERRIDES = 200;
/** How long an ended override is kept. Older ones are deleted when an override is saved. */
const ENDED_OVERRIDE_RETENTION_MS = 30 * 24 * 60 * 60 * 1000;

/** Manages overrides: temporary changes to a site's policy for a section, a story or the whole site. */
@Injectable()
export class OverridesService {
  constructor(
    private readonly database: Database,
    private readonly settings: SiteSettings,
    private readonly clock: Clock,
  ) {}

  /**
   * Creates or replaces an override. This process applies it when this returns, the others when they are notified; in
   * both cases not before its start (`from`).
   *
   * @throws Problem 400 if the override changes nothing, ends before it begins, contradicts the site's policy or
   *   names a tier that the site does not have; 409 if there are too many
   */
  put(ctx: SiteContext, site: SiteFacts, draft: Override): Promise<Override> {
    const policy = mergePolicy({}, draft.policy);
    if (Object.keys(policy).length === 0)
      throw invalid([
        {
          pointer: '/policy',
          code: 'empty',
          message: 'The override changes nothing. Set at least one policy field.',
        },
      ]);
    if (draft.section !== null && draft.storyKey !== null) {
      const message = 'An override can apply to a section or to a story, not to both.';
      throw invalid([{ pointer: '/storyKey', code: 'section-and-story', message }]);
    }
    if (draft.from && draft.until && draft.until <= draft.from)
      throw invalid([
        { pointer: '/until', code: 'ends-before-it-begins', message: '`until` must be later than `from`.' },
      ]);
    const faults = findStoryPolicyFaults(site.policy, policy);
    if (faults.length > 0)
      throw invalid(faults.map((fault) => ({ ...fault, pointer: `/policy${fault.pointer}` })));
    return this.database.inSite(ctx, async (tx) => {
      // Locks the site's row so that no tier can be removed while an override starts to refer to it.
      await tx.query(sql`SELECT 1 FROM site WHERE id = $1 FOR UPDATE`, [ctx.siteId]);
      await checkTierNames(tx, ctx, policy, '/policy');
      const now = this.clock.now();
      const { siteId } = ctx;
      const { key, section, storyKey, from: startsAt, until: endsAt, note } = draft;
      const overrides = tx.manager.getRepository(PolicyOverrideEntity);
      await overrides.delete({
        siteId,
        endsAt: LessThan(new Date(now.getTime() - ENDED_OVERRIDE_RETENTION_MS)),
      });
      const row = { siteId, key, section, storyKey, startsAt, endsAt, note, policy };
      await overrides.upsert(row, ['siteId', 'key']);
      if ((await overrides.countBy({ siteId })) > MAX_OVERRIDES)
        throw conflict(
          'too-many-overrides',
          `A site can have at most ${MAX_OVERRIDES} overrides; delete some first.`,
        );
      await this.incrementVersion(tx, ctx, now);
      return { ...draft, policy };
    });
  }

  /** Ends an override: in this process when this returns, in the others when they are notified. */
  remove(ctx: SiteContext, key: string): Promise<void> {
    return this.database.inSite(ctx, async (tx) => {
      const { siteId } = ctx;
      const { affected } = await tx.manager.getRepository(PolicyOverrideEntity).delete({ siteId, key });
      if (!affected) throw notFound('This override');
      await this.incrementVersion(tx, ctx, this.clock.now());
    });
  }

  /**
   * Increments the policy version. Overrides are part of the policy, and each decision records the version that it
   * was made under.
   */
  private async incrementVersion(tx: Tx, ctx: SiteContext, now: Date): Promise<void> {
    await tx.query(sql`UPDATE site SET policy_version = policy_version + 1, updated_at = $2 WHERE id = $1`, [
      ctx.siteId,
      now,
    ]);
    await this.settings.publishChange(tx, ctx.siteId);
  }
}
