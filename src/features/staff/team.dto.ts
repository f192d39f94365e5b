import { MODERATOR_ROLES, type ModeratorRole } from '../../platform/auth/principal.js';
import { Bool, Id, Instant, ListOf, Nested, OneOf, Text, TextList, Url } from '../../platform/http/fields.js';
import { EMAIL } from './staff-session.dto.js';

const ROLE = { name: 'ModeratorRole' };
const SECTIONS = {
  nullable: true,
  minItems: 1,
  maxItems: 50,
  max: 100,
} as const;

export class InvitationRequest {
  @Text({ max: 80, pattern: /\S/, patternMessage: 'name must not be blank' }) name: string;

  @Text({
    optional: true,
    max: 254,
    pattern: EMAIL,
    patternMessage: 'email must be an e-mail address',
    description:
      'An account that has it already gets the role, and no link, if it is in a team that the caller looks after; otherwise it is a 409 `account-elsewhere`.',
  })
  email?: string;

  @OneOf(MODERATOR_ROLES, ROLE) role: ModeratorRole;

  @TextList({
    ...SECTIONS,
    optional: true,
    description:
      'Limits the role to stories of these sections, named as stories name them: of moderators and viewers. Null or left out: the whole site.',
  })
  sections?: string[] | null;
}

export class RoleRequest {
  @OneOf(MODERATOR_ROLES, ROLE) role: ModeratorRole;

  @TextList({
    ...SECTIONS,
    optional: true,
    description:
      'Limits the role to stories of these sections. Null: the whole site. Left out: as it was; admins and owners have the whole site.',
  })
  sections?: string[] | null;
}

export class TeamMember {
  @Id() id: string;
  @Text() name: string;
  @Text({ nullable: true }) email: string | null;
  @OneOf(MODERATOR_ROLES, ROLE) role: ModeratorRole;
  @TextList({
    ...SECTIONS,
    description:
      'The sections that the role is limited to, in the order of the alphabet. Null: the whole site.',
  })
  sections: string[] | null;
  @Bool({ description: 'The role holds on every site, and is not changed here.' }) everywhere: boolean;
  @OneOf(['invited', 'active']) state: 'invited' | 'active';
  @Instant({ nullable: true, description: 'Until when an open invitation’s link works.' })
  invitedUntil: string | null;
  @Instant({ description: 'Since when on this site.' }) since: string;
  @Instant({ nullable: true, description: 'Last seen, over all sites; null: never, or signed out.' })
  seenAt: string | null;

  @Bool() hasSecondFactor: boolean;
}

export class TeamAnswer {
  @ListOf(() => TeamMember, { description: 'Owners first, then by name; everybody.' }) items: TeamMember[];

  @TextList({
    maxItems: 1000,
    description:
      "Sections of the site's stories, in the order of the alphabet: what roles can be limited to.",
  })
  sections: string[];
}

export class InvitationAnswer {
  @Nested(() => TeamMember) moderator: TeamMember;

  @Url({ nullable: true, description: 'Signs in once, and is shown once. Null: the account was there.' })
  link: string | null;

  @Instant({ nullable: true }) expiresAt: string | null;
}

export class AccountSession {
  @Id() id: string;
  @Bool({ description: 'The one that asks.' }) current: boolean;
  @Instant() createdAt: string;
  @Instant() seenAt: string;
  @Text({ nullable: true, description: 'What the browser calls itself.' }) agent: string | null;
}

export class AccountSessionsAnswer {
  @ListOf(() => AccountSession, { description: 'Newest first.' }) items: AccountSession[];
}
