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
      'How reader tokens are signed: with the SSO secret (HS256) or with your own keys (RS256, PS256, ES256, EdDSA), never both.',
  })
  family: SsoFamily;

  @Text({
    optional: true,
    nullable: true,
    description: 'Tokens must have exactly this `iss`; null: `iss` is not checked.',
  })
  issuer?: string | null;

  @Text({ optional: true, nullable: true, max: 2048, description: 'URL of your public key set (RFC 7517).' })
  jwksUrl?: string | null;

  @Json(JWKS, {
    optional: true,
    nullable: true,
    description: 'Public keys to store with Postbag (RFC 7517).',
  })
  jwks?: { keys: Record<string, unknown>[] } | null;
}

export class SsoAnswer extends SsoDto {
  @Text({
    nullable: true,
    description: 'Tokens must have exactly this `iss`; null: `iss` is not checked.',
  })
  override issuer: string | null;

  @Text({ nullable: true, max: 2048, description: 'URL of your public key set (RFC 7517).' })
  override jwksUrl: string | null;

  @Json(JWKS, { nullable: true, description: 'Public keys stored with Postbag (RFC 7517).' })
  override jwks: { keys: Record<string, unknown>[] } | null;
}

export class SsoRotation {
  @Int({
    optional: true,
    min: 0,
    max: 604_800,
    description:
      'How long tokens signed with the previous secret are still accepted. Default: one day, the maximum lifetime of a token. 0 invalidates the previous secret at once.',
  })
  overlapSeconds?: number;
}

export class SsoSecretState {
  @Instant({ nullable: true, description: 'Until when the previous secret is still valid; null: it is not.' })
  previousValidUntil: string | null;
}

export class SsoSecretAnswer {
  @Text({ description: 'The new secret, used as its UTF-8 text. Shown only this once.' }) ssoSecret: string;
  @Instant({ nullable: true, description: 'Until when the previous secret is still valid.' })
  previousValidUntil: string | null;
}
