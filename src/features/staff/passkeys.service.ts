import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
  WebAuthnCredential,
} from '@simplewebauthn/server';
import type { ModeratorPrincipal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { SETTINGS, type Settings } from '../../platform/config/settings.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { conflict, invalid, notFound } from '../../platform/http/problem.js';
import { isUuid, newId, type ModeratorId } from '../../platform/ids.js';
import { Ticker } from '../../platform/jobs/ticker.js';
import { AccountEmails } from './account-emails.js';
import { ModeratorRepository } from './moderator.repository.js';
import type { ModeratorPasskeyEntity } from './moderator-passkey.entity.js';
import { PasskeyRepository } from './passkey.repository.js';
import { SecondFactorsService } from './second-factors.service.js';
import { isLoopback } from './session-cookie.js';
import { SignInLimits } from './sign-in-limits.js';

const CHALLENGE_MS = 5 * 60_000;
// Format of credential ids (WebAuthn, section 4: at most 1,023 bytes) and of challenges.
const BASE64URL = /^[A-Za-z0-9_-]{1,1364}$/;
const MAX_PASSKEYS = 20;
// Transports that browsers may report (WebAuthn, section 5.8.4); any others are dropped.
const TRANSPORTS = new Set(['ble', 'cable', 'hybrid', 'internal', 'nfc', 'smart-card', 'usb']);

/**
 * Loaded on first use, because it takes a sixth of the total module load time and few processes need it.
 */
const webauthn = (): Promise<typeof import('@simplewebauthn/server')> => import('@simplewebauthn/server');

export interface PasskeyView {
  id: string;
  name: string;
  createdAt: string;
  usedAt: string | null;
}

/**
 * Passkeys (WebAuthn). The device verifies its user before it uses a passkey, so a passkey alone is sufficient to sign
 * in. Passkeys are bound to the host of PUBLIC_URL. Browsers require https, except on localhost.
 */
@Injectable()
export class PasskeysService implements OnModuleInit {
  private readonly origin: string;
  private readonly rpId: string;
  readonly areAvailable: boolean;

  constructor(
    private readonly database: Database,
    private readonly passkeys: PasskeyRepository,
    private readonly moderators: ModeratorRepository,
    private readonly factors: SecondFactorsService,
    private readonly limits: SignInLimits,
    private readonly emails: AccountEmails,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
    @Inject(SETTINGS) { publicUrl }: Pick<Settings, 'publicUrl'>,
  ) {
    const url = new URL(publicUrl);
    this.origin = url.origin;
    this.rpId = url.hostname;
    // WebAuthn requires a domain name and does not accept an IP address (section 5.1.3).
    this.areAvailable =
      /[a-z]/i.test(url.hostname) &&
      !url.hostname.startsWith('[') &&
      (url.protocol === 'https:' || isLoopback(url.hostname));
  }

  onModuleInit(): void {
    this.ticker.every('passkey-challenges-ended', CHALLENGE_MS, () =>
      this.database.inSystem((tx) => this.passkeys.dropEndedChallenges(tx, this.clock.now())),
    );
  }

  list(id: ModeratorId): Promise<PasskeyView[]> {
    return this.database.inSystem(async (tx) => (await this.passkeys.list(tx, id)).map(viewOf));
  }

  /**
   * Returns the options from which a browser creates a passkey.
   * @throws Problem 409 `no-passkeys-here`, `too-many-passkeys`
   */
  async beginRegistration({
    moderatorId,
    name,
  }: ModeratorPrincipal): Promise<PublicKeyCredentialCreationOptionsJSON> {
    this.requireAvailable();
    const { generateRegistrationOptions } = await webauthn();
    return this.database.inSystem(async (tx) => {
      const existing = await this.passkeys.list(tx, moderatorId);
      if (existing.length >= MAX_PASSKEYS) {
        throw conflict(
          'too-many-passkeys',
          `An account can have at most ${MAX_PASSKEYS} passkeys: remove one first.`,
        );
      }
      const account = await this.moderators.byId(tx, moderatorId);
      const options = await generateRegistrationOptions({
        rpName: 'Postbag',
        rpID: this.rpId,
        userID: new Uint8Array(Buffer.from(moderatorId.replaceAll('-', ''), 'hex')),
        userName: account?.email ?? name,
        userDisplayName: name,
        attestationType: 'none',
        timeout: CHALLENGE_MS,
        authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
        excludeCredentials: existing.map(({ credentialId }) => ({ id: credentialId })),
      });
      await this.passkeys.addChallenge(tx, options.challenge, moderatorId, this.challengeExpiry());
      return options;
    });
  }

  /**
   * Stores the passkey that the browser created and ends all other sessions of the account.
   *
   * @returns the passkey, and recovery codes if the account had none yet
   * @throws Problem 400 for an invalid response, 409 `passkey-known`
   */
  finishRegistration(
    token: string,
    principal: ModeratorPrincipal,
    name: string,
    response: object,
  ): Promise<{ passkey: PasskeyView; recoveryCodes: string[] | null }> {
    this.requireAvailable();
    const owner = principal.moderatorId;
    return this.factors.inLockedTransaction(principal, async (tx) => {
      const credential = await this.verifyRegistration(tx, owner, response as RegistrationResponseJSON);
      const row: ModeratorPasskeyEntity = {
        id: newId(this.clock.nowMs()),
        moderatorId: owner,
        credentialId: credential.id,
        publicKey: Buffer.from(credential.publicKey),
        counter: String(credential.counter),
        transports: (credential.transports ?? []).filter((transport) => TRANSPORTS.has(transport)),
        name: name.trim(),
        createdAt: this.clock.now(),
        usedAt: null,
      };
      if (!(await this.passkeys.add(tx, row))) {
        throw conflict('passkey-known', 'This passkey is already registered.');
      }
      await this.emails.notifyOfChange(tx, owner, 'passkey-added', await this.addressOf(tx, owner));
      return { passkey: viewOf(row), recoveryCodes: await this.factors.afterFactorAdded(tx, owner, token) };
    });
  }

  /** @throws Problem 404 if the passkey does not belong to the account */
  rename({ moderatorId }: ModeratorPrincipal, id: string, name: string): Promise<PasskeyView> {
    return this.database.inSystem(async (tx) => {
      const row = isUuid(id) ? await this.passkeys.rename(tx, moderatorId, id, name.trim()) : null;
      if (!row) throw notFound('This passkey');
      return viewOf(row);
    });
  }

  /** @throws Problem 404; 409 `last-second-factor` if it is the last factor and a site requires one */
  remove(token: string, principal: ModeratorPrincipal, id: string): Promise<void> {
    const owner = principal.moderatorId;
    return this.factors.inLockedTransaction(principal, async (tx) => {
      if (!isUuid(id) || !(await this.passkeys.drop(tx, owner, id))) throw notFound('This passkey');
      await this.emails.notifyOfChange(tx, owner, 'passkey-removed', await this.addressOf(tx, owner));
      await this.factors.afterFactorRemoved(tx, owner, token);
    });
  }

  /**
   * Returns a challenge for the browser to sign. The account is not known until the browser responds.
   * @throws Problem 409, 429
   */
  async challenge(ip: string): Promise<PublicKeyCredentialRequestOptionsJSON> {
    this.requireAvailable();
    await this.limits.allow(ip, null);
    const { generateAuthenticationOptions } = await webauthn();
    const options = await generateAuthenticationOptions({
      rpID: this.rpId,
      userVerification: 'required',
      timeout: CHALLENGE_MS,
    });
    await this.database.inSystem((tx) =>
      this.passkeys.addChallenge(tx, options.challenge, null, this.challengeExpiry()),
    );
    return options;
  }

  /**
   * Finds the owner of the passkey that signed the response. The challenge is deleted in the transaction.
   *
   * @returns null for an invalid response: for another host, expired, already used, without user verification by the
   *   device, or with an unknown passkey
   */
  async ownerOf(tx: Tx, assertion: object): Promise<ModeratorId | null> {
    if (!this.areAvailable) return null;
    const response = assertion as AuthenticationResponseJSON;
    const row =
      typeof response.id === 'string' && BASE64URL.test(response.id)
        ? await this.passkeys.byCredential(tx, response.id)
        : null;
    if (!row) return null;
    const now = this.clock.now();
    const { verifyAuthenticationResponse } = await webauthn();
    const verification = await this.verifyOrNull(tx, null, (expectedChallenge) =>
      verifyAuthenticationResponse({
        response,
        expectedChallenge,
        expectedOrigin: this.origin,
        expectedRPID: this.rpId,
        requireUserVerification: true,
        credential: {
          id: row.credentialId,
          publicKey: new Uint8Array(row.publicKey),
          counter: Number(row.counter),
          transports: row.transports,
        },
      }),
    );
    if (!verification?.verified) return null;
    await this.passkeys.use(tx, row.id, verification.authenticationInfo.newCounter, now);
    return row.moderatorId;
  }

  private async verifyRegistration(
    tx: Tx,
    owner: ModeratorId,
    response: RegistrationResponseJSON,
  ): Promise<WebAuthnCredential> {
    const { verifyRegistrationResponse } = await webauthn();
    const verification = await this.verifyOrNull(tx, owner, (expectedChallenge) =>
      verifyRegistrationResponse({
        response,
        expectedChallenge,
        expectedOrigin: this.origin,
        expectedRPID: this.rpId,
        requireUserVerification: true,
      }),
    );
    if (!verification?.verified) {
      const message = 'This response does not match the challenge, or it came too late. Start again.';
      throw invalid([{ pointer: '/response', code: 'bad-passkey', message }]);
    }
    return verification.registrationInfo.credential;
  }

  /**
   * Calls a verification function of the library, which throws for every invalid or malformed response. Database errors
   * are rethrown.
   *
   * @returns null if the library threw
   */
  private async verifyOrNull<T>(
    tx: Tx,
    owner: ModeratorId | null,
    verify: (expectedChallenge: (challenge: string) => Promise<boolean>) => Promise<T>,
  ): Promise<T | null> {
    let databaseFailure: { error: unknown } | undefined;
    const consumeChallenge = (challenge: string): Promise<boolean> => {
      if (!BASE64URL.test(challenge)) return Promise.resolve(false);
      return this.passkeys.takeChallenge(tx, challenge, owner, this.clock.now()).catch((error: unknown) => {
        databaseFailure = { error };
        return false;
      });
    };
    const result = await verify(consumeChallenge).catch(() => null);
    if (databaseFailure) throw databaseFailure.error;
    return result;
  }

  private requireAvailable(): void {
    if (this.areAvailable) return;
    throw conflict(
      'no-passkeys-here',
      'Passkeys need a PUBLIC_URL with https and a host name. Without https, browsers allow passkeys only on localhost.',
    );
  }

  private challengeExpiry(): Date {
    return new Date(this.clock.nowMs() + CHALLENGE_MS);
  }

  private async addressOf(tx: Tx, id: ModeratorId): Promise<string | null> {
    return (await this.moderators.byId(tx, id))?.email ?? null;
  }
}

const viewOf = ({ id, name, createdAt, usedAt }: ModeratorPasskeyEntity): PasskeyView => ({
  id,
  name,
  createdAt: createdAt.toISOString(),
  usedAt: usedAt?.toISOString() ?? null,
});
