import { MODERATOR_ROLES, type ModeratorRole } from '../../platform/auth/principal.js';
import { Bool, Id, Instant, ListOf, Nested, OneOf, Text, Url } from '../../platform/http/fields.js';
import { EMAIL } from './moderators.dto.js';

const ROLE = { name: 'ModeratorRole' };

export class InvitationRequest {
  @Text({ max: 80, pattern: /\S/, patternMessage: 'name must not be blank' }) name: string;

  @Text({
    optional: true,
    max: 254,
    pattern: EMAIL,
    patternMessage: 'email must be an e-mail address',
    description: 'An account that has it already gets the role, and no link.',
  })
  email?: string;

  @OneOf(MODERATOR_ROLES, ROLE) role: ModeratorRole;
}

export class RoleRequest {
  @OneOf(MODERATOR_ROLES, ROLE) role: ModeratorRole;
}

export class TeamMember {
  @Id() id: string;
  @Text() name: string;
  @Text({ nullable: true }) email: string | null;
  @OneOf(MODERATOR_ROLES, ROLE) role: ModeratorRole;
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
}

export class InvitationAnswer {
  @Nested(() => TeamMember) moderator: TeamMember;

  @Url({ nullable: true, description: 'Signs in once, and is shown once. Null: the account was there.' })
  link: string | null;

  @Instant({ nullable: true }) expiresAt: string | null;
}

export class OwnSession {
  @Id() id: string;
  @Bool({ description: 'The one that asks.' }) current: boolean;
  @Instant() createdAt: string;
  @Instant() seenAt: string;
  @Text({ nullable: true, description: 'What the browser calls itself.' }) agent: string | null;
}

export class OwnSessionsAnswer {
  @ListOf(() => OwnSession, { description: 'Newest first.' }) items: OwnSession[];
}
