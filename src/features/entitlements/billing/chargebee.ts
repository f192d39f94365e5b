import type { EntitlementStatus } from '../entitlement.js';
import type { BillingProvider } from './billing-provider.js';
import { parseRenewal } from './subscription-renewal.js';
import { checkNameAndPassword, verifyBasic } from './signatures.js';
import {
  valueAt,
  instantAt,
  missingValue,
  listAt,
  statusFor,
  unhandledType,
  textAt,
  typeAt,
  textsAt,
} from './json-values.js';

const SUBSCRIPTION = '/content/subscription';
const READER = `${SUBSCRIPTION}/customer_id`;

const STATUS: Readonly<Record<string, EntitlementStatus>> = {
  active: 'active',
  non_renewing: 'active',
  in_trial: 'trialing',
  future: 'expired',
  paused: 'expired',
  cancelled: 'cancelled',
  transferred: 'cancelled',
};

/** Chargebee subscriptions: apidocs.chargebee.com/docs/api/events. Chargebee does not sign its webhooks. */
export const chargebee: BillingProvider = {
  name: 'chargebee',
  checkSecret: checkNameAndPassword,
  verify: verifyBasic,

  async parse(event, { reader }) {
    const id = textAt(event, '/id');
    const type = typeAt(event, '/event_type');
    const reportedAt = instantAt(event, '/occurred_at');
    if (!type) return missingValue('/event_type', 'type');
    // Process every event that contains a subscription, whatever its type. The subscription's version determines the
    // order of events.
    const subscription = textAt(event, `${SUBSCRIPTION}/id`);
    if (!subscription) return unhandledType(id, type);
    if (!id) return missingValue('/id', 'id');
    if (!reportedAt) return missingValue('/occurred_at', 'time');

    const providerStatus = textAt(event, `${SUBSCRIPTION}/status`);
    const isDeleted = valueAt(event, `${SUBSCRIPTION}/deleted`) === true;
    const items = listAt(event, `${SUBSCRIPTION}/subscription_items`);
    const plans = items.flatMap((item) => textsAt(item, ['/item_price_id']));
    return parseRenewal(event, {
      provider: 'chargebee',
      id,
      subscription,
      providerStatus,
      status: isDeleted ? 'cancelled' : statusFor(STATUS, providerStatus),
      reader: reader ?? READER,
      // Product Catalog 1.0 has a single plan per subscription instead.
      plans: plans.length > 0 ? plans : textsAt(event, [`${SUBSCRIPTION}/plan_id`]),
      endsAt: providerStatus === 'non_renewing' ? instantAt(event, `${SUBSCRIPTION}/current_term_end`) : null,
      reportedAt,
      sequence: versionOf(event),
    });
  },
};

function versionOf(event: unknown): number | null {
  const version = Number(textAt(event, `${SUBSCRIPTION}/resource_version`) ?? Number.NaN);
  return Number.isSafeInteger(version) && version >= 0 ? version : null;
}
