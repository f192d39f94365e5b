import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { maxEntries } from '../../platform/max-entries.js';
import { Clock } from '../../platform/clock.js';
import { Problem, unauthorized } from '../../platform/http/problem.js';
import type { SiteFacts } from '../sites/site-facts.js';
import type { ReaderClaims } from './reader-claims.js';
import { checkReaderToken, LEEWAY_SECONDS, TokenRefused } from './reader-token.js';
import { TokenVerificationKeys } from './token-verification-keys.js';
import { problemsOfToken, publicProblems, type TokenProblem } from './token-problems.js';

const MAX_CACHED_TOKENS = 50_000;
const CACHE_TTL_MS = 10 * 60_000;

interface CachedToken {
  readonly site: SiteFacts;
  readonly claims: ReaderClaims;
  readonly untilMs: number;
}

/** Verifies reader tokens. The result is cached until the site's settings change. */
@Injectable()
export class TokenCheck {
  private readonly logger = new Logger('reader-token');
  // The key is the token's hash, so that no token stays in memory after its request.
  private readonly cached = new LRUCache<string, CachedToken>({ ...maxEntries(MAX_CACHED_TOKENS) });

  constructor(
    private readonly keys: TokenVerificationKeys,
    private readonly clock: Clock,
  ) {}

  /**
   * @param site the site the token must be for
   * @param explain true for a developer: the 401 then lists the token's problems that may be shown publicly
   * @throws Problem 401; the reason is logged
   */
  async check(token: string, site: SiteFacts, explain = false): Promise<ReaderClaims> {
    const hash = createHash('sha256').update(token).digest('base64');
    const nowMs = this.clock.nowMs();
    const cached = this.cached.get(hash);
    if (cached && cached.site === site && nowMs < cached.untilMs) return cached.claims;
    this.cached.delete(hash);
    try {
      const claims = await checkReaderToken(token, site, this.keys.keysFor(site), new Date(nowMs));
      this.cached.set(hash, { site, claims, untilMs: this.cacheUntilMs(site, claims, nowMs) });
      return claims;
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error;
      this.logger.log({ event: 'reader-token.refused', siteId: site.id, reason: error.message });
      const problems = explain ? publicProblems(await this.problemsOf(token, site, false)) : null;
      throw invalidToken(problems);
    }
  }

  /** Returns the claims if the token is valid, and all its problems, for the publisher. */
  async examine(
    token: string,
    site: SiteFacts,
  ): Promise<{ claims: ReaderClaims | null; problems: TokenProblem[] }> {
    const problems = await this.problemsOf(token, site, true);
    try {
      return { claims: await this.check(token, site), problems };
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      return { claims: null, problems };
    }
  }

  private problemsOf(token: string, site: SiteFacts, forceRefetch: boolean): Promise<TokenProblem[]> {
    return problemsOfToken(token, site, this.keys.keysFor(site, forceRefetch), this.clock.now());
  }

  /**
   * The earliest of: the token's expiry, the expiry of any rotated secret, the next refresh of the site's keys, and
   * ten minutes.
   */
  private cacheUntilMs(site: SiteFacts, claims: ReaderClaims, nowMs: number): number {
    const secretEnds = site.sso.secrets.flatMap(({ until }) =>
      until && until.getTime() > nowMs ? [until.getTime()] : [],
    );
    return Math.min(
      claims.expiresAt.getTime() + LEEWAY_SECONDS * 1000,
      nowMs + CACHE_TTL_MS,
      this.keys.validUntilMs(site),
      ...secretEnds,
    );
  }
}

/** @param problems null if no explanation was requested */
export const invalidToken = (problems: readonly TokenProblem[] | null = null): Problem => {
  const { status, code, detail, headers } = unauthorized('The reader token is not valid.');
  return new Problem(status, code, detail, problems ? { problems } : {}, headers);
};
