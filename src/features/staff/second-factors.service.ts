import { Inject, Injectable } from '@nestjs/common';
import type { ModeratorPrincipal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { SECRETS, type Secrets } from '../../platform/config/secrets.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { conflict, invalid } from '../../platform/http/problem.js';
import type { ModeratorId } from '../../platform/ids.js';
import { AccountEmails } from './account-emails.js';
import { ModeratorRepository } from './moderator.repository.js';
import { PasskeyRepository } from './passkey.repository.js';
import { hashRecoveryCode, newRecoveryCodes } from './recovery-codes.js';
import { SecondFactorRepository } from './second-factor.repository.js';
import { hashToken } from './session-token.js';
import { SignInLimits } from './sign-in-limits.js';
import { newTotpSecret, stepOfCode, totpUri } from './totp.js';

// Long enough to fetch the phone. After this, the secret can no longer be activated.
const SETUP_TIMEOUT_MS = 15 * 60_000;

export const FACTOR_METHODS = ['code', 'passkey', 'recovery-code'] as const;
export type FactorMethod = (typeof FACTOR_METHODS)[number];

/** The second factor sent in addition to the password or link. */
export interface Proof {
  /** A code from the app. */
  readonly code?: string;
  readonly recoveryCode?: string;
}

/**
 * `none`: the account has no second factor. `proven`: it was provided. `needed`: it was not provided. `wrong`: the
 * value was wrong or had been used before.
 */
export type FactorProof =
  | { readonly outcome: 'none' | 'proven' }
  | { readonly outcome: 'needed' | 'wrong'; readonly methods: readonly FactorMethod[] };

export interface SecondFactorState {
  app: { since: string } | null;
  recoveryCodesLeft: number;
  isRequired: boolean;
}

/** Sets up, removes and verifies the factors that an account uses in addition to its password. */
@Injectable()
export class SecondFactorsService {
  private readonly codeKey: Buffer;

  constructor(
    private readonly database: Database,
    private readonly factors: SecondFactorRepository,
    private readonly passkeys: PasskeyRepository,
    private readonly moderators: ModeratorRepository,
    private readonly limits: SignInLimits,
    private readonly emails: AccountEmails,
    private readonly clock: Clock,
    @Inject(SECRETS) private readonly secrets: Secrets,
  ) {
    this.codeKey = secrets.derive('recovery-codes');
  }

  state(id: ModeratorId): Promise<SecondFactorState> {
    return this.database.inSystem(async (tx) => ({
      app: appOf(await this.factors.totp(tx, id)),
      recoveryCodesLeft: await this.factors.recoveryCodesLeft(tx, id),
      isRequired: await this.factors.isRequired(tx, id),
    }));
  }

  async has(tx: Tx, id: ModeratorId): Promise<boolean> {
    return (await this.methods(tx, id)).length > 0;
  }

  /**
   * Verifies the second factor and marks the code as used in the transaction. Call it only after the first factor was
   * verified: attempts are counted per account, and strangers must not be able to exhaust them.
   *
   * @throws Problem 429
   */
  async prove(tx: Tx, id: ModeratorId, { code, recoveryCode }: Proof): Promise<FactorProof> {
    const methods = await this.methods(tx, id);
    if (methods.length === 0) return { outcome: 'none' };
    if (recoveryCode !== undefined) {
      const hash = hashRecoveryCode(this.codeKey, id, recoveryCode);
      const isValid = await this.factors.useRecoveryCode(tx, id, hash, this.clock.now());
      if (isValid) await this.emails.notifyOfChange(tx, id, 'code-used', await this.addressOf(tx, id));
      return isValid ? { outcome: 'proven' } : { outcome: 'wrong', methods };
    }
    if (code === undefined) return { outcome: 'needed', methods };
    await this.limits.allowCode(id);
    const sealed = (await this.factors.totp(tx, id))?.secretSealed;
    const step = sealed ? stepOfCode(this.open(id, sealed), code, this.clock.nowMs()) : null;
    const isValid = step !== null && (await this.factors.useStep(tx, id, step));
    return isValid ? { outcome: 'proven' } : { outcome: 'wrong', methods };
  }

  /**
   * Creates a secret for an app. `finishApp` activates it with a code from the app. Until then, the previous factors
   * stay in effect.
   */
  beginApp({ moderatorId, name }: ModeratorPrincipal): Promise<{ secret: string; uri: string }> {
    return this.database.inSystem(async (tx) => {
      const secret = newTotpSecret();
      const until = new Date(this.clock.nowMs() + SETUP_TIMEOUT_MS);
      await this.factors.setPending(
        tx,
        moderatorId,
        this.secrets.seal(secret, contextOf(moderatorId)),
        until,
      );
      return { secret, uri: totpUri(secret, (await this.addressOf(tx, moderatorId)) ?? name) };
    });
  }

  /**
   * Activates the app and ends all other sessions of the account.
   *
   * @returns recovery codes if the account had none yet, shown only this once
   * @throws Problem 400 for a wrong code, 409 `not-begun`, 429
   */
  async finishApp(
    token: string,
    principal: ModeratorPrincipal,
    code: string,
  ): Promise<{ recoveryCodes: string[] | null }> {
    const id = principal.moderatorId;
    await this.limits.allowCode(id);
    return this.inLockedTransaction(principal, async (tx) => {
      const pending = await this.factors.totp(tx, id);
      const now = this.clock.now();
      if (!pending?.pendingSealed || !pending.pendingUntil || pending.pendingUntil <= now) {
        throw conflict('not-begun', 'No setup is in progress, or it took too long. Start again.');
      }
      const step = stepOfCode(this.open(id, pending.pendingSealed), code, now.getTime());
      if (step === null) {
        const message =
          'This is not the code that the app shows now. Try the current code, and check that the phone’s clock is right.';
        throw invalid([{ pointer: '/code', code: 'bad-code', message }]);
      }
      await this.factors.activate(tx, id, now, step);
      await this.emails.notifyOfChange(tx, id, 'app-set-up', await this.addressOf(tx, id));
      return { recoveryCodes: await this.afterFactorAdded(tx, id, token) };
    });
  }

  /** @throws Problem 409 `no-app`; `last-second-factor` if it is the last factor and a site requires one */
  removeApp(token: string, principal: ModeratorPrincipal): Promise<void> {
    const id = principal.moderatorId;
    return this.inLockedTransaction(principal, async (tx) => {
      if (!(await this.factors.dropTotp(tx, id))) {
        throw conflict('no-app', 'No app for one-time codes is set up.');
      }
      await this.emails.notifyOfChange(tx, id, 'app-removed', await this.addressOf(tx, id));
      await this.afterFactorRemoved(tx, id, token);
    });
  }

  /**
   * Creates new recovery codes and invalidates the previous ones.
   * @throws Problem 409 `no-second-factor`
   */
  newCodes(principal: ModeratorPrincipal): Promise<string[]> {
    const id = principal.moderatorId;
    return this.inLockedTransaction(principal, async (tx) => {
      if (!(await this.has(tx, id))) {
        throw conflict(
          'no-second-factor',
          'Recovery codes replace a second factor when it is lost: set one up first.',
        );
      }
      await this.emails.notifyOfChange(tx, id, 'codes-made', await this.addressOf(tx, id));
      return this.createCodes(tx, id);
    });
  }

  /** Removes all second factors of an account. The caller must handle its sessions and open links. */
  async reset(tx: Tx, id: ModeratorId): Promise<void> {
    await this.factors.lock(tx, id);
    await this.factors.dropTotp(tx, id);
    await this.passkeys.dropAll(tx, id);
    await this.factors.dropRecoveryCodes(tx, id);
    await this.emails.notifyOfChange(tx, id, 'factor-reset', await this.addressOf(tx, id));
  }

  private async methods(tx: Tx, id: ModeratorId): Promise<FactorMethod[]> {
    const methods: FactorMethod[] = [];
    if ((await this.factors.totp(tx, id))?.secretSealed != null) methods.push('code');
    if ((await this.passkeys.list(tx, id)).length > 0) methods.push('passkey');
    return methods.length > 0 ? [...methods, 'recovery-code'] : [];
  }

  /**
   * Called after a factor was added: marks this session as verified and ends the others.
   *
   * @returns recovery codes if the account had none
   */
  async afterFactorAdded(tx: Tx, id: ModeratorId, token: string): Promise<string[] | null> {
    await this.moderators.endOtherSessions(tx, id, hashToken(token));
    await this.moderators.proveSession(tx, hashToken(token), this.clock.now());
    return (await this.factors.recoveryCodesLeft(tx, id)) === 0 ? this.createCodes(tx, id) : null;
  }

  /**
   * Called after a factor was removed.
   * @throws Problem 409 `last-second-factor`
   */
  async afterFactorRemoved(tx: Tx, id: ModeratorId, token: string): Promise<void> {
    if (!(await this.has(tx, id))) {
      if (await this.factors.isRequired(tx, id)) {
        throw conflict(
          'last-second-factor',
          'A site that you work for requires a second factor: set up another one first.',
        );
      }
      await this.factors.dropRecoveryCodes(tx, id);
      await this.moderators.clearSessionProofs(tx, id);
    }
    await this.moderators.endOtherSessions(tx, id, hashToken(token));
  }

  private async createCodes(tx: Tx, id: ModeratorId): Promise<string[]> {
    const codes = newRecoveryCodes();
    const hashes = codes.map((code) => hashRecoveryCode(this.codeKey, id, code));
    await this.factors.replaceRecoveryCodes(tx, id, hashes);
    return codes;
  }

  /** Runs `work` in a transaction that locks the account's factors. */
  inLockedTransaction<T>(principal: ModeratorPrincipal, work: (tx: Tx) => Promise<T>): Promise<T> {
    return this.database.inSystem(
      async (tx) => {
        await this.factors.lock(tx, principal.moderatorId);
        return work(tx);
      },
      { principal },
    );
  }

  private open(id: ModeratorId, sealed: string): string {
    return this.secrets.open(sealed, contextOf(id));
  }

  private async addressOf(tx: Tx, id: ModeratorId): Promise<string | null> {
    return (await this.moderators.byId(tx, id))?.email ?? null;
  }
}

const contextOf = (id: ModeratorId): string => `totp:${id}`;

const appOf = (row: { secretSealed: string | null; since: Date | null } | null): { since: string } | null =>
  row?.secretSealed && row.since ? { since: row.since.toISOString() } : null;
