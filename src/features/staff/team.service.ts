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
/** Into an account that has been used, where more can be lost. */
const RECOVERY_LINK_MS = DAY_MS;

const rankOf = (role: ModeratorRole): number => MODERATOR_ROLES.indexOf(role);

/** A site's moderators. Owners, admins and keys of publishers come here; nobody gives more than they have. */
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
   * A new account with a role here, and the link that signs it in once, which is also sent to its address. An account that has the address already gets
   * the role and no link: a link of another's account would be a way into their other sites. It does so only where the
   * caller knows it: people write their own addresses, and nobody must come to a role by writing another's.
   *
   * @throws Problem 403 for a role above the caller's own, 400 for one of the whole site with sections, 409
   *   `already-member`, `account-elsewhere`
   */
  invite(ctx: SiteContext, { name, email, role, sections }: InvitationRequest): Promise<InvitationAnswer> {
    checkRank(ctx, role);
    const grant = grantOf(role, sections, null);
    const address = email?.trim().toLowerCase() ?? null;
    return this.changing(ctx, async (tx) => {
      const known = address === null ? null : await this.team.idByEmail(tx, address);
      if (known && (await this.team.find(tx, ctx, known))) {
        throw conflict('already-member', 'Somebody with this e-mail address is in the team already.');
      }
      if (known && !(await this.isKnownTo(tx, ctx.principal, known))) {
        throw conflict(
          'account-elsewhere',
          'An account that is in no team of yours has this address; whose it is was never shown. Invite them without it: the link makes another account. Or have whoever looks after their team, or runs this service, give it the role.',
        );
      }
      const at = this.clock.now();
      const id = known ?? newId<'moderator'>();
      if (!known) await this.team.addAccount(tx, { id, name: name.trim(), email: address, at });
      await this.team.setRole(tx, ctx, id, grant, at);
      const link = known ? null : await this.newLink(tx, id, INVITATION_MS);
      return this.invitation(tx, ctx, id, link);
    });
  }

  /**
   * Another link for somebody who lost the first, or the way to their account; the one before works no more. Who has
   * been here is told of it, and has a day.
   *
   * @throws Problem 404, 403 for an account that has a say where the caller has none
   */
  renewLink(ctx: SiteContext, wanted: string): Promise<InvitationAnswer> {
    return this.changing(ctx, async (tx) => {
      const member = await this.member(tx, ctx, wanted);
      checkRank(ctx, member.role);
      if (member.everywhere && ctx.principal.kind !== 'admin') throw everywhere();
      for (const { siteId, role } of await this.team.rolesOf(tx, member.id)) {
        const own = rankOn(ctx.principal, siteId);
        if (own < Math.max(rankOf('admin'), rankOf(role))) {
          throw forbidden('other-sites', 'This account also moderates where you have no say.');
        }
      }
      await this.moderators.dropLinks(tx, member.id);
      const isJoined = member.joinedAt !== null;
      if (isJoined) await this.emails.notifyOfChange(tx, member.id, 'link-made', member.email);
      const link = await this.newLink(tx, member.id, isJoined ? RECOVERY_LINK_MS : INVITATION_MS);
      return this.invitation(tx, ctx, member.id, link);
    });
  }

  /**
   * Takes the second factor off a colleague who lost it, and ends their sessions. With a new link or their password
   * they come back and set up another.
   *
   * @throws Problem 404, 403 for who is not an owner wherever the colleague has a role
   */
  resetSecondFactor(ctx: SiteContext, wanted: string): Promise<void> {
    return this.changing(ctx, async (tx) => {
      if (rankOn(ctx.principal, ctx.siteId) < rankOf('owner')) {
        throw forbidden('role-required', 'Only an owner of this site resets a second factor.');
      }
      const member = await this.member(tx, ctx, wanted);
      if (member.everywhere && ctx.principal.kind !== 'admin') throw everywhere();
      for (const { siteId } of await this.team.rolesOf(tx, member.id)) {
        if (rankOn(ctx.principal, siteId) < rankOf('owner')) {
          throw forbidden('other-sites', 'This account also moderates where you are no owner.');
        }
      }
      await this.factors.reset(tx, member.id);
      await this.moderators.dropLinks(tx, member.id);
      await this.team.dropSessions(tx, member.id);
    });
  }

  rules(ctx: SiteContext): Promise<TeamRules> {
    return this.database.inSite(ctx, async (tx) => ({
      secondFactor: await this.factorRows.rule(tx, ctx.siteId),
    }));
  }

  /** Sessions without a second factor can do nothing on this site from the next call on, the caller's own too. */
  setRules(ctx: SiteContext, { secondFactor }: TeamRules): Promise<TeamRules> {
    return this.changing(ctx, async (tx) => {
      await this.factorRows.setRule(tx, ctx.siteId, secondFactor);
      return { secondFactor };
    });
  }

  /**
   * @throws Problem 404, 403 for a role above the caller's own, before or after, 400 for one of the whole site with
   *   sections, 409 `last-owner`, `role-everywhere`
   */
  setRole(ctx: SiteContext, wanted: string, { role, sections }: RoleRequest): Promise<TeamMember> {
    return this.changing(ctx, async (tx) => {
      const member = await this.changeable(tx, ctx, wanted);
      checkRank(ctx, role);
      if (role !== 'owner') await this.requireAnotherOwner(tx, ctx, member);
      await this.team.setRole(tx, ctx, member.id, grantOf(role, sections, member.sections), this.clock.now());
      return memberOf((await this.team.find(tx, ctx, member.id))!);
    });
  }

  /** Their decisions stay under their name. @throws Problem as `setRole` */
  remove(ctx: SiteContext, wanted: string): Promise<void> {
    return this.changing(ctx, async (tx) => {
      const member = await this.changeable(tx, ctx, wanted);
      await this.requireAnotherOwner(tx, ctx, member);
      await this.team.dropRole(tx, ctx, member.id);
      if ((await this.team.rolesOf(tx, member.id)).length > 0) return;
      await this.moderators.dropLinks(tx, member.id);
      await this.team.dropSessions(tx, member.id);
      await this.team.dropAccount(tx, member.id);
    });
  }

  private changing<T>(ctx: SiteContext, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.inSite(ctx, async (tx) => {
      await this.team.lock(tx, ctx);
      return work(tx);
    });
  }

  /** Whoever runs the service knows every account; others those of the teams that they look after. */
  private async isKnownTo(tx: Tx, principal: Principal, account: ModeratorId): Promise<boolean> {
    if (principal.kind === 'admin') return true;
    if (principal.kind === 'moderator' && principal.roleEverywhere !== null) return true;
    const roles = await this.team.rolesOf(tx, account);
    return roles.some(({ siteId }) => rankOn(principal, siteId) >= rankOf('admin'));
  }

  private async member(tx: Tx, ctx: SiteContext, id: string): Promise<MemberRow> {
    const member = isUuid(id) ? await this.team.find(tx, ctx, id as ModeratorId) : null;
    if (!member) throw notFound('This moderator');
    return member;
  }

  private async changeable(tx: Tx, ctx: SiteContext, id: string): Promise<MemberRow> {
    const member = await this.member(tx, ctx, id);
    if (member.everywhere) throw everywhere();
    checkRank(ctx, member.role);
    return member;
  }

  private async requireAnotherOwner(tx: Tx, ctx: SiteContext, leaving: MemberRow): Promise<void> {
    if (leaving.role !== 'owner') return;
    const others = (await this.team.list(tx, ctx)).filter(
      ({ id, role, joinedAt }) => role === 'owner' && id !== leaving.id && joinedAt !== null,
    );
    if (others.length === 0)
      throw conflict('last-owner', 'A site keeps at least one owner who has signed in.');
  }

  private async newLink(
    tx: Tx,
    moderatorId: ModeratorId,
    goodForMs: number,
  ): Promise<{ url: string; expiresAt: Date }> {
    const token = newToken();
    const expiresAt = new Date(this.clock.nowMs() + goodForMs);
    await this.moderators.addLink(tx, {
      tokenHash: hashToken(token),
      moderatorId,
      expiresAt,
      printedAtStart: false,
    });
    // In the fragment, so that it is in no server's log.
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

/** Keys that may configure the site may do with its team what an owner may. */
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
  throw forbidden('role-required', `Only an owner of this site can do this with the role ${role}.`);
}

const everywhere = (): Problem =>
  conflict('role-everywhere', 'This role holds on every site and is not changed on one of them.');

/**
 * @param wanted left out: as before, where the role may have them
 * @throws Problem 400 for sections of a role that is the whole site's
 */
function grantOf(role: ModeratorRole, wanted: string[] | null | undefined, before: string[] | null): Grant {
  const isOfAll = rankOf(role) >= rankOf('admin');
  if (isOfAll && wanted) {
    const message = `The role ${role} is for the whole site: leave sections out, or choose moderator or viewer.`;
    throw invalid([{ pointer: '/sections', code: 'whole-site-role', message }]);
  }
  const sections = isOfAll ? null : wanted === undefined ? before : wanted;
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
