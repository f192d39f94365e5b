import { chargebee } from './chargebee.js';
import { generic } from './generic.js';
import { json } from './mapped-json.js';
import { paddle } from './paddle.js';
import type { BillingProvider } from './billing-provider.js';
import { recurly } from './recurly.js';
import { revenuecat } from './revenuecat.js';
import { stripe } from './stripe.js';
import { zephr } from './zephr.js';

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

/** `json-piano`: a site may have several systems that are read by a mapping. */
const OF_JSON = /^json-[a-z0-9-]{1,32}$/;

/** The billing systems that can push to us, by the name in the address; null for any other. */
export const findBillingProvider = (name: string): BillingProvider | null =>
  PROVIDERS.find((provider) => provider.name === name) ?? (OF_JSON.test(name) ? json : null);
