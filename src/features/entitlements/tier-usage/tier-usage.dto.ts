import { Bool, Int, ListOf, OneOf, Text, TextList } from '../../../platform/http/fields.js';

export const TIER_USERS = ['policy', 'story', 'override', 'billing', 'look-up', 'organisation'] as const;

export class TierUse {
  @OneOf(TIER_USERS) where: (typeof TIER_USERS)[number];
  @Text({
    nullable: true,
    max: 500,
    description:
      "The story's title, the override's or organisation's name, the billing system; null: the site's own.",
  })
  name: string | null;
  @TextList({
    maxItems: 1000,
    description: "What names it there: actions of the gate, `quotas`, `tiers`; the billing system's plans.",
  })
  as: string[];
  @Bool({ description: 'The tier cannot go before this is changed.' }) blocks: boolean;
}

export class TierUses {
  @ListOf(() => TierUse, { maxItems: 10_000 }) items: TierUse[];
  @Int({ min: 0, max: 1000, description: 'Readers to whom it is told and counts; 1000: that many or more.' })
  readers: number;
}
