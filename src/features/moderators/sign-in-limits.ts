import { isIPv6 } from 'node:net';
import { Injectable } from '@nestjs/common';
import { rateLimited } from '../../platform/http/problem.js';
import { Limits } from '../../platform/limits/limits.js';

const MINUTE_MS = 60_000;

/**
 * How often one place may try: few times in a minute, then fewer and fewer over longer windows, so that
 * waiting grows with every round of failures.
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
const PER_PLACE = [
  { max: 30, windowMs: MINUTE_MS },
  { max: 300, windowMs: 60 * MINUTE_MS },
];

/**
 * Tries are counted per place and account, never per account alone: guessing from elsewhere must not lock
 * out the one whose account it is. What protects a password from many places is its length.
 */
@Injectable()
export class SignInLimits {
  constructor(private readonly limits: Limits) {}

  /** @throws Problem 429 with the time to wait */
  async allow(ip: string, account: string | null): Promise<void> {
    const place = placeOf(ip);
    const rules = [
      ...PER_PLACE.map((rule) => ({ ...rule, key: `sign-in:${place}:${rule.windowMs}` })),
      ...(account === null
        ? []
        : PER_ACCOUNT.map((rule) => ({ ...rule, key: `sign-in:${place}:${account}:${rule.windowMs}` }))),
    ];
    await this.hit(rules, 'Too many attempts to sign in; wait a moment.');
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
      const answer = await this.limits.hit(key, max, windowMs);
      if (!answer.allowed) throw rateLimited(answer.retryAfterMs / 1000, detail);
    }
  }
}

/** One household or office: an IPv4 address, or the /64 of an IPv6 one. */
export function placeOf(ip: string): string {
  const mapped = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(ip)?.[1];
  if (mapped) return mapped;
  if (!isIPv6(ip)) return ip;
  const [head = '', tail] = ip.split('%')[0].split('::');
  const left = head === '' ? [] : head.split(':');
  const right = tail === undefined || tail === '' ? [] : tail.split(':');
  const full =
    tail === undefined
      ? left
      : [...left, ...Array<string>(8 - left.length - right.length).fill('0'), ...right];
  return full
    .slice(0, 4)
    .map((group) => group.toLowerCase().replace(/^0+(?=.)/, ''))
    .join(':');
}
