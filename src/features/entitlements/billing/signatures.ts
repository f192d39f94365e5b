import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { BillingWebhookRequest, VerificationResult } from './billing-provider.js';

/**
 * Maximum difference between a signature's time and now, in either direction: five minutes, as in Standard Webhooks
 * and Stripe.
 */
export const SIGNATURE_WINDOW_SECONDS = 300;
const MIN_SECRET_CHARS = 8;

export const VALID_SIGNATURE: VerificationResult = { ok: true, id: null };
export const invalidSignature = (
  reason: Extract<VerificationResult, { ok: false }>['reason'],
): VerificationResult => ({ ok: false, reason });

export function header(headers: BillingWebhookRequest['headers'], name: string): string | null {
  const value = headers[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

/** Whether the time of a signature is close enough to the current time. */
export function isWithinTolerance(unixSeconds: number, now: Date): boolean {
  return Math.abs(now.getTime() / 1000 - unixSeconds) <= SIGNATURE_WINDOW_SECONDS;
}

/**
 * Whether one of the signatures was made with one of the secrets, compared in constant time. An empty secret never
 * matches.
 */
export function isSignedBy(
  secrets: readonly (string | Buffer)[],
  parts: readonly (string | Buffer)[],
  signatures: readonly Buffer[],
  algorithm: 'sha256' | 'sha1' | 'sha512' = 'sha256',
): boolean {
  return secrets.some((secret) => {
    if (secret.length === 0) return false;
    const mac = createHmac(algorithm, secret);
    for (const part of parts) mac.update(part);
    const expected = mac.digest();
    return signatures.some((entry) => entry.length === expected.length && timingSafeEqual(entry, expected));
  });
}

const digest = (text: string): Buffer => createHash('sha256').update(text).digest();

/**
 * Whether a credential equals one of the secrets. Compares digests, so that timing does not reveal the length.
 */
export function isOneOf(secrets: readonly string[], credential: string): boolean {
  const credentialDigest = digest(credential);
  return (
    secrets.filter((secret) => secret !== '' && timingSafeEqual(digest(secret), credentialDigest)).length > 0
  );
}

/** Verifies `Authorization: Basic` (RFC 7617) against secrets of the form `name:password`. */
export function verifyBasic(request: BillingWebhookRequest, secrets: readonly string[]): VerificationResult {
  const value = header(request.headers, 'authorization');
  if (value === null) return invalidSignature('unsigned');
  const encoded = /^basic +([A-Za-z0-9+/=_-]+) *$/i.exec(value)?.[1];
  if (encoded === undefined) return invalidSignature('malformed');
  return isOneOf(secrets, Buffer.from(encoded, 'base64').toString('utf8'))
    ? VALID_SIGNATURE
    : invalidSignature('wrong');
}

export const decodeHex = (text: string): Buffer => Buffer.from(/^[0-9a-f]+$/i.test(text) ? text : '', 'hex');

/** Parses the `name=value` pairs of a signature header, in order. A name may occur more than once. */
export function parsePairs(text: string, separator: string): [string, string][] {
  return text.split(separator).flatMap((part) => {
    const equalsAt = part.indexOf('=');
    return equalsAt < 1
      ? []
      : [[part.slice(0, equalsAt).trim(), part.slice(equalsAt + 1).trim()] as [string, string]];
  });
}

/**
 * Verifies the scheme shared by Stripe, Paddle and RevenueCat: one header with `t=<seconds>` and named signatures
 * over the time, a separator and the body. Signatures with other scheme names are ignored.
 */
export function verifyTimed(
  request: BillingWebhookRequest,
  secrets: readonly string[],
  now: Date,
  format: { header: string; delimiter: ',' | ';'; time: string; scheme: string; separator: '.' | ':' },
): VerificationResult {
  const value = header(request.headers, format.header);
  if (value === null) return invalidSignature('unsigned');
  const pairs = parsePairs(value, format.delimiter);
  const time = pairs.find(([name]) => name === format.time)?.[1] ?? '';
  const signatures = pairs
    .filter(([name]) => name === format.scheme)
    .map(([, signature]) => decodeHex(signature));
  if (!/^[0-9]{1,12}$/.test(time) || signatures.length === 0) return invalidSignature('malformed');
  if (!isWithinTolerance(Number(time), now)) return invalidSignature('out-of-time');
  return isSignedBy(secrets, [`${time}${format.separator}`, request.rawBody], signatures)
    ? VALID_SIGNATURE
    : invalidSignature('wrong');
}

export const checkSecretLength = (secret: string): string | null =>
  secret.length >= MIN_SECRET_CHARS ? null : `The secret must have at least ${MIN_SECRET_CHARS} characters.`;

export const checkNameAndPassword = (secret: string): string | null =>
  /^[^:]+:.{8,}$/s.test(secret)
    ? null
    : 'The secret must be the user name and password of basic authentication, written as name:password, with a password of 8 characters or more.';
