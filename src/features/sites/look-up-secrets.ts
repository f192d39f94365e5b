import { randomBytes } from 'node:crypto';
import type { Secrets } from '../../platform/config/secrets.js';
import type { SiteId } from '../../platform/ids.js';
import type { LookUpSettings } from './site-facts.js';

/** How long the secret before signs as well. */
export const LOOK_UP_OVERLAP_MS = 24 * 60 * 60 * 1000;

interface KeptSecret {
  secret: string;
  /** ISO 8601; null: in use. */
  until: string | null;
}

const contextOf = (siteId: SiteId): string => `look-up:${siteId}`;

const openKept = (secrets: Secrets, siteId: SiteId, sealed: string): KeptSecret[] =>
  JSON.parse(secrets.open(sealed, contextOf(siteId))) as KeptSecret[];

export const openLookUpSecrets = (
  secrets: Secrets,
  siteId: SiteId,
  sealed: string,
): LookUpSettings['secrets'] =>
  openKept(secrets, siteId, sealed).map(({ secret, until }) => ({
    secret,
    until: until === null ? null : new Date(until),
  }));

/** @param sealed those before; null: the first one is made */
export function renewLookUpSecret(
  secrets: Secrets,
  siteId: SiteId,
  sealed: string | null,
  now: Date,
): { secret: string; sealed: string } {
  const secret = `whsec_${randomBytes(32).toString('base64')}`;
  const [before] = sealed === null ? [] : openKept(secrets, siteId, sealed);
  const until = new Date(now.getTime() + LOOK_UP_OVERLAP_MS).toISOString();
  const kept: KeptSecret[] = [{ secret, until: null }, ...(before ? [{ secret: before.secret, until }] : [])];
  return { secret, sealed: secrets.seal(JSON.stringify(kept), contextOf(siteId)) };
}
