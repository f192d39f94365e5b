import { Injectable } from '@nestjs/common';
import { rateLimited } from '../../platform/http/problem.js';
import { clientNetwork } from '../../platform/limits/client-network.js';
import { Limits } from '../../platform/limits/limits.js';

const MINUTE_MS = 60_000;

/**
 * Tries for one account: few in a minute, then fewer and fewer over longer windows, so that waiting grows with every
 * round of failures.
 */
const PER_ACCOUNT = [
  { max: 5, windowMs: MINUTE_MS },
  { max: 12, windowMs: 15 * MINUTE_MS },
  { max: 40, windowMs: 24 * 60 * MINUTE_MS },
];
/**
 * Codes of six figures can be guessed, also from many places: those are counted per account. Whoever tries has shown
 * the password or the link before, so strangers cannot use these up; and recovery codes, which nobody guesses, are
 * not counted here and still work.
 */
const PER_CODE = [
  { max: 6, windowMs: MINUTE_MS },
  { max: 15, windowMs: 15 * MINUTE_MS },
  { max: 60, windowMs: 24 * 60 * MINUTE_MS },
];
const PER_ADDRESS = [
  { max: 30, windowMs: MINUTE_MS },
  { max: 300, windowMs: 60 * MINUTE_MS },
];

/**
 * Sign-in attempts are counted per network and account, never per account alone: guessing from elsewhere must not lock
 * out the owner of the account. Against guesses from many networks a password is protected by its length. Confirming
 * with a password takes an open session, so strangers cannot use those attempts up: they are counted per account too.
 */
@Injectable()
export class SignInLimits {
  constructor(private readonly limits: Limits) {}

  /** @throws Problem 429 with the time to wait */
  async allow(ip: string, account: string | null): Promise<void> {
    const place = clientNetwork(ip);
    const rules = [
      ...PER_ADDRESS.map((rule) => ({ ...rule, key: `sign-in:${place}:${rule.windowMs}` })),
      ...(account === null
        ? []
        : PER_ACCOUNT.map((rule) => ({ ...rule, key: `sign-in:${place}:${account}:${rule.windowMs}` }))),
    ];
    await this.hit(rules, 'Too many attempts to sign in; wait a moment.');
  }

  /** Confirming with the password in an open session. @throws Problem 429 with the time to wait */
  async allowConfirmation(ip: string, account: string): Promise<void> {
    await this.allow(ip, null);
    const rules = PER_ACCOUNT.map((rule) => ({ ...rule, key: `confirm:${account}:${rule.windowMs}` }));
    await this.hit(rules, 'Too many attempts to confirm; wait a moment, or use a passkey.');
  }

  /** Of an app's codes. @throws Problem 429 with the time to wait */
  allowCode(account: string): Promise<void> {
    const rules = PER_CODE.map((rule) => ({ ...rule, key: `sign-in-code:${account}:${rule.windowMs}` }));
    return this.hit(rules, 'Too many codes were tried; wait a moment, or use a recovery code.');
  }

  private async hit(
    rules: readonly { key: string; max: number; windowMs: number }[],
    detail: string,
  ): Promise<void> {
    for (const { key, max, windowMs } of rules) {
      const answer = await this.limits.hitByGuess(key, max, windowMs);
      if (!answer.allowed) throw rateLimited(answer.retryAfterMs / 1000, detail);
    }
  }
}
