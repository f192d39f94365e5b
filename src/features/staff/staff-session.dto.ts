import { ApiExtraModels } from '@nestjs/swagger';
import { MODERATOR_ROLES } from '../../platform/auth/principal.js';
import { Bool, Id, ListOf, Nested, Json, OneOf, Text, TextList } from '../../platform/http/fields.js';

export const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

const CODE =
  'The six-digit code that the app shows. If the account has a second factor, this or `recoveryCode` is required.';
const RECOVERY = 'One of the recovery codes saved in case the app is lost; each works once.';

export const WEBAUTHN = { type: 'object', additionalProperties: true };
const PASSKEY = 'The browser’s response to a `passkey-challenge`. No other credential is needed.';

/**
 * Exactly one of: a passkey, the token of a one-time link, or email address and password. For the latter two, also
 * the second factor if the account has one.
 */
export class SignInRequest {
  @Text({ optional: true, max: 128, description: 'The token of a one-time sign-in link.' })
  link?: string;

  @Text({ optional: true, max: 254 }) email?: string;
  @Text({ optional: true, max: 1024 }) password?: string;
  @Text({ optional: true, max: 16, description: CODE }) code?: string;
  @Text({ optional: true, max: 64, description: RECOVERY }) recoveryCode?: string;
  @Json(WEBAUTHN, { optional: true, description: PASSKEY }) passkey?: object;
}

/** The credentials of the account: its password, and its second factor if it has one. */
export class ConfirmationRequest {
  @Text({ optional: true, max: 1024 }) password?: string;
  @Text({ optional: true, max: 16, description: CODE }) code?: string;
  @Text({ optional: true, max: 64, description: RECOVERY }) recoveryCode?: string;
  @Json(WEBAUTHN, { optional: true, description: PASSKEY }) passkey?: object;
}

export class AccountRequest {
  @Text({ max: 80, pattern: /\S/, patternMessage: 'name must not be blank' }) name: string;

  @Text({ max: 254, pattern: EMAIL, patternMessage: 'email must be an email address' })
  email: string;

  @Text({ min: 12, max: 1024, description: 'At least 12 characters.' }) password: string;
}

export class SessionModerator {
  @Id() id: string;
  @Text() name: string;
  @Text({ nullable: true }) email: string | null;
  @Bool() hasPassword: boolean;
  @Bool({ description: 'Whether the account has a second factor.' }) hasSecondFactor: boolean;
  @Bool({ description: 'Whether the role applies to all sites, which allows adding sites.' })
  mayAddSites: boolean;
}

export class SessionSite {
  @Id() id: string;
  @Text() name: string;
  @OneOf(MODERATOR_ROLES) role: string;
  @TextList({
    nullable: true,
    maxItems: 50,
    description: 'The sections that the role is limited to; null: the whole site.',
  })
  sections: string[] | null;
  @Bool({
    description:
      'Whether the site requires a second factor that this session has not provided. Nothing can be done there until then.',
  })
  needsSecondFactor: boolean;
}

@ApiExtraModels(SessionModerator, SessionSite)
export class SessionAnswer {
  @Nested(() => SessionModerator) moderator: SessionModerator;
  @ListOf(() => SessionSite) sites: SessionSite[];
}
