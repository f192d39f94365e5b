import { randomBytes } from 'node:crypto';
import type { Secrets } from '../../platform/config/secrets.js';
import type { SiteId } from '../../platform/ids.js';
import type { SsoSecret } from './site-facts.js';

/** The secret in use first, then at most one that was rotated away. */
interface SealedSecret {
  secret: string;
  /** ISO 8601; null: in use. */
  until: string | null;
}

const contextOf = (siteId: SiteId): string => `sso:${siteId}`;

/** Text that a publisher can paste anywhere; 256 random bits. */
export const newSsoSecret = (): string => randomBytes(32).toString('base64url');

export function sealSsoSecrets(secrets: Secrets, siteId: SiteId, kept: readonly SealedSecret[]): string {
  return secrets.seal(JSON.stringify(kept), contextOf(siteId));
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

/** A new secret in front; the one before stays good until `oldUntil`, older ones go. */
export function rotateSsoSecret(
  secrets: Secrets,
  siteId: SiteId,
  sealed: string,
  oldUntil: Date | null,
): { secret: string; sealed: string } {
  const [current] = openSealedSecrets(secrets, siteId, sealed);
  const secret = newSsoSecret();
  const old = current && oldUntil ? [{ secret: current.secret, until: oldUntil.toISOString() }] : [];
  return { secret, sealed: sealSsoSecrets(secrets, siteId, [{ secret, until: null }, ...old]) };
}

/** The secret in use alone; null where no other counts. */
export function retireSsoSecret(secrets: Secrets, siteId: SiteId, sealed: string, now: Date): string | null {
  const kept = openSealedSecrets(secrets, siteId, sealed);
  if (!kept.some(({ until }) => until !== null && new Date(until) > now)) return null;
  return sealSsoSecrets(
    secrets,
    siteId,
    kept.filter(({ until }) => until === null),
  );
}
