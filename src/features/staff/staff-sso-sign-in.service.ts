import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { Database, type Tx } from '../../platform/database/database.js';
import type { ModeratorId } from '../../platform/ids.js';
import { AccountEmails } from './account-emails.js';
import { ModeratorRepository } from './moderator.repository.js';
import type { Identity } from './staff-sso.js';
import { hashToken, newToken } from './session-token.js';
import { principalOf } from './sessions.service.js';

// The time between the redirect and the page that exchanges the link.
const LINK_MS = 60_000;

/**
 * `unknown`: the person has no role on any site. `not-connected`: an account that is already in use has their
 * address.
 */
type SignInOutcome = { readonly link: string } | { readonly refused: 'unknown' | 'not-connected' };

/**
 * `taken`: the identity is linked to another account here. `stale`: the account that started the flow is no longer
 * signed in.
 */
type ConnectOutcome = 'connected' | 'taken' | 'stale';

/** Maps an identity from the single sign-on server to an invited account. It never creates accounts. */
@Injectable()
export class StaffSsoSignInService {
  constructor(
    private readonly database: Database,
    private readonly moderators: ModeratorRepository,
    private readonly emails: AccountEmails,
    private readonly clock: Clock,
    @Inject(SETTINGS) private readonly settings: Pick<Settings, 'publicUrl'>,
  ) {}

  /**
   * Creates a one-time link for the account. Signing in with it requires the account's second factor if there is one,
   * as with any other link, unless the single sign-on server has already verified one.
   */
  linkFor(identity: Identity): Promise<SignInOutcome> {
    return this.database.inSystem(async (tx) => {
      const account = await this.accountOf(tx, identity);
      if ('refused' in account) return account;
      const token = newToken();
      await this.moderators.addLink(tx, {
        tokenHash: hashToken(token),
        moderatorId: account.id,
        expiresAt: new Date(this.clock.nowMs() + LINK_MS),
        printedAtStart: false,
        proven: identity.isProven,
      });
      // The token is in the fragment so that it appears in no server log.
      return { link: `${this.settings.publicUrl}/console/sign-in?by=sso#${token}` };
    });
  }

  /**
   * Links the signed-in account to this identity, instead of any previous one. Other sessions of the account end, as
   * with every change to how an account signs in.
   *
   * @param session hash of the session's token
   */
  async connect(
    { issuer, subject }: Identity,
    { moderatorId: id, session }: { moderatorId: ModeratorId; session: string },
  ): Promise<ConnectOutcome> {
    const account = await this.database.inSystem((tx) => this.moderators.session(tx, session));
    if (account?.id !== id) return 'stale';
    const linkIdentity = async (tx: Tx): Promise<ConnectOutcome> => {
      const linkedId = await this.moderators.byIdentity(tx, issuer, subject);
      if (linkedId === id) return 'connected';
      if (linkedId) return 'taken';
      await this.moderators.dropIdentity(tx, issuer, id);
      const at = this.clock.now();
      if (!(await this.moderators.bindIdentity(tx, { issuer, subject, id, at }))) return 'taken';
      await this.moderators.endOtherSessions(tx, id, session);
      await this.emails.notifyOfChange(tx, id, 'sso-connected', account.email);
      return 'connected';
    };
    // The principal becomes the actor in the audit log.
    return this.database.inSystem(linkIdentity, { principal: principalOf(account) });
  }

  /** When the account was linked; null: it is not linked. */
  connectedAt(id: ModeratorId): Promise<Date | null> {
    return this.database.inSystem((tx) => this.moderators.identitySince(tx, id));
  }

  /**
   * Finds the account by the `sub` claim, because an email address can be reassigned to another person. At the first
   * sign-in, it uses the address that the server has verified, but only for an unused invitation. The address of an
   * account that is already in use is not verified, so such an account can only be linked by its user (`connect`).
   */
  private async accountOf(
    tx: Tx,
    { issuer, subject, email }: Identity,
  ): Promise<{ id: ModeratorId } | { refused: 'unknown' | 'not-connected' }> {
    const linkedId = await this.moderators.byIdentity(tx, issuer, subject);
    if (linkedId)
      return (await this.moderators.hasRole(tx, linkedId)) ? { id: linkedId } : { refused: 'unknown' };
    const account = email === null ? null : await this.moderators.byEmail(tx, email);
    if (!account || !(await this.moderators.hasRole(tx, account.id))) return { refused: 'unknown' };
    if (account.joinedAt !== null) return { refused: 'not-connected' };
    const { id } = account;
    const at = this.clock.now();
    if (!(await this.moderators.bindIdentity(tx, { issuer, subject, id, at }))) return { refused: 'unknown' };
    // The invitation has been accepted, so its link must no longer work for anyone else who has it.
    await this.moderators.dropLinks(tx, id);
    return { id };
  }
}
