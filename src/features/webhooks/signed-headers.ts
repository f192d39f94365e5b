import { sign } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { privateKeyOf } from './webhook-secrets.js';

/** The same on every attempt of every delivery. */
export const DELIVERY_HEADERS = {
  'content-type': 'application/json',
  'user-agent': 'Postbag-Webhooks/1',
} as const;

/**
 * The three Standard Webhooks headers for one attempt.
 *
 * @param secrets each adds a signature: `whsec_…` as `v1`, `whsk_…` as `v1a`; after a rotation there are several of a
 *   kind
 * @param at the time of this attempt, used in whole seconds
 */
export function signedHeaders(
  id: string,
  body: string,
  secrets: readonly string[],
  at: Date,
): Record<string, string> {
  const timestamp = String(Math.floor(at.getTime() / 1000));
  const signedContent = Buffer.from(`${id}.${timestamp}.${body}`);
  return {
    ...DELIVERY_HEADERS,
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': secrets
      .map((secret) => {
        const key = privateKeyOf(secret);
        return key
          ? `v1a,${sign(null, signedContent, key).toString('base64')}`
          : new Webhook(secret).sign(id, at, body);
      })
      .join(' '),
  };
}
