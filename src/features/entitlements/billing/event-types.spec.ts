import { describe, expect, it } from '@jest/globals';
import { chargebee } from './chargebee.js';
import { generic } from './generic.js';
import { paddle } from './paddle.js';
import type { BillingProvider, ParsedWebhook, BillingProviderOptions } from './billing-provider.js';
import { recurly } from './recurly.js';
import { revenuecat } from './revenuecat.js';
import { stripe } from './stripe.js';
import { zephr } from './zephr.js';

const OPTIONS: BillingProviderOptions = {
  reader: null,
  graceDays: 0,
  apiUrl: null,
  apiKey: 'key',
  mapping: null,
};
const TIME = '2026-11-24T09:30:00Z';
const MS = Date.parse(TIME);

interface Types {
  readonly provider: BillingProvider;
  /** A webhook of this type about an active subscription. */
  push(type: string): object;
  /** The smallest possible webhook of this type, for example of a future type. */
  minimal(type: string): object;
  /** Documented event types, grouped by how they are handled here. */
  readonly counts: readonly string[];
  readonly ignored: readonly string[];
}

const words = (text: string): string[] => text.trim().split(/\s+/);

const PROVIDERS: readonly Types[] = [
  {
    provider: generic,
    push: (type) => ({
      type,
      timestamp: TIME,
      data: { readerKey: 'ada', name: 'Ada', tier: 'gold', status: 'active' },
    }),
    minimal: (type) => ({ type, timestamp: TIME }),
    counts: words('subscription.updated reader.updated reader.deleted'),
    ignored: words('invoice.paid subscription.created'),
  },
  {
    provider: stripe,
    push: (type) => ({
      id: 'evt_1',
      type,
      created: MS / 1000,
      data: { object: { id: 'sub_1', status: 'active', metadata: { readerKey: 'ada' } } },
    }),
    minimal: (type) => ({ type }),
    counts: words(
      `customer.subscription.created customer.subscription.updated customer.subscription.paused
       customer.subscription.resumed customer.subscription.deleted`,
    ),
    // A pending update that is applied or expires also sends `updated`.
    ignored: words(
      `customer.subscription.trial_will_end customer.subscription.pending_update_applied
       customer.subscription.pending_update_expired customer.created customer.deleted invoice.paid
       invoice.payment_failed charge.refunded checkout.session.completed payment_intent.succeeded
       entitlements.active_entitlement_summary.updated`,
    ),
  },
  {
    provider: chargebee,
    push: (type) => ({
      id: 'ev_1',
      event_type: type,
      occurred_at: MS / 1000,
      content: type.startsWith('subscription')
        ? { subscription: { id: 'sub_1', customer_id: 'ada', status: 'active' } }
        : { customer: { id: 'ada' } },
    }),
    minimal: (type) => ({ event_type: type }),
    counts: words(
      `subscription_created subscription_created_with_backdating subscription_started subscription_trial_end_reminder
       subscription_activated subscription_activated_with_backdating subscription_changed
       subscription_changed_with_backdating subscription_trial_extended subscription_cancellation_scheduled
       subscription_cancellation_reminder subscription_cancelled subscription_canceled_with_backdating
       subscription_reactivated subscription_reactivated_with_backdating subscription_renewed
       subscription_items_renewed subscription_scheduled_cancellation_removed subscription_changes_scheduled
       subscription_scheduled_changes_removed subscription_shipping_address_updated subscription_deleted
       subscription_paused subscription_pause_scheduled subscription_scheduled_pause_removed subscription_resumed
       subscription_resumption_scheduled subscription_scheduled_resumption_removed subscription_advance_invoice_schedule_added
       subscription_advance_invoice_schedule_updated subscription_advance_invoice_schedule_removed
       subscription_renewal_reminder subscription_moved_in subscription_moved_out subscription_movement_failed`,
    ),
    ignored: words('customer_created customer_changed customer_deleted coupon_created plan_updated'),
  },
  {
    provider: recurly,
    push: (type) => ({ id: 'sub_1', object_type: type, event_type: 'updated' }),
    minimal: (type) => ({ object_type: type }),
    counts: ['subscription'],
    ignored: words('account billing_info invoice charge_invoice payment dunning_event item plan'),
  },
  {
    provider: paddle,
    push: (type) => ({
      event_id: 'evt_1',
      event_type: type,
      occurred_at: TIME,
      data: { id: 'sub_1', status: 'active', custom_data: { readerKey: 'ada' } },
    }),
    minimal: (type) => ({ event_type: type }),
    counts: words(
      `subscription.created subscription.activated subscription.canceled subscription.imported
       subscription.past_due subscription.paused subscription.resumed subscription.trialing subscription.updated`,
    ),
    ignored: words(
      `transaction.completed transaction.paid transaction.payment_failed adjustment.created adjustment.updated
       customer.updated payment_method.saved price.updated product.updated payout.paid`,
    ),
  },
  {
    provider: revenuecat,
    push: (type) => ({
      event: {
        id: 'rc_1',
        type,
        event_timestamp_ms: MS,
        app_user_id: 'ada',
        entitlement_ids: ['gold'],
        environment: 'PRODUCTION',
        expiration_at_ms: MS + 86_400_000,
      },
    }),
    minimal: (type) => ({ event: { type } }),
    counts: words(
      `INITIAL_PURCHASE RENEWAL NON_RENEWING_PURCHASE UNCANCELLATION CANCELLATION SUBSCRIPTION_PAUSED
       SUBSCRIPTION_EXTENDED BILLING_ISSUE EXPIRATION REFUND_REVERSED TEMPORARY_ENTITLEMENT_GRANT`,
    ),
    // A change of product takes effect at the renewal, which sends its own webhook.
    ignored: words(
      `TEST PRODUCT_CHANGE INVOICE_ISSUANCE VIRTUAL_CURRENCY_TRANSACTION EXPERIMENT_ENROLLMENT SUBSCRIBER_ALIAS
       PURCHASE_REDEEMED PRICE_INCREASE_CONSENT_REQUIRED`,
    ),
  },
  {
    provider: zephr,
    push: (type) => ({ type, time: MS, details: { user_id: 'ada', entitlement_id: 'gold' } }),
    minimal: (type) => ({ type }),
    counts: words('USER_GRANT_CREATED USER_GRANT_STARTED USER_GRANT_ENDED USER_ENTITLEMENT_REVOKED'),
    ignored: words('CREATE_USER UPDATE_USER DELETE_USER USER_LOGIN PAYMENT_SUCCEEDED'),
  },
];

const parse = ({ provider }: Types, body: object): Promise<ParsedWebhook> =>
  provider.parse(body, OPTIONS, () =>
    Promise.resolve({ id: 'sub_1', updated_at: TIME, state: 'active', account: { code: 'ada' } }),
  );

describe.each(PROVIDERS.map((types) => [types.provider.name, types] as const))(
  'events from %s',
  (_, types) => {
    it.each(types.counts)('%s is processed', async (type) => {
      expect((await parse(types, types.push(type))).kind).toMatch(/subscription|reader/);
    });

    it.each(types.ignored)('%s is ignored, and the log says why', async (type) => {
      const parsed = await parse(types, types.push(type));
      expect(parsed).toMatchObject({
        kind: 'ignored',
        reason: 'other-type',
        detail: expect.stringContaining(type),
      });
    });

    // An error would make the provider retry until it gives up.
    it('an unknown event is accepted and ignored', async () => {
      expect(await parse(types, types.minimal('something.new_of_tomorrow'))).toMatchObject({
        kind: 'ignored',
      });
    });
  },
);

describe('RevenueCat', () => {
  const after = async (type: string, more: object = {}) => {
    const { event } = PROVIDERS[5].push(type) as { event: object };
    const parsed = await parse(PROVIDERS[5], { event: { ...event, ...more } });
    return parsed.kind === 'subscription' ? parsed.fact : parsed;
  };

  it('ends the subscription on a refund and restores it when the refund is reversed', async () => {
    const refund = await after('CANCELLATION', { cancel_reason: 'CUSTOMER_SUPPORT' });
    const reversed = await after('REFUND_REVERSED');
    expect(refund).toMatchObject({ status: 'expired' });
    expect(reversed).toMatchObject({ status: 'active', validUntil: new Date(MS + 86_400_000) });
    const sequenceOf = (fact: object): number => (fact as { sequence: number }).sequence;
    expect(sequenceOf(reversed)).toBeGreaterThan(sequenceOf(refund));
  });

  it('grants access for a day when a store cannot confirm the purchase yet', async () => {
    expect(await after('TEMPORARY_ENTITLEMENT_GRANT')).toMatchObject({
      plans: ['gold'],
      status: 'active',
      validUntil: new Date(MS + 86_400_000),
    });
  });

  it('ignores sandbox purchases', async () => {
    expect(await after('INITIAL_PURCHASE', { environment: 'SANDBOX' })).toMatchObject({
      kind: 'ignored',
      reason: 'sandbox',
    });
  });
});

it('a Zephr grant that names no entitlement is unusable when the lookup cannot resolve it', async () => {
  expect(
    await zephr.parse({ type: 'USER_GRANT_RENAMED', time: MS, details: { user_id: 'ada' } }, OPTIONS, () =>
      Promise.resolve(null),
    ),
  ).toMatchObject({ kind: 'unusable', reason: 'no-plan' });
});
