import { Instant, Int, Json, OneOf, Text } from '../../platform/http/fields.js';
import type { SsoFamily } from './site-facts.js';

const JWKS = {
  type: 'object',
  required: ['keys'],
  properties: {
    keys: { type: 'array', maxItems: 20, items: { type: 'object', additionalProperties: true } },
  },
};

export class SsoDto {
  @OneOf(['hmac', 'public-key'], {
    description:
      'What signs reader tokens: the SSO secret (HS256), or keys of yours (RS256, PS256, ES256, EdDSA). Never both.',
  })
  family: SsoFamily;

  @Text({
    optional: true,
    nullable: true,
    description: 'Tokens must carry exactly this `iss`; null: `iss` is not looked at.',
  })
  issuer?: string | null;

  @Text({ optional: true, nullable: true, max: 2048, description: 'Where your public keys are (RFC 7517).' })
  jwksUrl?: string | null;

  @Json(JWKS, { optional: true, nullable: true, description: 'Public keys that stay with us (RFC 7517).' })
  jwks?: { keys: Record<string, unknown>[] } | null;
}

export class SsoAnswer extends SsoDto {
  @Text({
    nullable: true,
    description: 'Tokens must carry exactly this `iss`; null: `iss` is not looked at.',
  })
  override issuer: string | null;

  @Text({ nullable: true, max: 2048, description: 'Where your public keys are (RFC 7517).' })
  override jwksUrl: string | null;

  @Json(JWKS, { nullable: true, description: 'Public keys that stay with us (RFC 7517).' })
  override jwks: { keys: Record<string, unknown>[] } | null;
}

export class SsoRotation {
  @Int({
    optional: true,
    min: 0,
    max: 604_800,
    description:
      'How long tokens signed with the secret before still count; by default a day, which is how long one may live. 0 ends it at once.',
  })
  overlapSeconds?: number;
}

export class SsoSecretState {
  @Instant({ nullable: true, description: 'Until when the secret before still counts; null: it does not.' })
  previousValidUntil: string | null;
}

export class SsoSecretAnswer {
  @Text({ description: 'The new secret, used as its UTF-8 text. Shown this once.' }) ssoSecret: string;
  @Instant({ nullable: true, description: 'Until when the secret before still counts.' })
  previousValidUntil: string | null;
}
