import { Bool, Int, ListOf, OneOf, Text, TextList } from '../../../platform/http/fields.js';

export const TIER_USE_KINDS = ['policy', 'story', 'override', 'billing', 'look-up', 'organisation'] as const;

export class TierUse {
  @OneOf(TIER_USE_KINDS) where: (typeof TIER_USE_KINDS)[number];
  @Text({
    nullable: true,
    max: 500,
    description:
      "Title of the story, name of the override or organisation, or name of the billing provider; null for the site's own settings.",
  })
  name: string | null;
  @TextList({
    maxItems: 1000,
    description:
      'What uses the tier there: actions of the gate, `quotas`, `tiers`, or plans of the billing provider.',
  })
  as: string[];
  @Bool({ description: 'Whether this use must be removed before the tier can be deleted.' }) blocks: boolean;
}

export class TierUses {
  @ListOf(() => TierUse, { maxItems: 10_000 }) items: TierUse[];
  @Int({
    min: 0,
    max: 1000,
    description:
      'Number of readers with an entitlement to the tier that is in effect; 1000 means 1000 or more.',
  })
  readers: number;
}
