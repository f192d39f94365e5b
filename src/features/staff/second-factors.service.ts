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

// Long enough to find the telephone; a secret that nobody finished with is not left lying.
const SET_UP_MS = 15 * 60_000;

export const FACTOR_METHODS = ['code', 'passkey', 'recovery-code'] as const;
export type FactorMethod = (typeof FACTOR_METHODS)[number];

/** What somebody brings besides the password or the link. */
export interface Proof {
  /** Of the app. */
  readonly code?: string;
  readonly recoveryCode?: string;
}

/**
 * `none`: the account has no second factor; `proven`: it was given; `needed`: it was not; `wrong`: what was given is
 * wrong, or was used before.
 */
export type FactorProof =
  | { readonly outcome: 'none' | 'proven' }
  | { readonly outcome: 'needed' | 'wrong'; readonly methods: readonly FactorMethod[] };

export interface SecondFactorState {
  app: { since: string } | null;
  recoveryCodesLeft: number;
  asked: boolean;
}

/** What an account proves itself by besides its password: set up, taken off, and asked for. */
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
      asked: await this.factors.isAskedFor(tx, id),
    }));
  }

  async has(tx: Tx, id: ModeratorId): Promise<boolean> {
    return (await this.methods(tx, id)).length > 0;
  }

  /**
   * Checks what was brought, and uses it up with the transaction. To be called only for somebody who has shown the
   * first factor: tries of codes are counted per account, and strangers must not be able to use them up.
   *
   * @throws Problem 429
   */
  async prove(tx: Tx, id: ModeratorId, { code, recoveryCode }: Proof): Promise<FactorProof> {
    const methods = await this.methods(tx, id);
    if (methods.length === 0) return { outcome: 'none' };
    if (recoveryCode !== undefined) {
      const hash = hashRecoveryCode(this.codeKey, id, recoveryCode);
      const isRight = await this.factors.useRecoveryCode(tx, id, hash, this.clock.now());
      if (isRight) await this.emails.notifyOfChange(tx, id, 'code-used', await this.addressOf(tx, id));
      return isRight ? { outcome: 'proven' } : { outcome: 'wrong', methods };
    }
    if (code === undefined) return { outcome: 'needed', methods };
    await this.limits.allowCode(id);
    const sealed = (await this.factors.totp(tx, id))?.secretSealed;
    const step = sealed ? stepOfCode(this.open(id, sealed), code, this.clock.nowMs()) : null;
    const isRight = step !== null && (await this.factors.useStep(tx, id, step));
    return isRight ? { outcome: 'proven' } : { outcome: 'wrong', methods };
  }

  /**
   * A secret for an app, which counts once a code has shown that the app has it. What counted before goes on until
   * then.
   */
  beginApp({ moderatorId, name }: ModeratorPrincipal): Promise<{ secret: string; uri: string }> {
    return this.database.inSystem(async (tx) => {
      const secret = newTotpSecret();
      const until = new Date(this.clock.nowMs() + SET_UP_MS);
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
   * The app counts from now on; other sessions of the account end.
   *
   * @returns recovery codes where the account had none yet, shown this once
   * @throws Problem 400 for a wrong code, 409 `not-begun`, 429
   */
  async finishApp(
    token: string,
    principal: ModeratorPrincipal,
    code: string,
  ): Promise<{ recoveryCodes: string[] | null }> {
    const id = principal.moderatorId;
    await this.limits.allowCode(id);
    return this.changing(principal, async (tx) => {
      const pending = await this.factors.totp(tx, id);
      const now = this.clock.now();
      if (!pending?.pendingSealed || !pending.pendingUntil || pending.pendingUntil <= now) {
        throw conflict('not-begun', 'Nothing is being set up, or it took too long: begin again.');
      }
      const step = stepOfCode(this.open(id, pending.pendingSealed), code, now.getTime());
      if (step === null) {
        const message = 'This is not what the app shows now. Look again; the telephone’s time must be right.';
        throw invalid([{ pointer: '/code', code: 'bad-code', message }]);
      }
      await this.factors.activate(tx, id, now, step);
      await this.emails.notifyOfChange(tx, id, 'app-set-up', await this.addressOf(tx, id));
      return { recoveryCodes: await this.afterFactorAdded(tx, id, token) };
    });
  }

  /** @throws Problem 409 `no-app`, `second-factor-asked` for the last factor where a site asks for one */
  removeApp(token: string, principal: ModeratorPrincipal): Promise<void> {
    const id = principal.moderatorId;
    return this.changing(principal, async (tx) => {
      if (!(await this.factors.dropTotp(tx, id))) {
        throw conflict('no-app', 'No app for one-time codes is set up.');
      }
      await this.emails.notifyOfChange(tx, id, 'app-removed', await this.addressOf(tx, id));
      await this.afterFactorRemoved(tx, id, token);
    });
  }

  /** New ones; those before no longer work. @throws Problem 409 `no-second-factor` */
  newCodes(principal: ModeratorPrincipal): Promise<string[]> {
    const id = principal.moderatorId;
    return this.changing(principal, async (tx) => {
      if (!(await this.has(tx, id))) {
        throw conflict('no-second-factor', 'Recovery codes stand in for a second factor: set one up first.');
      }
      await this.emails.notifyOfChange(tx, id, 'codes-made', await this.addressOf(tx, id));
      return this.makeCodes(tx, id);
    });
  }

  /** Everything of an account goes; its sessions and open links are the caller's business. */
  async reset(tx: Tx, id: ModeratorId): Promise<void> {
    await this.factors.lock(tx, id);
    await this.factors.dropTotp(tx, id);
    await this.passkeys.dropAll(tx, id);
    await this.factors.dropRecoveryCodes(tx, id);
    await this.emails.notifyOfChange(tx, id, 'factor-reset', await this.addressOf(tx, id));
  }

  private async methods(tx: Tx, id: ModeratorId): Promise<FactorMethod[]> {
    const own: FactorMethod[] = [];
    if ((await this.factors.totp(tx, id))?.secretSealed != null) own.push('code');
    if ((await this.passkeys.list(tx, id)).length > 0) own.push('passkey');
    return own.length > 0 ? [...own, 'recovery-code'] : [];
  }

  /**
   * After a factor was added: this session has proven it, the others end.
   *
   * @returns recovery codes where there were none
   */
  async afterFactorAdded(tx: Tx, id: ModeratorId, token: string): Promise<string[] | null> {
    await this.moderators.endOtherSessions(tx, id, hashToken(token));
    await this.moderators.proveSession(tx, hashToken(token), this.clock.now());
    return (await this.factors.recoveryCodesLeft(tx, id)) === 0 ? this.makeCodes(tx, id) : null;
  }

  /** After a factor was taken off. @throws Problem 409 `second-factor-asked` */
  async afterFactorRemoved(tx: Tx, id: ModeratorId, token: string): Promise<void> {
    if (!(await this.has(tx, id))) {
      if (await this.factors.isAskedFor(tx, id)) {
        throw conflict(
          'second-factor-asked',
          'A site you work for asks for a second factor: set up another one first.',
        );
      }
      await this.factors.dropRecoveryCodes(tx, id);
      await this.moderators.unproveSessions(tx, id);
    }
    await this.moderators.endOtherSessions(tx, id, hashToken(token));
  }

  private async makeCodes(tx: Tx, id: ModeratorId): Promise<string[]> {
    const codes = newRecoveryCodes();
    const hashes = codes.map((code) => hashRecoveryCode(this.codeKey, id, code));
    await this.factors.replaceRecoveryCodes(tx, id, hashes);
    return codes;
  }

  /** One transaction, in which nobody else changes what the account proves itself by. */
  changing<T>(principal: ModeratorPrincipal, work: (tx: Tx) => Promise<T>): Promise<T> {
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
