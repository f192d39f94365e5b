import {
  roleOn,
  type AdminPrincipal,
  type KeyPrincipal,
  type KeyScope,
  type ModeratorPrincipal,
  type ModeratorRole,
} from '../../platform/auth/principal.js';
import type { SiteId } from '../../platform/ids.js';

/** Who may call the publisher's routes. */
export type PublisherPrincipal = AdminPrincipal | KeyPrincipal | ModeratorPrincipal;

/** What a route asks of its caller: a key's scope, or to read only what is behind one. */
export type RequiredScope = KeyScope | 'moderation-read';

/** The scope that a key must have. */
export const keyScopeFor = (need: RequiredScope): KeyScope =>
  need === 'moderation-read' ? 'moderation' : need;

// What a moderator's role gives on its site. Scores are for programs, which have keys.
const ROLES_WITH: Record<RequiredScope, readonly ModeratorRole[]> = {
  publisher: ['admin', 'owner'],
  moderation: ['moderator', 'admin', 'owner'],
  'moderation-read': ['viewer', 'moderator', 'admin', 'owner'],
  score: [],
};

/** Whether the caller has the scope at all, on some site. */
export function hasScope(principal: PublisherPrincipal, scope: RequiredScope): boolean {
  switch (principal.kind) {
    case 'admin':
      return true;
    case 'key':
      return principal.scopes.includes(keyScopeFor(scope));
    case 'moderator':
      return [principal.roleEverywhere, ...principal.roles.values()].some(
        (role) => role !== null && ROLES_WITH[scope].includes(role),
      );
  }
}

/** What a caller may do with one site: `hidden` answers 404, `refused` 403, `closed` 403 until a second factor is given. */
export function siteAccess(
  principal: PublisherPrincipal,
  scope: RequiredScope,
  siteId: SiteId,
): 'allowed' | 'refused' | 'closed' | 'hidden' {
  switch (principal.kind) {
    case 'admin':
      return 'allowed';
    case 'key':
      if (!principal.scopes.includes(keyScopeFor(scope))) return 'refused';
      return principal.sites === null || principal.sites.includes(siteId) ? 'allowed' : 'hidden';
    case 'moderator': {
      const role = roleOn(principal, siteId);
      if (role === null) return 'hidden';
      if (principal.closed.has(siteId)) return 'closed';
      return ROLES_WITH[scope].includes(role) ? 'allowed' : 'refused';
    }
  }
}

/** The sites on which the caller has the scope; null: every one, also those to come. */
export function sitesWithScope(
  principal: PublisherPrincipal,
  scope: RequiredScope,
): readonly SiteId[] | null {
  switch (principal.kind) {
    case 'admin':
      return null;
    case 'key':
      return principal.sites;
    case 'moderator':
      if (principal.roleEverywhere && ROLES_WITH[scope].includes(principal.roleEverywhere)) return null;
      return [...principal.roles]
        .filter(([siteId, role]) => ROLES_WITH[scope].includes(role) && !principal.closed.has(siteId))
        .map(([siteId]) => siteId);
  }
}
