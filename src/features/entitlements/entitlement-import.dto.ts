import { OmitType } from '@nestjs/swagger';
import { Id, Instant, Int, ListOf, OneOf, Text } from '../../platform/http/fields.js';
import { ENTITLEMENT_STATUSES, type EntitlementStatus } from './entitlement.js';
import { EntitlementDto } from './entitlements.dto.js';
import { ORGANISATION_KEY } from './organisations/organisations.dto.js';

export const IMPORT_STATES = ['running', 'done', 'failed'] as const;
export type ImportState = (typeof IMPORT_STATES)[number];

export const MAX_IMPORTED = 1_000;
export const ENTITLEMENT_KEY = /^[A-Za-z0-9][A-Za-z0-9._:-]{0,127}$/;

/** One row of a bulk import: an entitlement as in a single request, or a seat of an organisation. */
export class ImportItem extends OmitType(EntitlementDto, ['tier', 'status']) {
  @Text({ description: "The `sub` of the reader's tokens." }) readerKey: string;

  @Text({
    optional: true,
    max: 128,
    pattern: ENTITLEMENT_KEY,
    description:
      'Key of the entitlement, if the reader has several. If absent, the default entitlement is set.',
  })
  key?: string;

  @Text({
    optional: true,
    max: 64,
    description: "The key of one of the site's tiers.",
    example: 'insider-gold',
  })
  tier?: string;

  @OneOf(ENTITLEMENT_STATUSES, { optional: true, description: 'Status, as in a single request.' })
  status?: EntitlementStatus;

  @Text({
    optional: true,
    max: 64,
    pattern: ORGANISATION_KEY,
    description:
      'The key of an organisation. The reader gets one of its seats, with the tier that the organisation pays for. Send it instead of `tier`, `status`, the dates and the other fields of an entitlement.',
  })
  organisation?: string;
}

export class ImportRequest {
  @ListOf(() => ImportItem, {
    minItems: 1,
    maxItems: MAX_IMPORTED,
    description:
      'Rows to import, applied in this order with the current time. Split longer lists into several requests.',
  })
  items: ImportItem[];
}

export class ImportFault {
  @Int({ min: 0, description: 'Position in the list, starting at 0.' }) index: number;
  @Text() code: string;
  @Text({ max: 1000 }) message: string;
}

export class ImportAnswer {
  @Id() id: string;
  @OneOf(IMPORT_STATES) state: ImportState;
  @Int({ min: 0 }) total: number;
  @Int({ min: 0, description: 'Number of rows processed so far, with or without success.' }) done: number;
  @Int({ min: 0 }) applied: number;
  @Int({ min: 0, description: 'Number of rows that changed nothing.' }) unchanged: number;
  @Int({ min: 0, description: 'Number of rows that failed. The others were applied.' }) refused: number;
  @ListOf(() => ImportFault, { description: 'Reasons for the first hundred failures.' })
  errors: ImportFault[];
  @Instant() createdAt: string;
  @Instant({ nullable: true }) finishedAt: string | null;
}

export class ImportPage {
  @ListOf(() => ImportAnswer, { description: 'The latest hundred imports, newest first.' })
  items: ImportAnswer[];
}
