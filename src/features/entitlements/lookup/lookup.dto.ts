import { Bool, Instant, Int, ListOf, OneOf, Text } from '../../../platform/http/fields.js';
import { ENTITLEMENT_STATUSES } from '../entitlement.js';

export const WHEN_DOWN: readonly string[] = ['last-known', 'nothing'];

export const LOOKUP_CIRCUITS = ['closed', 'open'] as const;

export class LookupDto {
  @Text({
    max: 2048,
    description: 'Where we ask, by a signed POST.',
    example: 'https://news.example/postbag',
  })
  url: string;

  @Int({ optional: true, min: 5, max: 3_600, description: 'How long an answer is kept; 60 when left out.' })
  cacheSeconds?: number;

  @Int({ optional: true, min: 100, max: 5_000, description: 'How long we wait; 1500 when left out.' })
  timeoutMs?: number;

  @Text({
    optional: true,
    max: 64,
    description:
      'What counts while it does not answer: `last-known` (for a day; the default), `nothing`, or the key of a tier. ' +
      'Token and stored entitlements count in any case.',
  })
  whenDown?: string;
}

export class LookupAnswer extends LookupDto {
  @Int() override cacheSeconds: number;
  @Int() override timeoutMs: number;
  @Text({ max: 64 }) override whenDown: string;
  @Instant({ nullable: true, description: 'Until when the secret before signs as well.' })
  previousSecretValidUntil: string | null;
  @Text({ nullable: true, description: 'Signs what we send. Shown once, when the look-up is made.' })
  secret: string | null;
  @OneOf(LOOKUP_CIRCUITS, {
    description:
      '`open`: after five failures in a row it is left alone for ten seconds; then one reader tries.',
  })
  circuit: (typeof LOOKUP_CIRCUITS)[number];
  @Instant({ nullable: true, description: 'Its last answer, to within five seconds.' })
  lastSuccessAt: string | null;
  @Int({ nullable: true, description: 'How long that one took.' }) lastSuccessMs: number | null;
  @Instant({ nullable: true }) lastFailureAt: string | null;
  @Text({ nullable: true, description: 'What was wrong then.' }) lastFailure: string | null;
}

export class LookupSecretAnswer {
  @Text({ description: 'The new secret. Shown this once.' }) secret: string;
  @Instant({ description: 'Until when the secret before signs as well.' }) previousValidUntil: string;
}

export class LookupTestDto {
  @Text({ description: "The `sub` of the reader's tokens." }) readerKey: string;
}

export class LookupEntitlement {
  @Text() tier: string;
  @OneOf(ENTITLEMENT_STATUSES) status: string;
  @Instant({ nullable: true }) validUntil: string | null;
  @Instant({ nullable: true }) graceUntil: string | null;
  @Bool({ description: 'Whether it counts now; not where the site has no such tier.' }) counts: boolean;
}

export class LookupTestAnswer {
  @Bool() ok: boolean;
  @Text({ nullable: true, description: 'What was wrong with the answer.' }) reason: string | null;
  @Int({ nullable: true, description: 'Of the answer.' }) status: number | null;
  @Int({ nullable: true }) durationMs: number | null;
  @ListOf(() => LookupEntitlement) entitlements: LookupEntitlement[];
}
