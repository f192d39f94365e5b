import type { ModeratorId, PublisherKeyId, ReaderId, SiteId } from '../ids.js';

export const KEY_SCOPES = ['publisher', 'moderation', 'score'] as const;
export type KeyScope = (typeof KEY_SCOPES)[number];

export const MODERATOR_ROLES = ['viewer', 'moderator', 'admin', 'owner'] as const;
/** Roles of a moderator on a site, weakest first. */
export type ModeratorRole = (typeof MODERATOR_ROLES)[number];

/** The bootstrap key, which has every scope on every site. */
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
  /**
   * The score, 0 to 1, that `comments:analyze` returns for a text in an unsupported language; null: it returns an
   * error.
   */
  readonly unreadScore: number | null;
}

export interface ModeratorPrincipal {
  readonly kind: 'moderator';
  readonly moderatorId: ModeratorId;
  readonly name: string;
  /** The role that applies to every site, or null. */
  readonly roleEverywhere: ModeratorRole | null;
  readonly roles: ReadonlyMap<SiteId, ModeratorRole>;
  /** The section names that the role is limited to, for each site with such a limit. */
  readonly sections: ReadonlyMap<SiteId, readonly string[]>;
  /** Sites that require a second factor which this session has not provided, so that all access to them is refused. */
  readonly sitesNeedingSecondFactor: ReadonlySet<SiteId>;
  /** When the moderator last entered the password or signed in during this session; null: long ago. */
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

/** Jobs, relays and startup tasks. */
export interface SystemPrincipal {
  readonly kind: 'system';
}

/** The moderator's role on this site: the stronger of the role there and the role on all sites; null: no role. */
export function roleOn(
  { roleEverywhere, roles }: Pick<ModeratorPrincipal, 'roleEverywhere' | 'roles'>,
  siteId: SiteId,
): ModeratorRole | null {
  const siteRole = roles.get(siteId) ?? null;
  if (siteRole === null || roleEverywhere === null) return siteRole ?? roleEverywhere;
  return MODERATOR_ROLES.indexOf(siteRole) > MODERATOR_ROLES.indexOf(roleEverywhere)
    ? siteRole
    : roleEverywhere;
}

export type Principal =
  AdminPrincipal | KeyPrincipal | ModeratorPrincipal | ReaderPrincipal | AnonymousPrincipal | SystemPrincipal;

/** The sections of this site that the caller is limited to; null: the whole site. Only moderators can be limited. */
export function sectionsOn(principal: Principal, siteId: SiteId): readonly string[] | null {
  if (principal.kind !== 'moderator') return null;
  const limit = principal.sections.get(siteId) ?? null;
  // The stronger role wins, and only its section limit applies.
  const appliesSiteRole =
    principal.roleEverywhere === null || roleOn(principal, siteId) !== principal.roleEverywhere;
  return appliesSiteRole ? limit : null;
}

export const ANONYMOUS: AnonymousPrincipal = { kind: 'anonymous' };
export const SYSTEM: SystemPrincipal = { kind: 'system' };

/** A stable identifier of the caller for idempotency records, rate limits and logs. It is never a secret. */
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
