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

// From the redirect to the page that exchanges it.
const LINK_MS = 60_000;

/** `unknown`: they have no role on any site; `not-connected`: an account that is in use has their address. */
type SignInOutcome = { readonly link: string } | { readonly refused: 'unknown' | 'not-connected' };

/** `taken`: that person goes with another account here; `stale`: who wanted it is signed in no more. */
type ConnectOutcome = 'connected' | 'taken' | 'stale';

/** From who the newsroom's server says somebody is, to an account that was invited here. Nobody gets one by it. */
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
   * A one-time link for the account: the session is opened as by any other, which asks for the account's own second
   * factor, where it has one and the newsroom's server did not ask for one itself.
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
      // In the fragment, so that it is in no server's log.
      return { link: `${this.settings.publicUrl}/console/sign-in?by=sso#${token}` };
    });
  }

  /**
   * Whoever is signed in goes with this person from now on, and with nobody before; their other sessions end, as with
   * every change of how one signs in.
   *
   * @param session hash of the session's token
   */
  async connect(
    { issuer, subject }: Identity,
    { moderatorId: id, session }: { moderatorId: ModeratorId; session: string },
  ): Promise<ConnectOutcome> {
    const account = await this.database.inSystem((tx) => this.moderators.session(tx, session));
    if (account?.id !== id) return 'stale';
    const connecting = async (tx: Tx): Promise<ConnectOutcome> => {
      const known = await this.moderators.byIdentity(tx, issuer, subject);
      if (known === id) return 'connected';
      if (known) return 'taken';
      await this.moderators.dropIdentity(tx, issuer, id);
      const at = this.clock.now();
      if (!(await this.moderators.bindIdentity(tx, { issuer, subject, id, at }))) return 'taken';
      await this.moderators.endOtherSessions(tx, id, session);
      await this.emails.notifyOfChange(tx, id, 'sso-connected', account.email);
      return 'connected';
    };
    // So that the record says who did it.
    return this.database.inSystem(connecting, { principal: principalOf(account) });
  }

  /** Null: the account goes with nobody there. */
  connectedAt(id: ModeratorId): Promise<Date | null> {
    return this.database.inSystem((tx) => this.moderators.identitySince(tx, id));
  }

  /**
   * By the server's own word for the person: an address may pass on to somebody else. The first time by the address
   * that the server vouches for, but only to an invitation that nobody has taken up: what an account in use says of
   * its address is what whoever uses it wrote down, and one comes to it from inside (`connect`).
   */
  private async accountOf(
    tx: Tx,
    { issuer, subject, email }: Identity,
  ): Promise<{ id: ModeratorId } | { refused: 'unknown' | 'not-connected' }> {
    const known = await this.moderators.byIdentity(tx, issuer, subject);
    if (known) return (await this.moderators.hasRole(tx, known)) ? { id: known } : { refused: 'unknown' };
    const account = email === null ? null : await this.moderators.byEmail(tx, email);
    if (!account || !(await this.moderators.hasRole(tx, account.id))) return { refused: 'unknown' };
    if (account.joinedAt !== null) return { refused: 'not-connected' };
    const { id } = account;
    const at = this.clock.now();
    if (!(await this.moderators.bindIdentity(tx, { issuer, subject, id, at }))) return { refused: 'unknown' };
    // The invitation is taken up: its link opens nothing to whoever else holds it.
    await this.moderators.dropLinks(tx, id);
    return { id };
  }
}
