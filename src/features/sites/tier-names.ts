import type { Tx } from '../../platform/database/database.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { GATE_ACTIONS, tiersNamedIn, type PartialPolicy } from './policy.js';
import { sql } from '../../platform/database/sql.js';

/** A reference to a tier in a policy. */
export interface TierReference {
  readonly tier: string;
  readonly where: 'policy' | 'story' | 'override';
  /** The story's title or the override's key; null for the site's own policy. */
  readonly name: string | null;
  /** The parts of the policy that refer to the tier: gate actions, `quotas`, `tiers`. */
  readonly usedAs: readonly string[];
}

/** Finds all references to tiers: first in the site's policy, then in those of stories, then in overrides. */
export async function findTierReferences(tx: Tx, { siteId }: SiteContext): Promise<TierReference[]> {
  const rows = await tx.query<Pick<TierReference, 'where' | 'name'> & { policy: PartialPolicy }>(
    sql`SELECT 'policy' AS "where", NULL AS name, policy FROM site WHERE id = $1
     UNION ALL (SELECT 'story', title, policy FROM story WHERE site_id = $1 AND policy ?| '{gate,quotas,tiers}' ORDER BY title)
     UNION ALL (SELECT 'override', key, policy FROM policy_override WHERE site_id = $1 ORDER BY key)`,
    [siteId],
  );
  return rows.flatMap(({ where, name, policy }) =>
    tiersNamedIn(policy).map((tier) => ({ tier, where, name, usedAs: referencesOf(policy, tier) })),
  );
}

function referencesOf({ gate, quotas, tiers }: PartialPolicy, tier: string): string[] {
  return [
    ...GATE_ACTIONS.filter((action) => gate?.[action] === tier),
    ...(Object.hasOwn(quotas?.tiers ?? {}, tier) ? ['quotas'] : []),
    ...(Object.hasOwn(tiers ?? {}, tier) ? ['tiers'] : []),
  ];
}

/** Describes where the reference is, as the start of a sentence. */
export function describeLocation({ where, name }: Pick<TierReference, 'where' | 'name'>): string {
  switch (where) {
    case 'policy':
      return 'The policy of the site';
    case 'story':
      return `The policy of the story "${name}"`;
    case 'override':
      return `The override "${name}"`;
  }
}
