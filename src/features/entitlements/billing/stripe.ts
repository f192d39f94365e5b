import type { EntitlementStatus } from '../entitlement.js';
import type { BillingProvider } from './billing-provider.js';
import { parseRenewal } from './subscription-renewal.js';
import { checkSecretLength, verifyTimed } from './signatures.js';
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

const READER = '/data/object/metadata/readerKey';

/** Orders events within the same second, because Stripe gives no finer order. */
const RANK: Readonly<Record<string, number>> = {
  'customer.subscription.created': 0,
  'customer.subscription.updated': 4,
  'customer.subscription.paused': 4,
  'customer.subscription.resumed': 5,
  'customer.subscription.deleted': 9,
};

const STATUS: Readonly<Record<string, EntitlementStatus>> = {
  active: 'active',
  trialing: 'trialing',
  past_due: 'past_due',
  unpaid: 'expired',
  paused: 'expired',
  incomplete: 'expired',
  incomplete_expired: 'expired',
  canceled: 'cancelled',
};

/**
 * Returns the start or end of the paid period. Since API version 2025-03-31 it is part of the items; the latest is
 * used.
 */
function periodBoundary(event: unknown, boundary: 'start' | 'end'): Date | null {
  const subscriptionPeriod = instantAt(event, `/data/object/current_period_${boundary}`);
  const itemTimes = listAt(event, '/data/object/items/data').flatMap(
    (item) => instantAt(item, `/current_period_${boundary}`)?.getTime() ?? [],
  );
  return subscriptionPeriod ?? (itemTimes.length > 0 ? new Date(Math.max(...itemTimes)) : null);
}

/** Stripe subscriptions: stripe.com/docs/webhooks/signature and /docs/api/subscriptions. */
export const stripe: BillingProvider = {
  name: 'stripe',
  checkSecret: checkSecretLength,

  // The key is the endpoint's secret as shown by Stripe, including `whsec_`.
  verify: (request, secrets, now) =>
    verifyTimed(request, secrets, now, {
      header: 'stripe-signature',
      delimiter: ',',
      time: 't',
      scheme: 'v1',
      separator: '.',
    }),

  async parse(event, { reader, graceDays }) {
    const id = textAt(event, '/id');
    const type = typeAt(event, '/type');
    const reportedAt = instantAt(event, '/created');
    if (!type) return missingValue('/type', 'type');
    if (!Object.hasOwn(RANK, type)) return unhandledType(id, type);
    if (!id) return missingValue('/id', 'id');
    if (!reportedAt) return missingValue('/created', 'time');

    const subscription = textAt(event, '/data/object/id');
    if (!subscription) return missingValue('/data/object/id', 'subscription');
    const providerStatus = textAt(event, '/data/object/status');
    const periodEnd =
      valueAt(event, '/data/object/cancel_at_period_end') === true ? periodBoundary(event, 'end') : null;
    return parseRenewal(event, {
      provider: 'stripe',
      id,
      subscription,
      providerStatus,
      status: type.endsWith('.deleted') ? 'cancelled' : statusFor(STATUS, providerStatus),
      reader: reader ?? READER,
      plans: listAt(event, '/data/object/items/data').flatMap((item) =>
        textsAt(item, ['/price/id', '/price/lookup_key', '/price/product', '/plan/id']),
      ),
      endsAt: instantAt(event, '/data/object/cancel_at') ?? periodEnd,
      periodStart: periodBoundary(event, 'start'),
      graceDays,
      reportedAt,
      sequence: Math.floor(reportedAt.getTime() / 1000) * 10 + RANK[type],
    });
  },
};
