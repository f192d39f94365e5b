import {
  decodeJwt,
  decodeProtectedHeader,
  errors,
  jwtVerify,
  type JWTPayload,
  type JWTVerifyGetKey,
} from 'jose';
import { isUuid } from '../../platform/ids.js';
import type { SiteFacts } from '../sites/site-facts.js';
import type { ReaderClaims } from './reader-claims.js';
import { isReaderKey, PUBLICATION_KEY } from './reader-key.js';
import { profileOf } from './reader-profile.js';

export const MAX_TOKEN_BYTES = 8_192;
export const LEEWAY_SECONDS = 30;
export const MAX_LIFETIME_SECONDS = 24 * 60 * 60;

const MAX_CLAIMED_TIERS = 50;

/**
 * Algorithms allowed for a site's tokens. The site's setting decides which family is used, never the token (RFC 8725,
 * sections 3.1 and 3.2).
 */
export const ALGORITHMS = {
  hmac: ['HS256'],
  'public-key': ['RS256', 'PS256', 'ES256', 'EdDSA'],
} as const;

/** A token was refused. The message is for the log; `problemsOfToken` explains the refusal to the publisher. */
export class TokenRefused extends Error {}

/**
 * Reads the audiences (site ids) of an unverified token, to find out which site's keys to use.
 *
 * @returns ids in the token's order; empty if the text is not a token
 */
export function audiencesOf(token: string): string[] {
  if (token.length > MAX_TOKEN_BYTES) return [];
  try {
    const { aud } = decodeJwt(token);
    return (Array.isArray(aud) ? aud : [aud]).filter((entry) => isUuid(entry)).slice(0, 10);
  } catch {
    return [];
  }
}

/**
 * Verifies a reader token by the rules of docs/entitlements.md and RFC 8725.
 *
 * @param keyFor returns the site's public key for the token's `kid`; not called if the site uses a secret
 * @param now decides expiry, with 30 s of leeway
 * @throws TokenRefused with the reason
 */
export async function checkReaderToken(
  token: string,
  site: SiteFacts,
  keyFor: JWTVerifyGetKey,
  now: Date,
): Promise<ReaderClaims> {
  if (Buffer.byteLength(token) > MAX_TOKEN_BYTES) throw new TokenRefused('larger than 8 kB');
  try {
    checkHeader(token);
    const payload = await verify(token, site, keyFor, now);
    return readClaims(payload, now);
  } catch (error) {
    if (error instanceof TokenRefused) throw error;
    if (error instanceof errors.JOSEError) throw new TokenRefused(`${error.code}: ${error.message}`);
    // WebCrypto reports unusable keys with these general error classes.
    if (error instanceof TypeError || error instanceof DOMException || error instanceof SyntaxError) {
      throw new TokenRefused(error.message);
    }
    throw error;
  }
}

/** `jku`, `x5u`, `x5c` and `jwk` are ignored: keys come only from the site's settings. */
function checkHeader(token: string): void {
  const header = decodeProtectedHeader(token);
  // No critical extensions are supported (RFC 7515, section 4.1.11).
  if ('crit' in header) throw new TokenRefused('the header has critical extensions');
  if (header.kid !== undefined && typeof header.kid !== 'string')
    throw new TokenRefused('kid is not a string');
}

async function verify(
  token: string,
  site: SiteFacts,
  keyFor: JWTVerifyGetKey,
  now: Date,
): Promise<JWTPayload> {
  const options = {
    algorithms: [...ALGORITHMS[site.sso.family]],
    audience: site.id,
    clockTolerance: LEEWAY_SECONDS,
    currentDate: now,
    requiredClaims: ['sub', 'name', 'exp'],
    ...(site.sso.issuer === null ? {} : { issuer: site.sso.issuer }),
  };
  if (site.sso.family === 'public-key') return (await jwtVerify(token, keyFor, options)).payload;

  const activeSecrets = site.sso.secrets.filter(({ until }) => until === null || until > now);
  let lastError: unknown = new TokenRefused('the site has no secret');
  for (const { key } of activeSecrets) {
    try {
      return (await jwtVerify(token, key, options)).payload;
    } catch (error) {
      lastError = error;
      if (!(error instanceof errors.JWSSignatureVerificationFailed)) break;
    }
  }
  throw lastError;
}

function readClaims(payload: JWTPayload, now: Date): ReaderClaims {
  const { sub, exp, iat } = payload;
  // jose has checked that these are numbers if present, but JSON can still express infinity as 1e999.
  if (exp === undefined || !Number.isFinite(exp)) throw new TokenRefused('exp is missing');
  if (iat !== undefined && (typeof iat !== 'number' || !Number.isFinite(iat)))
    throw new TokenRefused('iat is not a number');
  const nowSeconds = now.getTime() / 1000;
  if (iat !== undefined && iat > nowSeconds + LEEWAY_SECONDS) throw new TokenRefused('iat is in the future');
  const lifetimeSeconds = exp - (iat ?? nowSeconds);
  // Without `iat`, the lifetime is measured from this server's time, so leeway is added.
  if (lifetimeSeconds > MAX_LIFETIME_SECONDS + (iat === undefined ? LEEWAY_SECONDS : 0))
    throw new TokenRefused('the lifetime is longer than 24 h');
  if (payload.aud === undefined || !containsOnlyStrings(payload.aud))
    throw new TokenRefused('aud is not a string');
  if (!isReaderKey(sub)) throw new TokenRefused('sub must have 1 to 255 characters');
  if (sub === PUBLICATION_KEY) throw new TokenRefused('sub is reserved for the publication’s own account');
  const profile = profileOf(payload);
  if (!profile) throw new TokenRefused('name is missing');
  return {
    key: sub,
    ...profile,
    tiers: claimedTiers(payload),
    tierValidUntil: toDate(payload['tier_valid_until']),
    issuedAt: iat === undefined ? null : new Date(iat * 1000),
    expiresAt: new Date(exp * 1000),
  };
}

const containsOnlyStrings = (aud: unknown): boolean =>
  (Array.isArray(aud) ? aud : [aud]).every((entry) => typeof entry === 'string');

function claimedTiers(payload: JWTPayload): string[] {
  const entitlements: unknown = payload['entitlements'];
  const claimed: unknown[] = [
    payload['tier'],
    ...(Array.isArray(entitlements) ? (entitlements as unknown[]) : []),
  ];
  return claimed.filter((tier) => typeof tier === 'string').slice(0, MAX_CLAIMED_TIERS);
}

function toDate(seconds: unknown): Date | null {
  if (typeof seconds !== 'number') return null;
  const date = new Date(seconds * 1000);
  // If the claimed end is not a valid date, the claim counts as expired, so the epoch is returned.
  return Number.isNaN(date.getTime()) ? new Date(0) : date;
}
