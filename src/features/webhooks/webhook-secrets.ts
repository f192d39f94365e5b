import { randomBytes } from 'node:crypto';
import type { Secrets } from '../../platform/config/secrets.js';
import type { WebhookEndpointId } from '../../platform/ids.js';

/** How an endpoint's secrets are stored: newest first. */
export interface KeptSecret {
  readonly sealed: string;
  /** ISO 8601; null: the one in use. */
  readonly until: string | null;
}

/** How long the secret before still signs besides the new one (contracts-notes, section 1). */
export const OVERLAP_MS = 24 * 60 * 60 * 1000;
const SECRET_BYTES = 32;

const contextOf = (id: WebhookEndpointId): string => `webhook:${id}`;

/** `whsec_` and base64 of 32 random bytes, as Standard Webhooks writes symmetric secrets. */
export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

export function keepSecret(secrets: Secrets, id: WebhookEndpointId, secret: string): KeptSecret[] {
  return [{ sealed: secrets.seal(secret, contextOf(id)), until: null }];
}

/** A new secret in front; the one in use until now keeps signing for the overlap, older ones go. */
export function rotate(
  secrets: Secrets,
  id: WebhookEndpointId,
  kept: readonly KeptSecret[],
  secret: string,
  now: Date,
): KeptSecret[] {
  const until = new Date(now.getTime() + OVERLAP_MS).toISOString();
  return [...keepSecret(secrets, id, secret), ...kept.slice(0, 1).map(({ sealed }) => ({ sealed, until }))];
}

/** The secrets that sign now, newest first. */
export function liveSecrets(
  secrets: Secrets,
  id: WebhookEndpointId,
  kept: readonly KeptSecret[],
  now: Date,
): string[] {
  return kept
    .filter(({ until }) => until === null || Date.parse(until) > now.getTime())
    .map(({ sealed }) => secrets.open(sealed, contextOf(id)));
}
