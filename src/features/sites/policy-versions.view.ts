import { Injectable } from '@nestjs/common';
import { LessThan, LessThanOrEqual } from 'typeorm';
import { Database } from '../../platform/database/database.js';
import { Cursors, type Page } from '../../platform/http/cursor.js';
import { notFound } from '../../platform/http/problem.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { policyDifferences } from './policy-differences.js';
import type { PolicyComparison, PolicyVersionAnswer, PolicyVersionItem } from './policy-versions.dto.js';
import { completePolicy } from './policy.js';
import { PolicyVersionEntity } from './policy-version.entity.js';

const CURSOR_SCOPE = 'policy-versions';

/** Lists, reads and compares the versions of a site's policy. */
@Injectable()
export class PolicyVersionsView {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
  ) {}

  async list(ctx: SiteContext, cursor: string | undefined, limit: number): Promise<Page<PolicyVersionItem>> {
    const [before = null] = this.cursors.read(CURSOR_SCOPE, cursor) ?? [];
    // Reads two rows more than the page: one to compute the changes of the last item, and one to know whether there are
    // more.
    const rows = await this.database.inSite(ctx, (tx) =>
      tx.manager.getRepository(PolicyVersionEntity).find({
        where: { siteId: ctx.siteId, ...(before !== null && { version: LessThan(before as number) }) },
        order: { version: 'DESC' },
        take: limit + 2,
      }),
    );
    const items = rows.map((row, index) => itemOf(row, rows[index + 1]));
    return this.cursors.page(
      items.slice(0, limit + 1),
      limit,
      CURSOR_SCOPE,
      ({ version }) => [version],
      (item) => item,
    );
  }

  /** @throws Problem 404 */
  async read(ctx: SiteContext, version: number): Promise<PolicyVersionAnswer> {
    const [row, before] = await this.database.inSite(ctx, (tx) =>
      tx.manager.getRepository(PolicyVersionEntity).find({
        where: { siteId: ctx.siteId, version: LessThanOrEqual(version) },
        order: { version: 'DESC' },
        take: 2,
      }),
    );
    if (row?.version !== version) throw notFound('This version');
    return { ...itemOf(row, before), policy: completePolicy(row.policy), overrides: row.overrides };
  }

  /** @throws Problem 404 */
  async compare(ctx: SiteContext, from: number, to: number): Promise<PolicyComparison> {
    const [before, after] = await Promise.all([this.read(ctx, from), this.read(ctx, to)]);
    return {
      from,
      to,
      differences: differences(before.policy, after.policy, before.overrides, after.overrides),
    };
  }
}

function itemOf(row: PolicyVersionEntity, before: PolicyVersionEntity | undefined): PolicyVersionItem {
  const { version, actor, note, restores, createdAt } = row;
  return {
    version,
    at: createdAt.toISOString(),
    actor: actor && {
      kind: actor.kind,
      ...(actor.id && { id: actor.id }),
      ...(actor.name && { name: actor.name }),
    },
    note,
    restores,
    differences: before
      ? differences(
          completePolicy(before.policy),
          completePolicy(row.policy),
          before.overrides,
          row.overrides,
        )
      : [],
  };
}

type Overrides = readonly Record<string, unknown>[];

function differences(
  before: Parameters<typeof policyDifferences>[0],
  after: Parameters<typeof policyDifferences>[1],
  overridesBefore: Overrides,
  overridesAfter: Overrides,
): PolicyVersionItem['differences'] {
  const byKey = (overrides: Overrides): Map<unknown, unknown> =>
    new Map(overrides.map((override) => [override['key'], override]));
  const [oldOverrides, newOverrides] = [byKey(overridesBefore), byKey(overridesAfter)];
  const changed = [...new Set([...oldOverrides.keys(), ...newOverrides.keys()])].filter(
    (key) => JSON.stringify(oldOverrides.get(key)) !== JSON.stringify(newOverrides.get(key)),
  );
  return [
    ...policyDifferences(before, after),
    ...changed.map((key) => ({
      pointer: `/overrides/${String(key)}`,
      what: `override ${String(key)}`,
      before: oldOverrides.get(key) ?? null,
      after: newOverrides.get(key) ?? null,
    })),
  ];
}
