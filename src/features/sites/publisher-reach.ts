import type {
  AdminPrincipal,
  KeyPrincipal,
  KeyScope,
  ModeratorPrincipal,
  ModeratorRole,
} from '../../platform/auth/principal.js';
import type { SiteId } from '../../platform/ids.js';

/** Who may call the publisher's routes. */
export type PublisherPrincipal = AdminPrincipal | KeyPrincipal | ModeratorPrincipal;

// What a moderator's role gives on its site. Scores are for programs, which have keys.
const ROLES_WITH: Record<KeyScope, readonly ModeratorRole[]> = {
  publisher: ['admin', 'owner'],
  moderation: ['moderator', 'admin', 'owner'],
  score: [],
};

/** Whether the caller has the scope at all, on some site. */
export function hasScope(principal: PublisherPrincipal, scope: KeyScope): boolean {
  switch (principal.kind) {
    case 'admin':
      return true;
    case 'key':
      return principal.scopes.includes(scope);
    case 'moderator':
      return [principal.roleEverywhere, ...principal.roles.values()].some(
        (role) => role !== null && ROLES_WITH[scope].includes(role),
      );
  }
}

/** What a caller may do with one site: `hidden` answers 404, `refused` 403. */
export function reachOf(
  principal: PublisherPrincipal,
  scope: KeyScope,
  siteId: SiteId,
): 'allowed' | 'refused' | 'hidden' {
  switch (principal.kind) {
    case 'admin':
      return 'allowed';
    case 'key':
      if (!principal.scopes.includes(scope)) return 'refused';
      return principal.sites === null || principal.sites.includes(siteId) ? 'allowed' : 'hidden';
    case 'moderator': {
      const roles = [principal.roleEverywhere, principal.roles.get(siteId) ?? null].filter(
        (role) => role !== null,
      );
      if (roles.some((role) => ROLES_WITH[scope].includes(role))) return 'allowed';
      return roles.length > 0 ? 'refused' : 'hidden';
    }
  }
}

/** The sites on which the caller has the scope; null: every one, also those to come. */
export function sitesWith(principal: PublisherPrincipal, scope: KeyScope): readonly SiteId[] | null {
  switch (principal.kind) {
    case 'admin':
      return null;
    case 'key':
      return principal.sites;
    case 'moderator':
      if (principal.roleEverywhere && ROLES_WITH[scope].includes(principal.roleEverywhere)) return null;
      return [...principal.roles]
        .filter(([, role]) => ROLES_WITH[scope].includes(role))
        .map(([siteId]) => siteId);
  }
}
