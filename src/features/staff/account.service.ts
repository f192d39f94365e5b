import { hash } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { requireConfirmation } from '../../platform/auth/confirmation.js';
import type { ModeratorPrincipal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { conflict, invalid, type Problem } from '../../platform/http/problem.js';
import { AccountEmails } from './account-emails.js';
import { ModeratorRepository } from './moderator.repository.js';
import { faultOfPassword, type PasswordFault } from './password-rules.js';
import { SecondFactorsService } from './second-factors.service.js';
import { hashToken } from './session-token.js';

/** The account of the current session: its name, address and password. */
@Injectable()
export class AccountService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly moderators: ModeratorRepository,
    private readonly factors: SecondFactorsService,
    private readonly emails: AccountEmails,
  ) {}

  /**
   * Sets the name, address and password. All other sessions of the account end, and its sign-in links stop working. If
   * the account already has a password or a second factor, the session must have been confirmed recently.
   *
   * @throws Problem 400 `too-common`, `own-words` for a password that is easy to guess, 403 `confirm-required`, 409
   *   `email-taken`
   */
  async setUp(
    token: string,
    principal: ModeratorPrincipal,
    account: { name: string; email: string; password: string },
  ): Promise<void> {
    const { moderatorId } = principal;
    const { session, hasFactor, siteNames } = await this.database.inSystem(async (tx) => ({
      session: await this.moderators.session(tx, hashToken(token)),
      hasFactor: await this.factors.has(tx, moderatorId),
      siteNames: await this.siteNames(tx, principal),
    }));
    if (session?.passwordHash || hasFactor) requireConfirmation(principal, this.clock.nowMs());
    const fault = faultOfPassword(account.password, [account.name, account.email, 'Postbag', ...siteNames]);
    if (fault) throw guessablePassword(fault);
    const passwordHash = await hash(account.password);
    const email = account.email.trim().toLowerCase();
    await this.database.inSystem(
      async (tx) => {
        if (
          !(await this.moderators.setAccount(tx, {
            id: moderatorId,
            name: account.name.trim(),
            email,
            passwordHash,
          }))
        ) {
          throw conflict('email-taken', 'Another account already has this email address.');
        }
        await this.moderators.endOtherSessions(tx, moderatorId, hashToken(token));
        await this.moderators.dropLinks(tx, moderatorId);
        await this.moderators.confirmSession(tx, hashToken(token), this.clock.now());
        // Sent to the previous address, which somebody who took over the session cannot read.
        if (session?.passwordHash)
          await this.emails.notifyOfChange(tx, moderatorId, 'password-changed', session.email);
      },
      { principal },
    );
  }

  private async siteNames(tx: Tx, { roleEverywhere, roles }: ModeratorPrincipal): Promise<string[]> {
    const sites = await this.moderators.sites(tx, roleEverywhere ? null : [...roles.keys()]);
    return sites.map(({ name }) => name);
  }
}

const PASSWORD_ADVICE: Readonly<Record<PasswordFault, string>> = {
  'too-common':
    'This password is among the first that attackers try. Choose three or four words that only you would put together.',
  'own-words':
    'This password is made of your name, your address or the name of a site, which attackers try. Choose three or four words that have nothing to do with you.',
};

const guessablePassword = (fault: PasswordFault): Problem =>
  invalid([{ pointer: '/password', code: fault, message: PASSWORD_ADVICE[fault] }]);
