import { hash } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import { requireConfirmation } from '../../platform/auth/confirmation.js';
import type { ModeratorPrincipal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { conflict, invalid } from '../../platform/http/problem.js';
import { AccountLetters } from './account-letters.js';
import { ModeratorRepository } from './moderator.repository.js';
import { isCommonPassword } from './password-rules.js';
import { hashToken } from './session-token.js';

/** The account behind a session: its name, address and password. */
@Injectable()
export class OwnAccount {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly moderators: ModeratorRepository,
    private readonly letters: AccountLetters,
  ) {}

  /**
   * Sets name, address and password; every other session of the account ends. Where there is a password already, it
   * must have been given lately.
   *
   * @throws Problem 400 for a password that is tried first, 403 `confirm-required`, 409 `email-taken`
   */
  async setUp(
    token: string,
    principal: ModeratorPrincipal,
    account: { name: string; email: string; password: string },
  ): Promise<void> {
    const { moderatorId } = principal;
    const before = await this.database.inSystem((tx) => this.moderators.session(tx, hashToken(token)));
    if (before?.passwordHash) requireConfirmation(principal, this.clock.nowMs());
    if (isCommonPassword(account.password, [account.name, account.email])) {
      const message =
        'This is among the passwords that are tried first. A few words that only you put together are best.';
      throw invalid([{ pointer: '/password', code: 'too-common', message }]);
    }
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
          throw conflict('email-taken', 'Another account has this e-mail address.');
        }
        await this.moderators.endOtherSessions(tx, moderatorId, hashToken(token));
        await this.moderators.confirmSession(tx, hashToken(token), this.clock.now());
        // To the address before, which a thief cannot read.
        if (before?.passwordHash) await this.letters.tell(tx, moderatorId, 'password-changed', before.email);
      },
      { principal },
    );
  }
}
