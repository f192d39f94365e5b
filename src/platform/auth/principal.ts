import type { ModeratorId, PublisherKeyId, ReaderId, SiteId } from '../ids.js';

export const KEY_SCOPES = ['publisher', 'moderation', 'score'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

export const MODERATOR_ROLES = ['viewer', 'moderator', 'admin', 'owner'] as const;
/** What a moderator may do on a site, weakest first. */
export type ModeratorRole = (typeof MODERATOR_ROLES)[number];

/** The bootstrap key: every scope on every site. */
export interface AdminPrincipal {
  readonly kind: 'admin';
}

export interface KeyPrincipal {
  readonly kind: 'key';
  readonly keyId: PublisherKeyId;
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  /** null: every site. */
  readonly sites: readonly SiteId[] | null;
  /** What `comments:analyze` answers for a text in a language that is not read, 0 to 1; null: it refuses. */
  readonly unreadScore: number | null;
}

export interface ModeratorPrincipal {
  readonly kind: 'moderator';
  readonly moderatorId: ModeratorId;
  readonly name: string;
  /** A role that holds on every site, or null. */
  readonly roleEverywhere: ModeratorRole | null;
  readonly roles: ReadonlyMap<SiteId, ModeratorRole>;
  /** Where the role on a site is limited to sections: the names of these. */
  readonly sections: ReadonlyMap<SiteId, readonly string[]>;
  /** Sites that ask for a second factor, which this session has not given: nothing may be done there. */
  readonly closed: ReadonlySet<SiteId>;
  /** When they last gave their password or signed in, in this session; null: long ago. */
  readonly confirmedAt: Date | null;
}

export interface ReaderPrincipal {
  readonly kind: 'reader';
  readonly siteId: SiteId;
  readonly readerId: ReaderId;
  /** The token's `sub`. */
  readonly readerKey: string;
}

export interface AnonymousPrincipal {
  readonly kind: 'anonymous';
}

/** Jobs, relays and start-up work. */
export interface SystemPrincipal {
  readonly kind: 'system';
}

/** What the moderator may do on this site: the stronger of the role there and the one everywhere; null: nothing. */
export function roleOn(
  { roleEverywhere, roles }: Pick<ModeratorPrincipal, 'roleEverywhere' | 'roles'>,
  siteId: SiteId,
): ModeratorRole | null {
  const here = roles.get(siteId) ?? null;
  if (here === null || roleEverywhere === null) return here ?? roleEverywhere;
  return MODERATOR_ROLES.indexOf(here) > MODERATOR_ROLES.indexOf(roleEverywhere) ? here : roleEverywhere;
}

export type Principal =
  AdminPrincipal | KeyPrincipal | ModeratorPrincipal | ReaderPrincipal | AnonymousPrincipal | SystemPrincipal;

/** The sections of this site that the caller is limited to, of moderators alone; null: the whole site. */
export function sectionsOn(principal: Principal, siteId: SiteId): readonly string[] | null {
  if (principal.kind !== 'moderator') return null;
  const limit = principal.sections.get(siteId) ?? null;
  // Of two roles the stronger counts, with its limit or without.
  const isByRoleHere =
    principal.roleEverywhere === null || roleOn(principal, siteId) !== principal.roleEverywhere;
  return isByRoleHere ? limit : null;
}

export const ANONYMOUS: AnonymousPrincipal = { kind: 'anonymous' };
export const SYSTEM: SystemPrincipal = { kind: 'system' };

/** A stable name of the caller, for idempotency records, rate limits and the log; never a secret. */
export function callerOf(principal: Principal): string {
  switch (principal.kind) {
    case 'key':
      return `key:${principal.keyId}`;
    case 'moderator':
      return `moderator:${principal.moderatorId}`;
    case 'reader':
      return `reader:${principal.siteId}:${principal.readerId}`;
    case 'admin':
    case 'anonymous':
    case 'system':
      return principal.kind;
  }
}
