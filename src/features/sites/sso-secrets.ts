import { randomBytes } from 'node:crypto';
import type { Secrets } from '../../platform/config/secrets.js';
import type { SiteId } from '../../platform/ids.js';
import type { SsoSecret } from './site-facts.js';

/** The list starts with the current secret, followed by at most one that was rotated out. */
interface SealedSecret {
  secret: string;
  /** ISO 8601; null: the current secret. */
  until: string | null;
}

const contextOf = (siteId: SiteId): string => `sso:${siteId}`;

/** 256 random bits, as text that can be pasted anywhere. */
export const newSsoSecret = (): string => randomBytes(32).toString('base64url');

export function sealSsoSecrets(secrets: Secrets, siteId: SiteId, versions: readonly SealedSecret[]): string {
  return secrets.seal(JSON.stringify(versions), contextOf(siteId));
}

function openSealedSecrets(secrets: Secrets, siteId: SiteId, sealed: string): SealedSecret[] {
  return JSON.parse(secrets.open(sealed, contextOf(siteId))) as SealedSecret[];
}

export function openSsoSecrets(secrets: Secrets, siteId: SiteId, sealed: string): SsoSecret[] {
  return openSealedSecrets(secrets, siteId, sealed).map(({ secret, until }) => ({
    key: Buffer.from(secret, 'utf8'),
    until: until === null ? null : new Date(until),
  }));
}

/**
 * Puts a new secret first. The previous one stays valid until `previousUntil` (null: it ends now). Older ones are
 * dropped.
 */
export function rotateSsoSecret(
  secrets: Secrets,
  siteId: SiteId,
  sealed: string,
  previousUntil: Date | null,
): { secret: string; sealed: string } {
  const [current] = openSealedSecrets(secrets, siteId, sealed);
  const secret = newSsoSecret();
  const previous =
    current && previousUntil ? [{ secret: current.secret, until: previousUntil.toISOString() }] : [];
  return { secret, sealed: sealSsoSecrets(secrets, siteId, [{ secret, until: null }, ...previous]) };
}

/** Keeps only the current secret. Returns null if no other secret is valid. */
export function retireSsoSecret(secrets: Secrets, siteId: SiteId, sealed: string, now: Date): string | null {
  const versions = openSealedSecrets(secrets, siteId, sealed);
  if (!versions.some(({ until }) => until !== null && new Date(until) > now)) return null;
  return sealSsoSecrets(
    secrets,
    siteId,
    versions.filter(({ until }) => until === null),
  );
}
