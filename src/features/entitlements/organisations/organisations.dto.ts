import { Bool, Instant, Int, ListOf, OneOf, Text, TextList } from '../../../platform/http/fields.js';
import { ENTITLEMENT_STATUSES, type EntitlementStatus } from '../entitlement.js';

/** Each of them is told anew when the organisation changes, before its call is answered. */
export const MAX_SEATS = 1_000;
export const ORGANISATION_KEY = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

export class OrganisationDto {
  @Text({ description: 'What readers of a history find as who gave them the seat.', example: 'Acme' })
  name: string;

  @Int({ min: 0, max: MAX_SEATS, description: 'How many of its readers may have a seat at once.' })
  seats: number;

  @Text({ max: 64, description: "The key of one of the site's tiers.", example: 'insider-gold' })
  tier: string;

  @OneOf(ENTITLEMENT_STATUSES, { description: 'Of all its seats, as of an entitlement.' })
  status: EntitlementStatus;

  @Instant({ optional: true, nullable: true, description: 'The end of what is paid for, exclusive.' })
  validUntil?: string | null;

  @Instant({ optional: true, nullable: true, description: 'Until when a failed payment is waited for.' })
  graceUntil?: string | null;
}

export class OrganisationAnswer extends OrganisationDto {
  @Text({ max: 64 }) key: string;
  @Int({ min: 0, description: 'How many seats are taken.' }) taken: number;
  @Bool({ description: 'Whether its seats count now.' }) counts: boolean;
  @Instant({ nullable: true }) override validUntil: string | null;
  @Instant({ nullable: true }) override graceUntil: string | null;
  @Instant() updatedAt: string;
}

export class OrganisationPage {
  @ListOf(() => OrganisationAnswer, { description: 'By key.' }) items: OrganisationAnswer[];
  @Text({ nullable: true }) next: string | null;
}

export class SeatAnswer {
  @Text({ description: "The `sub` of the reader's tokens." }) readerKey: string;
  @Instant({ description: 'When the seat was told last: taken, or changed with its organisation.' })
  reportedAt: string;
}

export class SeatPage {
  @ListOf(() => SeatAnswer, { description: 'By the key of the reader.' }) items: SeatAnswer[];
  @Text({ nullable: true }) next: string | null;
}

export class SeatsRequest {
  @TextList({
    minItems: 1,
    maxItems: MAX_SEATS,
    max: 255,
    description: 'The `sub` of their tokens. Seated in this order, as far as there are seats.',
  })
  readerKeys: string[];
}

export class SeatFault {
  @Text() readerKey: string;
  @Text() code: string;
  @Text({ max: 1000 }) message: string;
}

export class SeatsAnswer {
  @Int({ min: 0 }) seated: number;
  @Int({ min: 0, description: 'Had one already.' }) unchanged: number;
  @ListOf(() => SeatFault, { description: 'Who got none, and why.' }) refused: SeatFault[];
  @Int({ min: 0, description: 'How many seats are taken now.' }) taken: number;
}
