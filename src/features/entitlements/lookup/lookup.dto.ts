import { Bool, Instant, Int, ListOf, OneOf, Text } from '../../../platform/http/fields.js';
import { ENTITLEMENT_STATUSES } from '../entitlement.js';

export const WHEN_DOWN_OPTIONS: readonly string[] = ['last-known', 'nothing'];

export const LOOKUP_CIRCUITS = ['closed', 'open'] as const;

export class LookupDto {
  @Text({
    max: 2048,
    description: 'URL of your endpoint, which receives a signed POST.',
    example: 'https://news.example/postbag',
  })
  url: string;

  @Int({
    optional: true,
    min: 5,
    max: 3_600,
    description: 'How long a result is cached, in seconds. Defaults to 60.',
  })
  cacheSeconds?: number;

  @Int({
    optional: true,
    min: 100,
    max: 5_000,
    description: 'Timeout of the request, in milliseconds. Defaults to 1500.',
  })
  timeoutMs?: number;

  @Text({
    optional: true,
    max: 64,
    description:
      'What applies while the endpoint does not respond: `last-known` (for one day; the default), `nothing`, or the key of a tier. The token and stored entitlements always apply.',
  })
  whenDown?: string;
}

export class LookupAnswer extends LookupDto {
  @Int() override cacheSeconds: number;
  @Int() override timeoutMs: number;
  @Text({ max: 64 }) override whenDown: string;
  @Instant({
    nullable: true,
    description: 'Time until which requests are also signed with the previous secret.',
  })
  previousSecretValidUntil: string | null;
  @Text({
    nullable: true,
    description: 'Secret that signs the requests. Only returned when the lookup is created; otherwise null.',
  })
  secret: string | null;
  @OneOf(LOOKUP_CIRCUITS, {
    description:
      '`open`: no requests are made for ten seconds after five consecutive failures; then one lookup is tried.',
  })
  circuit: (typeof LOOKUP_CIRCUITS)[number];
  @Instant({ nullable: true, description: 'Time of the last successful response, accurate to five seconds.' })
  lastSuccessAt: string | null;
  @Int({ nullable: true, description: 'Duration of that request, in milliseconds.' }) lastSuccessMs:
    number | null;
  @Instant({ nullable: true }) lastFailureAt: string | null;
  @Text({ nullable: true, description: 'The reason for the last failure.' }) lastFailure: string | null;
}

export class LookupSecretAnswer {
  @Text({ description: 'The new secret. It is not shown again.' }) secret: string;
  @Instant({ description: 'Time until which requests are also signed with the previous secret.' })
  previousValidUntil: string;
}

export class LookupTestDto {
  @Text({ description: "The `sub` of the reader's tokens." }) readerKey: string;
}

export class LookupEntitlement {
  @Text() tier: string;
  @OneOf(ENTITLEMENT_STATUSES) status: string;
  @Instant({ nullable: true }) validUntil: string | null;
  @Instant({ nullable: true }) graceUntil: string | null;
  @Bool({ description: 'Whether the entitlement is in effect now. False if the site has no such tier.' })
  counts: boolean;
}

export class LookupTestAnswer {
  @Bool() ok: boolean;
  @Text({ nullable: true, description: 'What was wrong with the response.' }) reason: string | null;
  @Int({ nullable: true, description: 'HTTP status of the response.' }) status: number | null;
  @Int({ nullable: true }) durationMs: number | null;
  @ListOf(() => LookupEntitlement) entitlements: LookupEntitlement[];
}
