import { verify } from '@node-rs/argon2';
import { Injectable } from '@nestjs/common';
import type { ModeratorPrincipal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Database } from '../../platform/database/database.js';
import { conflict, forbidden, Problem } from '../../platform/http/problem.js';
import { ModeratorRepository } from './moderator.repository.js';
import { PasskeysService } from './passkeys.service.js';
import { requireSecondFactor } from './require-second-factor.js';
import { SecondFactorsService, type Proof } from './second-factors.service.js';
import { hashToken } from './session-token.js';
import { SignInLimits } from './sign-in-limits.js';

/** The client's origin, for rate limits. */
interface ClientInfo {
  readonly ip: string;
}

/** Re-authentication within an open session. */
@Injectable()
export class ConfirmationsService {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly moderators: ModeratorRepository,
    private readonly limits: SignInLimits,
    private readonly factors: SecondFactorsService,
    private readonly passkeys: PasskeysService,
  ) {}

  /**
   * Verifies the password or second factor again, for actions that require more than an open session. Attempts are
   * limited per network, as at sign-in, and per account across all networks.
   *
   * @throws Problem 403 `bad-password`, `second-factor-needed`, `bad-second-factor`; 409 `no-password` for an account
   *   with neither a password nor a second factor; 429
   */
  async confirm(
    token: string,
    { moderatorId }: ModeratorPrincipal,
    { password, ...proof }: Proof & { password?: string },
    { ip }: ClientInfo,
  ): Promise<void> {
    await this.limits.allowConfirmation(ip, moderatorId);
    const tokenHash = hashToken(token);
    const session = await this.database.inSystem((tx) => this.moderators.session(tx, tokenHash));
    if (!session) throw new Problem(401, 'no-session', 'Sign in to the console.');
    const { passwordHash } = session;
    if (passwordHash !== null && !(await verify(passwordHash, password ?? ''))) {
      throw forbidden('bad-password', 'The password is wrong.');
    }
    await this.database.inSystem(async (tx) => {
      const factorProof = await this.factors.prove(tx, moderatorId, proof);
      if (passwordHash === null && factorProof.outcome === 'none') {
        throw conflict('no-password', 'This account has no password yet: set one in your account first.');
      }
      const isProven = requireSecondFactor(factorProof, 403);
      const at = this.clock.now();
      await this.moderators.confirmSession(tx, tokenHash, at);
      if (isProven) await this.moderators.proveSession(tx, tokenHash, at);
    });
  }

  /**
   * Confirms with one of the account's passkeys, which needs no password.
   * @throws Problem 403 `bad-passkey`, 429
   */
  async confirmByPasskey(
    token: string,
    { moderatorId }: ModeratorPrincipal,
    assertion: object,
    { ip }: ClientInfo,
  ): Promise<void> {
    await this.limits.allow(ip, `confirm-passkey:${moderatorId}`);
    await this.database.inSystem(async (tx) => {
      if ((await this.passkeys.ownerOf(tx, assertion)) !== moderatorId) {
        throw forbidden(
          'bad-passkey',
          'This is not a passkey of your account, or the response came too late. Try again.',
        );
      }
      const at = this.clock.now();
      await this.moderators.confirmSession(tx, hashToken(token), at);
      await this.moderators.proveSession(tx, hashToken(token), at);
    });
  }
}
