import {
  roleOn,
  type AdminPrincipal,
  type KeyPrincipal,
  type KeyScope,
  type ModeratorPrincipal,
  type ModeratorRole,
} from '../../platform/auth/principal.js';
import type { SiteId } from '../../platform/ids.js';

/** Callers allowed on the publisher's routes. */
export type PublisherPrincipal = AdminPrincipal | KeyPrincipal | ModeratorPrincipal;

/** The access that a route requires: a key scope, or only the read access that is part of one. */
export type RequiredScope = KeyScope | 'moderation-read';

/** The scope that a key needs. */
export const keyScopeFor = (required: RequiredScope): KeyScope =>
  required === 'moderation-read' ? 'moderation' : required;

// The roles that include each scope. No role includes `score`: programs use keys for scoring.
const ROLES_WITH: Record<RequiredScope, readonly ModeratorRole[]> = {
  publisher: ['admin', 'owner'],
  moderation: ['moderator', 'admin', 'owner'],
  'moderation-read': ['viewer', 'moderator', 'admin', 'owner'],
  score: [],
};

/** Whether the caller has the scope on at least one site. */
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

/**
 * What a caller may do with a site: `hidden` results in 404, `refused` in 403, `closed` in 403 until a second factor
 * is provided.
 */
export function siteAccess(
  principal: PublisherPrincipal,
  scope: RequiredScope,
  siteId: SiteId,
): 'allowed' | 'refused' | 'needs-second-factor' | 'hidden' {
  switch (principal.kind) {
    case 'admin':
      return 'allowed';
    case 'key':
      if (!principal.scopes.includes(keyScopeFor(scope))) return 'refused';
      return principal.sites === null || principal.sites.includes(siteId) ? 'allowed' : 'hidden';
    case 'moderator': {
      const role = roleOn(principal, siteId);
      if (role === null) return 'hidden';
      if (principal.sitesNeedingSecondFactor.has(siteId)) return 'needs-second-factor';
      return ROLES_WITH[scope].includes(role) ? 'allowed' : 'refused';
    }
  }
}

/**
 * The sites on which the caller has the scope; null: all sites, including future ones. The scopes of a key are not
 * checked: see `hasScope`.
 */
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
        .filter(
          ([siteId, role]) =>
            ROLES_WITH[scope].includes(role) && !principal.sitesNeedingSecondFactor.has(siteId),
        )
        .map(([siteId]) => siteId);
  }
}
