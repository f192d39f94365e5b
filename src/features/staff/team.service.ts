import { Inject, Injectable } from '@nestjs/common';
import {
  MODERATOR_ROLES,
  roleOn,
  type ModeratorRole,
  type Principal,
} from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { conflict, forbidden, invalid, notFound, type Problem } from '../../platform/http/problem.js';
import { isUuid, newId, type ModeratorId, type SiteId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { SiteSettings } from '../sites/site-settings.js';
import { AccountEmails } from './account-emails.js';
import { ModeratorRepository } from './moderator.repository.js';
import type { TeamRules } from './second-factor.dto.js';
import { SecondFactorRepository } from './second-factor.repository.js';
import { SecondFactorsService } from './second-factors.service.js';
import { hashToken, newToken } from './session-token.js';
import type { InvitationAnswer, InvitationRequest, RoleRequest, TeamAnswer, TeamMember } from './team.dto.js';
import { TeamRepository, type Grant, type MemberRow } from './team.repository.js';

const DAY_MS = 24 * 60 * 60 * 1000;
const INVITATION_MS = 7 * DAY_MS;
/** Shorter, because a link to an account that is already in use gives access to more. */
const RECOVERY_LINK_MS = DAY_MS;

const rankOf = (role: ModeratorRole): number => MODERATOR_ROLES.indexOf(role);

/**
 * Manages a site's moderators, for owners, admins and publisher keys. Callers cannot grant more rights than they have.
 */
@Injectable()
export class TeamService {
  constructor(
    private readonly database: Database,
    private readonly team: TeamRepository,
    private readonly moderators: ModeratorRepository,
    private readonly factors: SecondFactorsService,
    private readonly factorRows: SecondFactorRepository,
    private readonly emails: AccountEmails,
    private readonly sites: SiteSettings,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  list(ctx: SiteContext): Promise<TeamAnswer> {
    return this.database.inSite(ctx, async (tx) => ({
      items: (await this.team.list(tx, ctx)).map(memberOf),
      sections: await this.team.sections(tx, ctx),
    }));
  }

  /**
   * Creates an account with a role on this site, and a one-time sign-in link that is also sent to its address. An
   * existing account with the address gets the role but no link, because a link would give access to that account's
   * other sites. The caller must already know that account, because addresses are not verified: a person must not
   * get a role by entering somebody else's address.
   *
   * @throws Problem 403 for a role above the caller's own, 400 for sections with a role that covers the whole site, 409
   *   `already-member`, `account-elsewhere`
   */
  invite(ctx: SiteContext, { name, email, role, sections }: InvitationRequest): Promise<InvitationAnswer> {
    checkRank(ctx, role);
    const grant = grantOf(role, sections, null);
    const address = email?.trim().toLowerCase() ?? null;
    return this.inLockedTransaction(ctx, async (tx) => {
      const existing = address === null ? null : await this.team.idByEmail(tx, address);
      if (existing && (await this.team.find(tx, ctx, existing))) {
        throw conflict('already-member', 'Somebody with this email address is already on the team.');
      }
      if (existing && !(await this.mayKnowAccount(tx, ctx.principal, existing))) {
        throw conflict(
          'account-elsewhere',
          'This email address belongs to an account that is on none of your teams, and the address is not verified. Invite the person without the address; the link then creates a new account. Or ask an administrator of their team, or the operator of this service, to give that account the role.',
        );
      }
      const at = this.clock.now();
      const id = existing ?? newId<'moderator'>();
      if (!existing) await this.team.addAccount(tx, { id, name: name.trim(), email: address, createdAt: at });
      await this.team.setRole(tx, ctx, id, grant, at);
      const link = existing ? null : await this.newLink(tx, id, INVITATION_MS);
      return this.invitation(tx, ctx, id, link);
    });
  }

  /**
   * Creates another link for a member who lost the first one or lost access to their account. The previous link stops
   * working. Members who have already joined are notified, and their link is valid for one day.
   *
   * @throws Problem 404, 403 for an account with roles that the caller may not manage
   */
  renewLink(ctx: SiteContext, moderatorId: string): Promise<InvitationAnswer> {
    return this.inLockedTransaction(ctx, async (tx) => {
      const member = await this.findMember(tx, ctx, moderatorId);
      checkRank(ctx, member.role);
      if (member.everywhere && ctx.principal.kind !== 'admin') throw roleEverywhereProblem();
      for (const { siteId, role } of await this.team.rolesOf(tx, member.id)) {
        const callerRank = rankOn(ctx.principal, siteId);
        if (callerRank < Math.max(rankOf('admin'), rankOf(role))) {
          throw forbidden(
            'other-sites',
            'This account also moderates sites where your role does not allow this.',
          );
        }
      }
      await this.moderators.dropLinks(tx, member.id);
      const hasJoined = member.joinedAt !== null;
      if (hasJoined) await this.emails.notifyOfChange(tx, member.id, 'link-made', member.email);
      const link = await this.newLink(tx, member.id, hasJoined ? RECOVERY_LINK_MS : INVITATION_MS);
      return this.invitation(tx, ctx, member.id, link);
    });
  }

  /**
   * Removes the second factor of a colleague who lost it, and ends their sessions. They can return with a new link or
   * their password and set up another one.
   *
   * @throws Problem 404, 403 if the caller is not an owner of every site on which the colleague has a role
   */
  resetSecondFactor(ctx: SiteContext, moderatorId: string): Promise<void> {
    return this.inLockedTransaction(ctx, async (tx) => {
      if (rankOn(ctx.principal, ctx.siteId) < rankOf('owner')) {
        throw forbidden('role-required', 'Only an owner of this site can reset a second factor.');
      }
      const member = await this.findMember(tx, ctx, moderatorId);
      if (member.everywhere && ctx.principal.kind !== 'admin') throw roleEverywhereProblem();
      for (const { siteId } of await this.team.rolesOf(tx, member.id)) {
        if (rankOn(ctx.principal, siteId) < rankOf('owner')) {
          throw forbidden('other-sites', 'This account also moderates sites of which you are not an owner.');
        }
      }
      await this.factors.reset(tx, member.id);
      await this.moderators.dropLinks(tx, member.id);
      await this.team.dropSessions(tx, member.id);
    });
  }

  rules(ctx: SiteContext): Promise<TeamRules> {
    return this.database.inSite(ctx, async (tx) => ({
      secondFactor: await this.factorRows.requiresSecondFactor(tx, ctx.siteId),
    }));
  }

  /**
   * From the next request on, sessions without a second factor can do nothing on this site, including the caller's
   * own.
   */
  setRules(ctx: SiteContext, { secondFactor }: TeamRules): Promise<TeamRules> {
    return this.inLockedTransaction(ctx, async (tx) => {
      await this.factorRows.setRequiresSecondFactor(tx, ctx.siteId, secondFactor);
      return { secondFactor };
    });
  }

  /**
   * @throws Problem 404, 403 if the old or the new role is above the caller's own, 400 for sections with a role that
   *   covers the whole site, 409 `last-owner`, `role-everywhere`
   */
  setRole(ctx: SiteContext, moderatorId: string, { role, sections }: RoleRequest): Promise<TeamMember> {
    return this.inLockedTransaction(ctx, async (tx) => {
      const member = await this.findChangeable(tx, ctx, moderatorId);
      checkRank(ctx, role);
      if (role !== 'owner') await this.requireAnotherOwner(tx, ctx, member);
      await this.team.setRole(tx, ctx, member.id, grantOf(role, sections, member.sections), this.clock.now());
      return memberOf((await this.team.find(tx, ctx, member.id))!);
    });
  }

  /**
   * Removes a moderator. Their decisions keep their name.
   * @throws Problem as `setRole`
   */
  remove(ctx: SiteContext, moderatorId: string): Promise<void> {
    return this.inLockedTransaction(ctx, async (tx) => {
      const member = await this.findChangeable(tx, ctx, moderatorId);
      await this.requireAnotherOwner(tx, ctx, member);
      await this.team.dropRole(tx, ctx, member.id);
      if ((await this.team.rolesOf(tx, member.id)).length > 0) return;
      await this.moderators.dropLinks(tx, member.id);
      await this.team.dropSessions(tx, member.id);
      await this.team.dropAccount(tx, member.id);
    });
  }

  private inLockedTransaction<T>(ctx: SiteContext, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.inSite(ctx, async (tx) => {
      await this.team.lock(tx, ctx);
      return work(tx);
    });
  }

  /**
   * The operator of the service and staff with a role on all sites know every account. Others know the accounts in
   * the teams they manage.
   */
  private async mayKnowAccount(tx: Tx, principal: Principal, account: ModeratorId): Promise<boolean> {
    if (principal.kind === 'admin') return true;
    if (principal.kind === 'moderator' && principal.roleEverywhere !== null) return true;
    const roles = await this.team.rolesOf(tx, account);
    return roles.some(({ siteId }) => rankOn(principal, siteId) >= rankOf('admin'));
  }

  private async findMember(tx: Tx, ctx: SiteContext, id: string): Promise<MemberRow> {
    const member = isUuid(id) ? await this.team.find(tx, ctx, id as ModeratorId) : null;
    if (!member) throw notFound('This moderator');
    return member;
  }

  private async findChangeable(tx: Tx, ctx: SiteContext, id: string): Promise<MemberRow> {
    const member = await this.findMember(tx, ctx, id);
    if (member.everywhere) throw roleEverywhereProblem();
    checkRank(ctx, member.role);
    return member;
  }

  private async requireAnotherOwner(tx: Tx, ctx: SiteContext, member: MemberRow): Promise<void> {
    if (member.role !== 'owner') return;
    const others = (await this.team.list(tx, ctx)).filter(
      ({ id, role, joinedAt }) => role === 'owner' && id !== member.id && joinedAt !== null,
    );
    if (others.length === 0)
      throw conflict(
        'last-owner',
        'A site needs at least one owner who has signed in: make somebody else an owner first.',
      );
  }

  private async newLink(
    tx: Tx,
    moderatorId: ModeratorId,
    validForMs: number,
  ): Promise<{ url: string; expiresAt: Date }> {
    const token = newToken();
    const expiresAt = new Date(this.clock.nowMs() + validForMs);
    await this.moderators.addLink(tx, {
      tokenHash: hashToken(token),
      moderatorId,
      expiresAt,
      printedAtStart: false,
    });
    // The token is in the fragment so that it appears in no server log.
    return { url: `${this.settings.publicUrl}/console/sign-in#${token}`, expiresAt };
  }

  private async invitation(
    tx: Tx,
    ctx: SiteContext,
    id: ModeratorId,
    link: { url: string; expiresAt: Date } | null,
  ): Promise<InvitationAnswer> {
    const moderator = memberOf((await this.team.find(tx, ctx, id))!);
    if (link && moderator.state === 'invited') {
      const { name: site } = await this.sites.get(ctx.siteId);
      await this.emails.invite(tx, { id, email: moderator.email, site, link });
    }
    return { moderator, link: link?.url ?? null, expiresAt: link?.expiresAt.toISOString() ?? null };
  }
}

/** API keys that may configure the site have the rights of an owner. */
function rankOn(principal: Principal, siteId: SiteId): number {
  switch (principal.kind) {
    case 'admin':
      return rankOf('owner');
    case 'key':
      return principal.sites === null || principal.sites.includes(siteId) ? rankOf('owner') : -1;
    case 'moderator': {
      const role = roleOn(principal, siteId);
      return role === null ? -1 : rankOf(role);
    }
    default:
      return -1;
  }
}

function checkRank({ principal, siteId }: SiteContext, role: ModeratorRole): void {
  if (rankOn(principal, siteId) >= rankOf(role)) return;
  throw forbidden('role-required', `Only an owner of this site can grant or change the role ${role}.`);
}

const roleEverywhereProblem = (): Problem =>
  conflict('role-everywhere', 'This role applies to every site and cannot be changed on a single one.');

/**
 * @param requestedSections undefined: the previous sections, if the role can have any
 * @throws Problem 400 for sections with a role that covers the whole site
 */
function grantOf(
  role: ModeratorRole,
  requestedSections: string[] | null | undefined,
  previousSections: string[] | null,
): Grant {
  const coversWholeSite = rankOf(role) >= rankOf('admin');
  if (coversWholeSite && requestedSections) {
    const message = `The role ${role} covers the whole site: leave out the sections, or choose moderator or viewer.`;
    throw invalid([{ pointer: '/sections', code: 'whole-site-role', message }]);
  }
  const sections = coversWholeSite
    ? null
    : requestedSections === undefined
      ? previousSections
      : requestedSections;
  return { role, sections: sections && [...new Set(sections)].sort() };
}

function memberOf(row: MemberRow): TeamMember {
  const isActive = row.joinedAt !== null;
  return {
    id: row.id,
    name: row.name,
    email: row.email,
    role: row.role,
    sections: row.sections,
    everywhere: row.everywhere,
    state: isActive ? 'active' : 'invited',
    invitedUntil: isActive ? null : (row.invitedUntil?.toISOString() ?? null),
    since: row.since.toISOString(),
    seenAt: row.seenAt?.toISOString() ?? null,
    hasSecondFactor: row.hasSecondFactor,
  };
}
