import { OmitType } from '@nestjs/swagger';
import { Id, Instant, Int, ListOf, OneOf, Text } from '../../platform/http/fields.js';
import { ENTITLEMENT_STATUSES, type EntitlementStatus } from './entitlement.js';
import { EntitlementDto } from './entitlements.dto.js';
import { ORGANISATION_KEY } from './organisations/organisations.dto.js';

export const IMPORT_STATES = ['running', 'done', 'failed'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

export const MAX_IMPORTED = 1_000;
export const ENTITLEMENT_KEY = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/** One entitlement of a bulk import, as the publisher would put it by itself, or a seat of an organisation. */
export class ImportItem extends OmitType(EntitlementDto, ['tier', 'status']) {
  @Text({ description: "The `sub` of the reader's tokens." }) readerKey: string;

  @Text({
    optional: true,
    max: 128,
    pattern: ENTITLEMENT_KEY,
    description: "Which of the reader's entitlements; the one when left out.",
  })
  key?: string;

  @Text({
    optional: true,
    max: 64,
    description: "The key of one of the site's tiers.",
    example: 'insider-gold',
  })
  tier?: string;

  @OneOf(ENTITLEMENT_STATUSES, { optional: true, description: 'As by itself.' })
  status?: EntitlementStatus;

  @Text({
    optional: true,
    max: 64,
    pattern: ORGANISATION_KEY,
    description:
      'The key of an organisation: the reader gets one of its seats, worth what the organisation pays for. Instead of ' +
      '`tier` and `status`, and of all that says when, which and why.',
  })
  organisation?: string;
}

export class ImportRequest {
  @ListOf(() => ImportItem, {
    minItems: 1,
    maxItems: MAX_IMPORTED,
    description: 'Told as of now, in this order. Send more than this in several requests.',
  })
  items: ImportItem[];
}

export class ImportFault {
  @Int({ min: 0, description: 'Its place in the list, from 0.' }) index: number;
  @Text() code: string;
  @Text({ max: 1000 }) message: string;
}

export class ImportAnswer {
  @Id() id: string;
  @OneOf(IMPORT_STATES) state: ImportState;
  @Int({ min: 0 }) total: number;
  @Int({ min: 0, description: 'How many of them are through, one way or the other.' }) done: number;
  @Int({ min: 0 }) applied: number;
  @Int({ min: 0, description: 'Were so already.' }) unchanged: number;
  @Int({ min: 0, description: 'Could not be told; the others were.' }) refused: number;
  @ListOf(() => ImportFault, { description: 'Why, of the first hundred.' }) errors: ImportFault[];
  @Instant() createdAt: string;
  @Instant({ nullable: true }) finishedAt: string | null;
}

export class ImportPage {
  @ListOf(() => ImportAnswer, { description: 'The latest hundred, newest first.' }) items: ImportAnswer[];
}
