import { ApiExtraModels } from '@nestjs/swagger';
import { MODERATOR_ROLES } from '../../platform/auth/principal.js';
import { Bool, Id, ListOf, Nested, OneOf, Text } from '../../platform/http/fields.js';

export const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** Either a one-time link's token, or e-mail and password. */
export class SignInRequest {
  @Text({ optional: true, max: 128, description: 'The token of a one-time sign-in link.' })
  link?: string;

  @Text({ optional: true, max: 254 }) email?: string;
  @Text({ optional: true, max: 1024 }) password?: string;
}

export class ConfirmationRequest {
  @Text({ max: 1024 }) password: string;
}

export class AccountRequest {
  @Text({ max: 80, pattern: /\S/, patternMessage: 'name must not be blank' }) name: string;

  @Text({ max: 254, pattern: EMAIL, patternMessage: 'email must be an e-mail address' })
  email: string;

  @Text({ min: 12, max: 1024, description: 'At least 12 characters.' }) password: string;
}

export class SessionModerator {
  @Id() id: string;
  @Text() name: string;
  @Text({ nullable: true }) email: string | null;
  @Bool() hasPassword: boolean;
}

export class SessionSite {
  @Id() id: string;
  @Text() name: string;
  @OneOf(MODERATOR_ROLES) role: string;
}

@ApiExtraModels(SessionModerator, SessionSite)
export class SessionAnswer {
  @Nested(() => SessionModerator) moderator: SessionModerator;
  @ListOf(() => SessionSite) sites: SessionSite[];
}
