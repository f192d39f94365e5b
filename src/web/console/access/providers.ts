import type { BillingWebhookLogLine } from '../api-types.js';

/** The billing systems that can send webhooks, with the name of the secret that authenticates each. */
export const PROVIDERS: readonly { key: string; name: string; secret: string; needsApiKey?: boolean }[] = [
  { key: 'stripe', name: 'Stripe', secret: 'The endpoint’s signing secret, whsec_…' },
  { key: 'chargebee', name: 'Chargebee', secret: 'name:password of the basic authentication' },
  { key: 'recurly', name: 'Recurly', secret: 'The endpoint’s key', needsApiKey: true },
  { key: 'paddle', name: 'Paddle', secret: 'The notification destination’s key' },
  { key: 'revenuecat', name: 'RevenueCat', secret: 'The signing key, or the Authorization value' },
  { key: 'zephr', name: 'Zephr', secret: 'name:password of the basic authentication' },
  { key: 'generic', name: 'A program of your own', secret: 'whsec_ and 24 to 64 bytes in base64' },
  { key: 'json', name: 'Any JSON', secret: 'The secret, as the mapping’s signature takes it' },
];

export const providerName = (key: string): string =>
  PROVIDERS.find((provider) => provider.key === key)?.name ?? `Any JSON: ${key.replace(/^json-/, '')}`;

export const isJson = (key: string): boolean => key === 'json' || key.startsWith('json-');

type Outcome = BillingWebhookLogLine['outcome'];

export const OUTCOME_LABELS: Readonly<Record<Outcome, string>> = {
  applied: 'Applied',
  unchanged: 'Nothing new',
  duplicate: 'Already reported',
  older: 'Older than known',
  ignored: 'Not about a subscription',
  unmapped: 'Not mapped',
  refused: 'Refused',
};

export const OUTCOMES = Object.keys(OUTCOME_LABELS) as readonly Outcome[];
