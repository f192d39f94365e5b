import { Bool, Instant, Int, ListOf, OneOf, Text, TextList } from '../../../platform/http/fields.js';
import { ENTITLEMENT_STATUSES, type EntitlementStatus } from '../entitlement.js';

/** Limited because a change of the organisation updates all its seats before the response is sent. */
export const MAX_SEATS = 1_000;
export const ORGANISATION_KEY = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,63}$/;

export class OrganisationDto {
  @Text({
    description: 'Name of the organisation, shown in entitlement histories as the grantor of the seat.',
    example: 'Acme',
  })
  name: string;

  @Int({
    min: 0,
    max: MAX_SEATS,
    description: 'Maximum number of readers who may have a seat at the same time.',
  })
  seats: number;

  @Text({ max: 64, description: "The key of one of the site's tiers.", example: 'insider-gold' })
  tier: string;

  @OneOf(ENTITLEMENT_STATUSES, { description: 'Status of all its seats, as in an entitlement.' })
  status: EntitlementStatus;

  @Instant({ optional: true, nullable: true, description: 'End of the paid period, exclusive.' })
  validUntil?: string | null;

  @Instant({
    optional: true,
    nullable: true,
    description: 'End of the grace period after a failed payment, exclusive.',
  })
  graceUntil?: string | null;
}

export class OrganisationAnswer extends OrganisationDto {
  @Text({ max: 64 }) key: string;
  @Int({ min: 0, description: 'Number of seats taken.' }) taken: number;
  @Bool({ description: 'Whether its seats are in effect now.' }) counts: boolean;
  @Instant({ nullable: true }) override validUntil: string | null;
  @Instant({ nullable: true }) override graceUntil: string | null;
  @Instant() updatedAt: string;
}

export class OrganisationPage {
  @ListOf(() => OrganisationAnswer, { description: 'Organisations, sorted by key.' })
  items: OrganisationAnswer[];
  @Text({ nullable: true }) next: string | null;
}

export class SeatAnswer {
  @Text({ description: "The `sub` of the reader's tokens." }) readerKey: string;
  @Instant({ description: 'Time at which the seat was given or last changed with its organisation.' })
  reportedAt: string;
}

export class SeatPage {
  @ListOf(() => SeatAnswer, { description: 'Seats, sorted by reader key.' }) items: SeatAnswer[];
  @Text({ nullable: true }) next: string | null;
}

export class SeatsRequest {
  @TextList({
    minItems: 1,
    maxItems: MAX_SEATS,
    max: 255,
    description: "The `sub` of the readers' tokens. Seats are given in this order while any are free.",
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
  @Int({ min: 0, description: 'Number of readers who already had a seat.' }) unchanged: number;
  @ListOf(() => SeatFault, { description: 'Readers who got no seat, with the reason.' }) refused: SeatFault[];
  @Int({ min: 0, description: 'Number of seats taken now.' }) taken: number;
}
