import { chargebee } from './chargebee.js';
import { generic } from './generic.js';
import { json } from './mapped-json.js';
import { paddle } from './paddle.js';
import type { BillingProvider } from './billing-provider.js';
import { recurly } from './recurly.js';
import { revenuecat } from './revenuecat.js';
import { stripe } from './stripe.js';
import { zephr } from './zephr.js';

/** The console's list of providers, with the fields of their forms, is in `src/web/console/access/providers.ts`. */
const PROVIDERS: readonly BillingProvider[] = [
  generic,
  stripe,
  chargebee,
  recurly,
  paddle,
  revenuecat,
  zephr,
  json,
];

/** A site can connect several systems with JSON mappings, each under a name such as `json-piano`. */
const JSON_PROVIDER_NAME = /^json-[a-z0-9-]{1,32}$/;

/** Returns the billing provider with this name in the URL, or null if there is none. */
export const findBillingProvider = (name: string): BillingProvider | null =>
  PROVIDERS.find((provider) => provider.name === name) ?? (JSON_PROVIDER_NAME.test(name) ? json : null);
