import { ValidateBy } from 'class-validator';
import { Instant, Json, Text } from '../../../platform/http/fields.js';

const TIERS = { type: 'object', additionalProperties: { type: 'string' } };
const MAX_TIERS = 1_000;

const isTierMap = (value: unknown): boolean =>
  typeof value === 'object' &&
  value !== null &&
  Object.keys(value).length <= MAX_TIERS &&
  Object.entries(value).every(
    ([theirs, ours]) =>
      theirs.length <= 255 &&
      theirs.isWellFormed() &&
      !theirs.includes('\0') &&
      theirs !== '__proto__' &&
      typeof ours === 'string',
  );

export class InboundSettings {
  @Text({
    max: 1024,
    description:
      'What signs the pushes. The secret before counts for another 24 hours, so that a rotation loses nothing.',
  })
  secret: string;

  @Json(TIERS, {
    optional: true,
    description: "The provider's price or plan → the key of one of your tiers.",
  })
  @ValidateBy({
    name: 'tierMap',
    validator: {
      validate: isTierMap,
      defaultMessage: () => '$property must map names of at most 255 characters to tier keys',
    },
  })
  tiers?: Record<string, string>;
}

export class InboundAnswer {
  @Text() provider: string;
  @Text({ description: 'Where the provider pushes to.' }) url: string;
  @Json(TIERS) tiers: Record<string, string>;
  @Instant({ nullable: true, description: 'Until when the secret before still counts.' })
  previousSecretValidUntil: string | null;
  @Instant() updatedAt: string;
}

export class InboundOutcome {
  @Text({ description: '`applied`, `unchanged`, `duplicate`, `older` or `ignored`.' }) outcome: string;
}
