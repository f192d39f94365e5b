import type { EntitlementStatus } from '../entitlement.js';
import type { BillingProvider } from './billing-provider.js';
import { parseRenewal } from './subscription-renewal.js';
import { checkSecretLength, verifyTimed } from './signatures.js';
import {
  instantAt,
  missingValue,
  listAt,
  statusFor,
  unhandledType,
  textAt,
  typeAt,
  textsAt,
} from './json-values.js';

const READER = '/data/custom_data/readerKey';

const STATUS: Readonly<Record<string, EntitlementStatus>> = {
  active: 'active',
  trialing: 'trialing',
  past_due: 'past_due',
  paused: 'expired',
  canceled: 'cancelled',
};

/** Paddle Billing subscriptions: developer.paddle.com/webhooks/signature-verification. */
export const paddle: BillingProvider = {
  name: 'paddle',
  checkSecret: checkSecretLength,

  verify: (request, secrets, now) =>
    verifyTimed(request, secrets, now, {
      header: 'paddle-signature',
      delimiter: ';',
      time: 'ts',
      scheme: 'h1',
      separator: ':',
    }),

  async parse(event, { reader, graceDays }) {
    const id = textAt(event, '/event_id');
    const type = typeAt(event, '/event_type');
    const reportedAt = instantAt(event, '/occurred_at');
    if (!type) return missingValue('/event_type', 'type');
    if (!type.startsWith('subscription.')) return unhandledType(id, type);
    if (!id) return missingValue('/event_id', 'id');
    if (!reportedAt) return missingValue('/occurred_at', 'time');

    const subscription = textAt(event, '/data/id');
    if (!subscription) return missingValue('/data/id', 'subscription');
    const providerStatus = textAt(event, '/data/status');
    const change = textAt(event, '/data/scheduled_change/action');
    return parseRenewal(event, {
      provider: 'paddle',
      id,
      subscription,
      providerStatus,
      status: statusFor(STATUS, providerStatus),
      reader: reader ?? READER,
      plans: listAt(event, '/data/items').flatMap((item) =>
        textsAt(item, ['/price/id', '/price/product_id', '/product/id']),
      ),
      endsAt:
        change === 'cancel' || change === 'pause'
          ? instantAt(event, '/data/scheduled_change/effective_at')
          : null,
      periodStart: instantAt(event, '/data/current_billing_period/starts_at'),
      graceDays,
      reportedAt,
      sequence: microseconds(textAt(event, '/occurred_at') ?? '', reportedAt),
    });
  },
};

/** Paddle's times have six decimals, and two changes may occur in the same millisecond. */
function microseconds(text: string, reportedAt: Date): number {
  const fraction = /\.(\d{1,6})/.exec(text)?.[1] ?? '';
  return Math.floor(reportedAt.getTime() / 1000) * 1_000_000 + Number(fraction.padEnd(6, '0'));
}
