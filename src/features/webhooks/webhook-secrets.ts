import { createPrivateKey, generateKeyPairSync, randomBytes, type KeyObject } from 'node:crypto';
import type { Secrets } from '../../platform/config/secrets.js';
import type { WebhookEndpointId } from '../../platform/ids.js';

/** How an endpoint's secrets are stored: newest first, the symmetric ones before the keys of Ed25519. */
export interface StoredSecret {
  readonly sealed: string;
  /** ISO 8601; null: the one in use. */
  readonly until: string | null;
  /** `whpk_…` of a key pair; left out: a symmetric secret. */
  readonly publicKey?: string;
}

/** How long the secret before still signs besides the new one (contracts-notes, section 1). */
export const OVERLAP_MS = 24 * 60 * 60 * 1000;
/** Of those before the one in use: each that still signs is one signature more in every header. */
const MAX_BEFORE = 4;
const SECRET_BYTES = 32;
const PRIVATE = 'whsk_';
const PUBLIC = 'whpk_';
/** Of a raw Ed25519 key, private or public (RFC 8032). */
const KEY_BYTES = 32;

const contextOf = (id: WebhookEndpointId): string => `webhook:${id}`;

/** `whsec_` and base64 of 32 random bytes, as Standard Webhooks writes symmetric secrets. */
export function newSecret(): string {
  return `whsec_${randomBytes(SECRET_BYTES).toString('base64')}`;
}

/** An Ed25519 key pair as Standard Webhooks writes it: the private key with its public one behind, and the public one. */
export function newKeyPair(): { secret: string; publicKey: string } {
  const { d, x } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const raw = [d, x].map((part) => Buffer.from(part ?? '', 'base64url'));
  return {
    secret: `${PRIVATE}${Buffer.concat(raw).toString('base64')}`,
    publicKey: `${PUBLIC}${raw[1].toString('base64')}`,
  };
}

/** The key that signs, of a `whsk_…`; null for a symmetric secret. */
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

/** With a key pair besides, or without any: what is asked for and is there already stays as it is. */
export function addOrRemoveKeyPair(
  secrets: Secrets,
  id: WebhookEndpointId,
  kept: readonly StoredSecret[],
  wanted: boolean,
): StoredSecret[] {
  const symmetric = kept.filter(({ publicKey }) => publicKey === undefined);
  const pairs = kept.filter(({ publicKey }) => publicKey !== undefined);
  if (!wanted) return symmetric;
  return [...symmetric, ...(pairs.length > 0 ? pairs : [sealKeyPair(secrets, id)])];
}

/**
 * A new secret in front; the one in use until now keeps signing for the overlap, and those before it for what is left
 * of theirs: whoever rotates twice in a day has receivers that know none of the later ones yet. Key pairs likewise.
 */
export function rotateSecret(
  secrets: Secrets,
  id: WebhookEndpointId,
  kept: readonly StoredSecret[],
  secret: string,
  now: Date,
): StoredSecret[] {
  const until = new Date(now.getTime() + OVERLAP_MS).toISOString();
  const before = (isPair: boolean): StoredSecret[] =>
    kept
      .filter((each) => (each.publicKey !== undefined) === isPair && isLive(each, now))
      .slice(0, MAX_BEFORE)
      .map((each) => ({ ...each, until: each.until ?? until }));
  const pairs = before(true);
  return [
    ...sealSecret(secrets, id, secret),
    ...before(false),
    ...(pairs.length > 0 ? [sealKeyPair(secrets, id), ...pairs] : []),
  ];
}

const isLive = ({ until }: StoredSecret, now: Date): boolean =>
  until === null || Date.parse(until) > now.getTime();

/** The secrets and private keys that sign now, newest first. */
export function activeSecrets(
  secrets: Secrets,
  id: WebhookEndpointId,
  kept: readonly StoredSecret[],
  now: Date,
): string[] {
  return kept.filter((each) => isLive(each, now)).map(({ sealed }) => secrets.open(sealed, contextOf(id)));
}

/** The public keys by which receivers check what is signed now, newest first. */
export function livePublicKeys(kept: readonly StoredSecret[], now: Date): string[] {
  return kept.filter((each) => isLive(each, now)).flatMap(({ publicKey }) => publicKey ?? []);
}
