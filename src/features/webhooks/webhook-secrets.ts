import { createPrivateKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import type { Secrets } from '../../platform/config/secrets.js';
import type { WebhookEndpointId } from '../../platform/ids.js';

/** How an endpoint's secrets are stored: newest first, symmetric secrets before Ed25519 keys. */
export interface StoredSecret {
  readonly sealed: string;
  /** End of validity, ISO 8601; null for the current one. */
  readonly until: string | null;
  /** `whpk_…` of a key pair; absent for a symmetric secret. */
  readonly publicKey?: string;
}

/** How long the previous secret also signs after a rotation (docs/webhooks.md). */
export const OVERLAP_MS = 24 * 60 * 60 * 1000;
/** Maximum number of previous secrets. Each active one adds a signature to every header. */
const MAX_PREVIOUS_SECRETS = 4;
const SECRET_BYTES = 32;
const PRIVATE = 'whsk_';
const PUBLIC = 'whpk_';
/** Length of a raw Ed25519 key, private or public (RFC 8032). */
const KEY_BYTES = 32;

const contextOf = (id: WebhookEndpointId): string => `webhook:${id}`;

/** Returns `whsec_` and 32 random bytes in base64, the Standard Webhooks form of a symmetric secret. */
export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/**
 * Creates an Ed25519 key pair in the Standard Webhooks form: the private key followed by its public key, and the
 * public key.
 */
export function newKeyPair(): { secret: string; publicKey: string } {
  const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const raw = [d, x].map((part) => Buffer.from(part ?? '', 'base64url'));
  return {
    secret: `${PRIVATE}${Buffer.concat(raw).toString('base64')}`,
    publicKey: `${PUBLIC}${raw[1].toString('base64')}`,
  };
}

/** Returns the signing key of a `whsk_…` secret; null for a symmetric secret. */
export function privateKeyOf(secret: string): KeyObject | null {
  if (!secret.startsWith(PRIVATE)) return null;
  const raw = Buffer.from(secret.slice(PRIVATE.length), 'base64');
  const [d, x] = [raw.subarray(0, KEY_BYTES), raw.subarray(KEY_BYTES)].map((part) =>
    part.toString('base64url'),
  );
  return createPrivateKey({ format: 'jwk', key: { kty: 'OKP', crv: 'Ed25519', d, x } });
}

export function sealSecret(secrets: Secrets, id: WebhookEndpointId, secret: string): StoredSecret[] {
  return [{ sealed: secrets.seal(secret, contextOf(id)), until: null }];
}

function sealKeyPair(secrets: Secrets, id: WebhookEndpointId): StoredSecret {
  const { secret, publicKey } = newKeyPair();
  return { sealed: secrets.seal(secret, contextOf(id)), until: null, publicKey };
}

/**
 * Adds a key pair or removes all.
 *
 * @param hasKeyPair whether the result has a key pair; one that already exists is not replaced
 */
export function addOrRemoveKeyPair(
  secrets: Secrets,
  id: WebhookEndpointId,
  stored: readonly StoredSecret[],
  hasKeyPair: boolean,
): StoredSecret[] {
  const symmetric = stored.filter(({ publicKey }) => publicKey === undefined);
  const pairs = stored.filter(({ publicKey }) => publicKey !== undefined);
  if (!hasKeyPair) return symmetric;
  return [...symmetric, ...(pairs.length > 0 ? pairs : [sealKeyPair(secrets, id)])];
}

/**
 * Adds a new secret as the first one. The previous secret also signs for `OVERLAP_MS`, and older ones until their own
 * time ends, because after two rotations in a day some receivers may still know only the oldest. Key pairs are handled
 * in the same way.
 */
export function rotateSecret(
  secrets: Secrets,
  id: WebhookEndpointId,
  stored: readonly StoredSecret[],
  secret: string,
  now: Date,
): StoredSecret[] {
  const until = new Date(now.getTime() + OVERLAP_MS).toISOString();
  const previous = (isPair: boolean): StoredSecret[] =>
    stored
      .filter((each) => (each.publicKey !== undefined) === isPair && isActive(each, now))
      .slice(0, MAX_PREVIOUS_SECRETS)
      .map((each) => ({ ...each, until: each.until ?? until }));
  const pairs = previous(true);
  return [
    ...sealSecret(secrets, id, secret),
    ...previous(false),
    ...(pairs.length > 0 ? [sealKeyPair(secrets, id), ...pairs] : []),
  ];
}

const isActive = ({ until }: StoredSecret, now: Date): boolean =>
  until === null || Date.parse(until) > now.getTime();

/** The secrets and private keys that currently sign, newest first. */
export function activeSecrets(
  secrets: Secrets,
  id: WebhookEndpointId,
  stored: readonly StoredSecret[],
  now: Date,
): string[] {
  return stored
    .filter((each) => isActive(each, now))
    .map(({ sealed }) => secrets.open(sealed, contextOf(id)));
}

/** The public keys with which receivers can verify current signatures, newest first. */
export function activePublicKeys(stored: readonly StoredSecret[], now: Date): string[] {
  return stored.filter((each) => isActive(each, now)).flatMap(({ publicKey }) => publicKey ?? []);
}
