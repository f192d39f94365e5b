import { Injectable } from '@nestjs/common';
import { rateLimited } from '../../platform/http/problem.js';
import { clientNetwork } from '../../platform/limits/client-network.js';
import { Limits } from '../../platform/limits/limits.js';

const MINUTE_MS = 60_000;

/**
 * Attempts per account: a few per minute, and a lower rate over longer windows, so that the waiting time grows with
 * every further failure.
 */
const PER_ACCOUNT = [
  { max: 5, windowMs: MINUTE_MS },
  { max: 12, windowMs: 15 * MINUTE_MS },
  { max: 40, windowMs: 24 * 60 * MINUTE_MS },
];
/**
 * Six-digit codes can be guessed, even from many networks, so attempts are counted per account. The password or link
 * has already been verified, so strangers cannot exhaust these attempts. Recovery codes cannot be guessed, so they are
 * not counted here and can still be used.
 */
const PER_CODE = [
  { max: 6, windowMs: MINUTE_MS },
  { max: 15, windowMs: 15 * MINUTE_MS },
  { max: 60, windowMs: 24 * 60 * MINUTE_MS },
];
const PER_NETWORK = [
  { max: 30, windowMs: MINUTE_MS },
  { max: 300, windowMs: 60 * MINUTE_MS },
];

/**
 * Limits sign-in attempts. They are counted per network, and per account within a network. They are not counted per
 * account across networks, because guesses from elsewhere must not lock the owner out. The length of the password
 * protects against guesses from many networks. A confirmation requires an open session, so strangers cannot exhaust its
 * attempts, and they are also counted per account across networks.
 */
@Injectable()
export class SignInLimits {
  constructor(private readonly limits: Limits) {}

  /** @throws Problem 429 with the waiting time */
  async allow(ip: string, account: string | null): Promise<void> {
    const network = clientNetwork(ip);
    const rules = [
      ...PER_NETWORK.map((rule) => ({ ...rule, key: `sign-in:${network}:${rule.windowMs}` })),
      ...(account === null
        ? []
        : PER_ACCOUNT.map((rule) => ({ ...rule, key: `sign-in:${network}:${account}:${rule.windowMs}` }))),
    ];
    await this.hit(rules, 'Too many sign-in attempts; wait a moment.');
  }

  /**
   * Limits confirmations in an open session.
   * @throws Problem 429 with the waiting time
   */
  async allowConfirmation(ip: string, account: string): Promise<void> {
    await this.allow(ip, null);
    const rules = PER_ACCOUNT.map((rule) => ({ ...rule, key: `confirm:${account}:${rule.windowMs}` }));
    await this.hit(rules, 'Too many attempts to confirm your identity; wait a moment, or use a passkey.');
  }

  /**
   * Limits codes from an app.
   * @throws Problem 429 with the waiting time
   */
  allowCode(account: string): Promise<void> {
    const rules = PER_CODE.map((rule) => ({ ...rule, key: `sign-in-code:${account}:${rule.windowMs}` }));
    return this.hit(rules, 'You have tried too many codes; wait a moment, or use a recovery code.');
  }

  private async hit(
    rules: readonly { key: string; max: number; windowMs: number }[],
    detail: string,
  ): Promise<void> {
    for (const { key, max, windowMs } of rules) {
      const verdict = await this.limits.hitForGuess(key, max, windowMs);
      if (!verdict.allowed) throw rateLimited(verdict.retryAfterMs / 1000, detail);
    }
  }
}
