import { Bool, Instant, Int, ListOf, OneOf, Text } from '../../platform/http/fields.js';
import {
  ENTITLEMENT_KINDS,
  ENTITLEMENT_STATUSES,
  type EntitlementKind,
  type EntitlementStatus,
} from './entitlement.js';

export class EntitlementDto {
  @Text({ max: 64, description: "The key of one of the site's tiers.", example: 'insider-gold' })
  tier: string;

  @OneOf(ENTITLEMENT_STATUSES, {
    description:
      '`active`, `trialing`, and `past_due` until `graceUntil` count; `cancelled` and `expired` end now. ' +
      'A cancellation at the end of the period is `active` with `validUntil`.',
  })
  status: EntitlementStatus;

  @Instant({ optional: true, nullable: true, description: 'The end of what is paid for, exclusive.' })
  validUntil?: string | null;

  @Instant({ optional: true, nullable: true, description: 'Until when a failed payment is waited for.' })
  graceUntil?: string | null;

  @OneOf(ENTITLEMENT_KINDS, {
    optional: true,
    description:
      'Why they have it; left out: `trial` while it is `trialing`, else `subscription`. All count alike, by their status.',
  })
  kind?: EntitlementKind;

  @Text({ optional: true, nullable: true, description: 'Who gives it, or the company whose seat it is.' })
  grantedBy?: string | null;
}

export class EntitlementAnswer extends EntitlementDto {
  @Instant({ nullable: true, description: 'The end of what is paid for, exclusive.' })
  override validUntil: string | null;

  @Instant({ nullable: true, description: 'Until when a failed payment is waited for.' })
  override graceUntil: string | null;

  @OneOf(ENTITLEMENT_KINDS) override kind: EntitlementKind;

  @Text({ nullable: true, description: 'Who gives it, or the company whose seat it is.' })
  override grantedBy: string | null;

  @Text({ description: "The `sub` of the reader's tokens." }) readerKey: string;
  @Text({ description: "Which of the reader's entitlements." }) key: string;
  @Bool({ description: 'Whether it counts now.' }) counts: boolean;
  @Text({ description: '`api`, or the billing provider that told it.' }) source: string;
  @Instant({ description: 'When it was told.' }) reportedAt: string;
  @Instant() updatedAt: string;
}

export class EntitlementPage {
  @ListOf(() => EntitlementAnswer) items: EntitlementAnswer[];
  @Text({ nullable: true }) next: string | null;
}

export class EntitlementLedgerEntryAnswer {
  @Text({ description: 'The tier, or the name of a plan that opens nothing here.' }) tier: string;
  @OneOf([...ENTITLEMENT_STATUSES, 'deleted']) status: string;
  @Instant({ nullable: true }) validUntil: string | null;
  @Instant({ nullable: true }) graceUntil: string | null;
  @OneOf(ENTITLEMENT_KINDS, {
    nullable: true,
    description: 'Why they had it; null of what was told before kinds were kept.',
  })
  kind: EntitlementKind | null;
  @Text({ nullable: true, description: 'Who gave it, or the company whose seat it was.' })
  grantedBy: string | null;
  @Text({ description: '`api`, or the billing provider that told it.' }) source: string;
  @Text({ nullable: true, description: 'Of the push that told it; see the log of pushes.' })
  messageId: string | null;
  @Int({ nullable: true, description: "The provider's own order." }) sequence: number | null;
  @Instant({ description: 'When it was so, as the source says.' }) reportedAt: string;
  @Instant({ description: 'When it came here.' }) recordedAt: string;
}

export class EntitlementHistory {
  @ListOf(() => EntitlementLedgerEntryAnswer, { description: 'The latest hundred, newest first.' })
  items: EntitlementLedgerEntryAnswer[];
}
