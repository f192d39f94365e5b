import { MODERATOR_ROLES, type ModeratorRole } from '../api-types.js';

export const ROLE_LABELS: Readonly<Record<ModeratorRole, string>> = {
  owner: 'Owner',
  admin: 'Admin',
  moderator: 'Moderator',
  viewer: 'Viewer',
};

/** What each role may do, as part of a sentence. */
export const ROLE_DESCRIPTIONS: Readonly<Record<ModeratorRole, string>> = {
  owner: 'Everything, and the only one who makes or removes owners',
  admin: 'Decides, and manages settings, webhooks and the team',
  moderator: 'Decides about comments and readers',
  viewer: 'Reads everything, decides nothing',
};

/** These roles can be limited to sections of the site; owners and admins always have the whole site. */
export const mayBeLimited = (role: ModeratorRole): boolean => role === 'moderator' || role === 'viewer';

/** Whether a role change would lift a limit to sections, which needs a warning. */
export const isWidening = (
  { sections }: { sections: readonly string[] | null },
  role: ModeratorRole,
): boolean => sections !== null && !mayBeLimited(role);

/** Nobody may assign, change or remove a role above their own. Most privileged first. */
export function rolesUpTo(role: ModeratorRole): readonly ModeratorRole[] {
  return MODERATOR_ROLES.slice(MODERATOR_ROLES.indexOf(role));
}
