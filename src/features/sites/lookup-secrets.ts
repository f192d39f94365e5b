import { randomBytes } from 'node:crypto';
import type { Secrets } from '../../platform/config/secrets.js';
import type { SiteId } from '../../platform/ids.js';
import type { LookupSettings } from './site-facts.js';

/** How long requests are also signed with the previous secret after a rotation. */
export const LOOKUP_OVERLAP_MS = 24 * 60 * 60 * 1000;

interface SealedSecret {
  secret: string;
  /** ISO 8601; null: the current secret. */
  until: string | null;
}

const contextOf = (siteId: SiteId): string => `look-up:${siteId}`;

const openSealedSecrets = (secrets: Secrets, siteId: SiteId, sealed: string): SealedSecret[] =>
  JSON.parse(secrets.open(sealed, contextOf(siteId))) as SealedSecret[];

export const openLookupSecrets = (
  secrets: Secrets,
  siteId: SiteId,
  sealed: string,
): LookupSettings['secrets'] =>
  openSealedSecrets(secrets, siteId, sealed).map(({ secret, until }) => ({
    secret,
    until: until === null ? null : new Date(until),
  }));

/** @param sealed the existing secrets; null: the first secret is created */
export function rotateLookupSecret(
  secrets: Secrets,
  siteId: SiteId,
  sealed: string | null,
  now: Date,
): { secret: string; sealed: string } {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const [current] = sealed === null ? [] : openSealedSecrets(secrets, siteId, sealed);
  const until = new Date(now.getTime() + LOOKUP_OVERLAP_MS).toISOString();
  const versions: SealedSecret[] = [
    { secret, until: null },
    ...(current ? [{ secret: current.secret, until }] : []),
  ];
  return { secret, sealed: secrets.seal(JSON.stringify(versions), contextOf(siteId)) };
}
