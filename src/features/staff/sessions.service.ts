import { hash, verify } from '@node-rs/argon2';
import { Inject, Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { roleOn, sectionsOn, type ModeratorPrincipal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { notFound, Problem } from '../../platform/http/problem.js';
import { isUuid, newId, type SiteId } from '../../platform/ids.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { sitesWithScope } from '../sites/publisher-access.js';
import { ModeratorRepository, type Moderator, type SessionRow } from './moderator.repository.js';
import { PasskeysService } from './passkeys.service.js';
import { requireSecondFactor } from './require-second-factor.js';
import { SecondFactorsService, type Proof } from './second-factors.service.js';
import { hashToken, newToken } from './session-token.js';
import { SignInLimits } from './sign-in-limits.js';

const HOUR_MS = 60 * 60 * 1000;
export const MAX_IDLE_MS = 12 * HOUR_MS;
export const MAX_SESSION_MS = 7 * 24 * HOUR_MS;
// Practically unlimited. The link printed at startup ends when it is used or replaced, or when the process exits.
const PRINTED_LINK_MS = 10 * 365 * 24 * HOUR_MS;
// Precision of the idle time. Saves one write per request.
const LAST_SEEN_INTERVAL_MS = 60_000;

/**
 * The password is compared with this hash when no account has the address or the account has no password, so that the
 * response takes as long as for other accounts. Argon2id with the library's defaults, which are those that OWASP recommends (19 MiB, 2 passes).
 */
const DUMMY_HASH = hash(newToken());

const MAX_AGENT_CHARS = 300;

/** Where a sign-in request comes from. */
interface ClientInfo {
  readonly ip: string;
  /** The browser's `User-Agent`. */
  readonly agent: string | null;
}

interface AccountSessionView {
  id: string;
  current: boolean;
  createdAt: string;
  seenAt: string;
  agent: string | null;
}

export interface NewSession {
  token: string;
  expiresAt: Date;
}

export interface SessionView {
  moderator: {
    id: string;
    name: string;
    email: string | null;
    hasPassword: boolean;
    hasSecondFactor: boolean;
    mayAddSites: boolean;
  };
  sites: { id: string; name: string; role: string; sections: string[] | null; needsSecondFactor: boolean }[];
}

/** Signs moderators in and manages their sessions. */
@Injectable()
export class SessionsService implements OnModuleInit, OnApplicationShutdown {
  private hasPrintedLink = false;

  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly moderators: ModeratorRepository,
    private readonly limits: SignInLimits,
    private readonly factors: SecondFactorsService,
    private readonly passkeys: PasskeysService,
    private readonly ticker: Ticker,
    @Inject(SETTINGS) private readonly settings: Settings,
  ) {}

  onModuleInit(): void {
    this.ticker.every('moderator-sessions-ended', HOUR_MS, () =>
      this.database.inSystem((tx) =>
        this.moderators.dropEnded(tx, this.clock.now(), new Date(this.clock.nowMs() - MAX_IDLE_MS)),
      ),
    );
  }

  async onApplicationShutdown(): Promise<void> {
    if (this.hasPrintedLink) await this.database.inSystem((tx) => this.moderators.dropPrintedLinks(tx));
  }

  /**
   * Creates a sign-in link for the owner's account, and the account if there is none. The link works once. It
   * becomes invalid when the process exits or this method creates another.
   *
   * @returns the URL to open
   */
  async bootstrapLink(): Promise<string> {
    const token = newToken();
    const now = this.clock.now();
    await this.database.inSystem(async (tx) => {
      const moderatorId = await this.moderators.firstOwner(tx, {
        id: newId(now.getTime()),
        name: 'Owner',
        createdAt: now,
      });
      await this.moderators.dropPrintedLinks(tx);
      await this.moderators.addLink(tx, {
        tokenHash: hashToken(token),
        moderatorId,
        expiresAt: new Date(now.getTime() + PRINTED_LINK_MS),
        printedAtStart: true,
      });
    });
    this.hasPrintedLink = true;
    // The token is in the fragment so that it appears in no server log.
    return `${this.settings.publicUrl}/console/sign-in#${token}`;
  }

  /**
   * @throws Problem 401 `link-used` for a used, expired or unknown link; `second-factor-needed`, `bad-second-factor`;
   *   429
   */
  async signInByLink(link: string, proof: Proof, client: ClientInfo): Promise<NewSession> {
    await this.limits.allow(client.ip, null);
    // One transaction, so that the link stays valid if the second factor is missing or wrong.
    return this.database.inSystem(async (tx) => {
      const moderator = await this.moderators.useLink(tx, hashToken(link), this.clock.now());
      if (!moderator) {
        throw new Problem(401, 'link-used', 'This sign-in link has already been used or is no longer valid.');
      }
      if (moderator.proven) return this.createSession(tx, moderator, true, client);
      return this.openSession(tx, moderator, proof, client);
    });
  }

  /**
   * @throws Problem 401 `bad-credentials`, which is the same for an unknown address and a wrong password;
   *   `second-factor-needed`, `bad-second-factor`; 429
   */
  async signInByPassword(
    email: string,
    password: string,
    proof: Proof,
    client: ClientInfo,
  ): Promise<NewSession> {
    const address = email.trim().toLowerCase();
    await this.limits.allow(client.ip, address);
    const moderator = await this.database.inSystem((tx) => this.moderators.byEmail(tx, address));
    const isCorrect = await verify(moderator?.passwordHash ?? (await DUMMY_HASH), password);
    if (!moderator?.passwordHash || !isCorrect) {
      throw new Problem(401, 'bad-credentials', 'The email address or the password is wrong.');
    }
    return this.database.inSystem((tx) => this.openSession(tx, moderator, proof, client));
  }

  /** @throws Problem 401 `bad-passkey`, 429 */
  async signInByPasskey(assertion: object, client: ClientInfo): Promise<NewSession> {
    await this.limits.allow(client.ip, null);
    return this.database.inSystem(async (tx) => {
      const owner = await this.passkeys.ownerOf(tx, assertion);
      const moderator = owner && (await this.moderators.byId(tx, owner));
      if (!moderator)
        throw new Problem(
          401,
          'bad-passkey',
          'No account has this passkey, or the response came too late. Try again.',
        );
      return this.createSession(tx, moderator, true, client);
    });
  }

  /**
   * For the operator of the service: removes the second factors, unused sign-in links and sessions of an account.
   *
   * @returns false if no account has the address
   */
  async resetSecondFactorOf(email: string): Promise<boolean> {
    return this.database.inSystem(async (tx) => {
      const moderator = await this.moderators.byEmail(tx, email.trim().toLowerCase());
      if (!moderator) return false;
      await this.factors.reset(tx, moderator.id);
      await this.moderators.dropLinks(tx, moderator.id);
      await this.moderators.endOtherSessions(tx, moderator.id, '');
      return true;
    });
  }

  /**
   * For the operator of the service: ends the sessions of one account, or all sessions if no address is given.
   *
   * @returns the number of sessions ended; null if no account has the address
   */
  async endAll(email: string | null): Promise<number | null> {
    return this.database.inSystem(async (tx) => {
      if (email === null) return this.moderators.endSessions(tx, null);
      const moderator = await this.moderators.byEmail(tx, email.trim().toLowerCase());
      return moderator && this.moderators.endSessions(tx, moderator.id);
    });
  }

  /**
   * Returns the principal of the token's session; null if the session does not exist or has ended.
   *
   * @param isUserActive whether a person is active; requests without user action do not extend the session
   */
  async resolve(token: string, isUserActive: boolean): Promise<ModeratorPrincipal | null> {
    const tokenHash = hashToken(token);
    const now = this.clock.nowMs();
    return this.database.inSystem(async (tx) => {
      const session = await this.moderators.session(tx, tokenHash);
      if (!session || session.expiresAt.getTime() <= now || session.seenAt.getTime() <= now - MAX_IDLE_MS)
        return null;
      if (isUserActive && session.seenAt.getTime() < now - LAST_SEEN_INTERVAL_MS) {
        await this.moderators.touchSession(tx, tokenHash, this.clock.now());
      }
      return principalOf(session);
    });
  }

  /**
   * Gives the session a new token when it gains rights, so that the old token is useless to anyone who knows or planted
   * it (ASVS 5.0, 7.2.4). The session still ends at the same time.
   *
   * @returns null if the session has ended or another call has renewed it
   */
  async renew(oldToken: string): Promise<NewSession | null> {
    const token = newToken();
    const expiresAt = await this.database.inSystem((tx) =>
      this.moderators.renewSession(tx, hashToken(oldToken), hashToken(token)),
    );
    return expiresAt && { token, expiresAt };
  }

  async end(token: string): Promise<void> {
    await this.database.inSystem((tx) => this.moderators.endSession(tx, hashToken(token)));
  }

  /** Returns what the console shows about the current session; null if the session has ended in the meantime. */
  async view(token: string): Promise<SessionView | null> {
    return this.database.inSystem(async (tx) => {
      const session = await this.moderators.session(tx, hashToken(token));
      if (!session) return null;
      const principal = principalOf(session);
      const sites = await this.moderators.sites(
        tx,
        principal.roleEverywhere ? null : [...principal.roles.keys()],
      );
      return {
        moderator: {
          id: session.id,
          name: session.name,
          email: session.email,
          hasPassword: session.passwordHash !== null,
          hasSecondFactor: await this.factors.has(tx, session.id),
          mayAddSites: sitesWithScope(principal, 'publisher') === null,
        },
        sites: sites.map(({ id, name }) => ({
          id,
          name,
          role: roleOn(principal, id) ?? 'viewer',
          sections: sectionsOn(principal, id)?.slice() ?? null,
          needsSecondFactor:
            principal.sitesNeedingSecondFactor.has(id) ||
            (principal.roleEverywhere !== null && principal.sitesNeedingSecondFactor.size > 0),
        })),
      };
    });
  }

  /** Newest first; expired sessions are not included. */
  listSessions(token: string, { moderatorId }: ModeratorPrincipal): Promise<AccountSessionView[]> {
    return this.database.inSystem(async (tx) => {
      const idleSince = new Date(this.clock.nowMs() - MAX_IDLE_MS);
      const rows = await this.moderators.sessionsOf(tx, moderatorId, this.clock.now(), idleSince);
      const currentHash = hashToken(token);
      return rows.map(({ id, tokenHash, createdAt, seenAt, agent }) => ({
        id,
        current: tokenHash === currentHash,
        createdAt: createdAt.toISOString(),
        seenAt: seenAt.toISOString(),
        agent,
      }));
    });
  }

  /** @throws Problem 404 if the session does not belong to the account */
  async endSessionById({ moderatorId }: ModeratorPrincipal, id: string): Promise<void> {
    const isEnded =
      isUuid(id) && (await this.database.inSystem((tx) => this.moderators.endSessionOf(tx, moderatorId, id)));
    if (!isEnded) throw notFound('This session');
  }

  /** @throws Problem 401 `second-factor-needed`, `bad-second-factor`; 429 */
  private async openSession(
    tx: Tx,
    moderator: Moderator,
    proof: Proof,
    client: ClientInfo,
  ): Promise<NewSession> {
    const proven = requireSecondFactor(await this.factors.prove(tx, moderator.id, proof), 401);
    return this.createSession(tx, moderator, proven, client);
  }

  private async createSession(
    tx: Tx,
    moderator: Moderator,
    proven: boolean,
    { agent }: ClientInfo,
  ): Promise<NewSession> {
    const token = newToken();
    const tokenHash = hashToken(token);
    const at = this.clock.now();
    const expiresAt = new Date(at.getTime() + MAX_SESSION_MS);
    await this.moderators.addSession(tx, {
      tokenHash,
      moderatorId: moderator.id,
      at,
      expiresAt,
      agent: agent?.slice(0, MAX_AGENT_CHARS).toWellFormed() ?? null,
      proven,
    });
    await this.moderators.markJoined(tx, moderator.id, at);
    return { token, expiresAt };
  }
}

export function principalOf(session: SessionRow): ModeratorPrincipal {
  return {
    kind: 'moderator',
    moderatorId: session.id,
    name: session.name,
    roleEverywhere: session.roleEverywhere,
    confirmedAt: session.confirmedAt,
    sitesNeedingSecondFactor: new Set(session.provenAt === null ? sitesRequiringSecondFactor(session) : []),
    roles: new Map<SiteId, SessionRow['roles'][number]['role']>(
      session.roles.map(({ siteId, role }) => [siteId, role]),
    ),
    sections: new Map<SiteId, readonly string[]>(
      session.roles.flatMap(({ siteId, sections }) => (sections === null ? [] : [[siteId, sections]])),
    ),
  };
}

const sitesRequiringSecondFactor = ({ roles, requiringSecondFactor }: SessionRow): SiteId[] => [
  ...requiringSecondFactor,
  ...roles.filter(({ secondFactor }) => secondFactor).map(({ siteId }) => siteId),
];
