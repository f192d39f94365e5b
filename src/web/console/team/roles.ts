import { MODERATOR_ROLES, type ModeratorRole } from '../api-types.js';

export const ROLE_LABELS: Readonly<Record<ModeratorRole, string>> = {
  owner: 'Owner',
  admin: 'Admin',
  moderator: 'Moderator',
  viewer: 'Viewer',
};

/** What each may do, as a sentence goes. */
export const ROLE_DESCRIPTIONS: Readonly<Record<ModeratorRole, string>> = {
  owner: 'Everything, and the only one who makes or removes owners',
  admin: 'Decides, and manages settings, webhooks and the team',
  moderator: 'Decides about comments and readers',
  viewer: 'Reads everything, decides nothing',
};

/** These may be limited to sections of the site; owners and admins have all of it. */
export const mayBeLimited = (role: ModeratorRole): boolean => role === 'moderator' || role === 'viewer';

/** Whether another role would end a limit to sections, which has to be said before. */
export const isWidening = (
  { sections }: { sections: readonly string[] | null },
  role: ModeratorRole,
): boolean => sections !== null && !mayBeLimited(role);

/** Nobody gives, changes or takes away a role above their own; strongest first. */
export function rolesUpTo(own: ModeratorRole): readonly ModeratorRole[] {
  return MODERATOR_ROLES.slice(MODERATOR_ROLES.indexOf(own));
}
