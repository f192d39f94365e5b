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
      '`active`, `trialing`, and `past_due` until `graceUntil` give access; `cancelled` and `expired` end it now. For a cancellation at the end of the period, send `active` with `validUntil`.',
  })
  status: EntitlementStatus;

  @Instant({ optional: true, nullable: true, description: 'End of the paid period, exclusive.' })
  validUntil?: string | null;

  @Instant({
    optional: true,
    nullable: true,
    description: 'End of the grace period after a failed payment, exclusive.',
  })
  graceUntil?: string | null;

  @OneOf(ENTITLEMENT_KINDS, {
    optional: true,
    description:
      'Why the reader has the entitlement. Defaults to `trial` for the status `trialing`, otherwise `subscription`. It does not affect what the entitlement grants.',
  })
  kind?: EntitlementKind;

  @Text({
    optional: true,
    nullable: true,
    description: 'Who granted the entitlement, or the organisation that owns the seat.',
  })
  grantedBy?: string | null;
}

export class EntitlementAnswer extends EntitlementDto {
  @Instant({ nullable: true, description: 'End of the paid period, exclusive.' })
  override validUntil: string | null;

  @Instant({ nullable: true, description: 'End of the grace period after a failed payment, exclusive.' })
  override graceUntil: string | null;

  @OneOf(ENTITLEMENT_KINDS) override kind: EntitlementKind;

  @Text({
    nullable: true,
    description: 'Who granted the entitlement, or the organisation that owns the seat.',
  })
  override grantedBy: string | null;

  @Text({ description: "The `sub` of the reader's tokens." }) readerKey: string;
  @Text({ description: "Key of the entitlement among the reader's entitlements." }) key: string;
  @Bool({ description: 'Whether the entitlement is in effect now.' }) counts: boolean;
  @Text({ description: '`api`, or the billing provider that reported it.' }) source: string;
  @Instant({ description: 'Time at which the entitlement was reported.' }) reportedAt: string;
  @Instant() updatedAt: string;
}

export class EntitlementPage {
  @ListOf(() => EntitlementAnswer) items: EntitlementAnswer[];
  @Text({ nullable: true }) next: string | null;
}

export class EntitlementLedgerEntryAnswer {
  @Text({ description: 'The tier, or the name of a plan that has no tier on this site.' }) tier: string;
  @OneOf([...ENTITLEMENT_STATUSES, 'deleted']) status: string;
  @Instant({ nullable: true }) validUntil: string | null;
  @Instant({ nullable: true }) graceUntil: string | null;
  @OneOf(ENTITLEMENT_KINDS, {
    nullable: true,
    description: 'Why the reader had the entitlement; null for facts recorded before kinds were stored.',
  })
  kind: EntitlementKind | null;
  @Text({
    nullable: true,
    description: 'Who granted the entitlement, or the organisation that owned the seat.',
  })
  grantedBy: string | null;
  @Text({ description: '`api`, or the billing provider that reported it.' }) source: string;
  @Text({ nullable: true, description: 'Message id of the webhook that reported it; see the webhook log.' })
  messageId: string | null;
  @Int({ nullable: true, description: "The provider's own sequence number." }) sequence: number | null;
  @Instant({ description: 'Time of the change, as reported by the source.' }) reportedAt: string;
  @Instant({ description: 'Time at which the change was received.' }) recordedAt: string;
}

export class EntitlementHistory {
  @ListOf(() => EntitlementLedgerEntryAnswer, { description: 'The latest hundred changes, newest first.' })
  items: EntitlementLedgerEntryAnswer[];
}
