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
    patternMessage: 'email must be an email address',
    description:
      'An existing account with this address gets the role but no link, if it belongs to a team that the caller manages. Otherwise the response is 409 `account-elsewhere`.',
  })
  email?: string;

  @OneOf(MODERATOR_ROLES, ROLE) role: ModeratorRole;

  @TextList({
    ...SECTIONS,
    optional: true,
    description:
      'Limits the role to stories of these sections, written as in the stories. Only for moderators and viewers. Null or omitted: the whole site.',
  })
  sections?: string[] | null;
}

export class RoleRequest {
  @OneOf(MODERATOR_ROLES, ROLE) role: ModeratorRole;

  @TextList({
    ...SECTIONS,
    optional: true,
    description:
      'Limits the role to stories of these sections. Null: the whole site. Omitted: unchanged; admins and owners always have the whole site.',
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
    description: 'The sections that the role is limited to, in alphabetical order. Null: the whole site.',
  })
  sections: string[] | null;
  @Bool({ description: 'Whether the role applies to all sites. Such a role cannot be changed here.' })
  everywhere: boolean;
  @OneOf(['invited', 'active']) state: 'invited' | 'active';
  @Instant({ nullable: true, description: 'When the link of an open invitation expires.' })
  invitedUntil: string | null;
  @Instant({ description: 'When the member joined the team of this site.' }) since: string;
  @Instant({
    nullable: true,
    description: 'Last activity on any site; null: never signed in, signed out, or inactive for long.',
  })
  seenAt: string | null;

  @Bool() hasSecondFactor: boolean;
}

export class TeamAnswer {
  @ListOf(() => TeamMember, { description: 'All members: highest role first, then by name.' })
  items: TeamMember[];

  @TextList({
    maxItems: 1000,
    description: "Sections of the site's stories, in alphabetical order. Roles can be limited to these.",
  })
  sections: string[];
}

export class InvitationAnswer {
  @Nested(() => TeamMember) moderator: TeamMember;

  @Url({
    nullable: true,
    description: 'A link that signs in once. Shown only this once. Null: the account already existed.',
  })
  link: string | null;

  @Instant({ nullable: true }) expiresAt: string | null;
}

export class AccountSession {
  @Id() id: string;
  @Bool({ description: 'Whether this is the session of the request.' }) current: boolean;
  @Instant() createdAt: string;
  @Instant() seenAt: string;
  @Text({ nullable: true, description: "The browser's `User-Agent`." }) agent: string | null;
}

export class AccountSessionsAnswer {
  @ListOf(() => AccountSession, { description: 'Newest first.' }) items: AccountSession[];
}
