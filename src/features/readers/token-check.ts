import { createHash } from 'node:crypto';
import { Injectable, Logger } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { upTo } from '../../platform/cache-size.js';
import { Clock } from '../../platform/clock.js';
import { unauthorized } from '../../platform/http/problem.js';
import type { SiteFacts } from '../sites/site-facts.js';
import type { ReaderClaims } from './reader-claims.js';
import { checkReaderToken, LEEWAY_SECONDS, TokenRefused } from './reader-token.js';
import { SiteKeys } from './site-keys.js';

const MAX_TOKENS_HELD = 50_000;
/** A key that is withdrawn from a JWKS address stops counting this long after its copy here went. */
const HELD_MS = 10 * 60_000;

interface Held {
  readonly site: SiteFacts;
  readonly claims: ReaderClaims;
  readonly untilMs: number;
}

/** Checks reader tokens, each once as long as its site's settings stay as they are. */
@Injectable()
export class TokenCheck {
  private readonly logger = new Logger('reader-token');
  // By hash: no token is kept in memory beyond its request.
  private readonly held = new LRUCache<string, Held>({ ...upTo(MAX_TOKENS_HELD) });

  constructor(
    private readonly keys: SiteKeys,
    private readonly clock: Clock,
  ) {}

  /**
   * @param site whose token it must be
   * @throws Problem 401; the reason goes to the log
   */
  async check(token: string, site: SiteFacts): Promise<ReaderClaims> {
    const hash = createHash('sha256').update(token).digest('base64');
    const nowMs = this.clock.nowMs();
    const held = this.held.get(hash);
    if (held && held.site === site && nowMs < held.untilMs) return held.claims;
    this.held.delete(hash);
    try {
      const claims = await checkReaderToken(token, site, this.keys.of(site), new Date(nowMs));
      this.held.set(hash, { site, claims, untilMs: heldUntilMs(site, claims, nowMs) });
      return claims;
    } catch (error) {
      if (!(error instanceof TokenRefused)) throw error;
      this.logger.log({ event: 'reader-token.refused', siteId: site.id, reason: error.message });
      throw unauthorized('The reader token is not valid.');
    }
  }
}

/** Until its end, a rotated secret's end (whichever secret it was), or ten minutes. */
function heldUntilMs(site: SiteFacts, claims: ReaderClaims, nowMs: number): number {
  const secretEnds = site.sso.secrets.flatMap(({ until }) =>
    until && until.getTime() > nowMs ? [until.getTime()] : [],
  );
  return Math.min(claims.expiresAt.getTime() + LEEWAY_SECONDS * 1000, nowMs + HELD_MS, ...secretEnds);
}
