import { Webhook } from 'standardwebhooks';

/**
 * The three headers of Standard Webhooks for one attempt.
 *
 * @param secrets each signs; during a rotation there are two
 * @param at the time of this attempt; only its whole seconds count
 */
export function signedHeaders(
  id: string,
  body: string,
  secrets: readonly string[],
  at: Date,
): Record<string, string> {
  return {
    'content-type': 'application/json',
    'user-agent': 'Postbag-Webhooks/1',
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': secrets.map((secret) => new Webhook(secret).sign(id, at, body)).join(' '),
  };
}
