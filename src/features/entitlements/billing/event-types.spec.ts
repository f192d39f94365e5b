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

interface ProviderCase {
  readonly provider: BillingProvider;
  /** A webhook of this type about an active subscription. */
  webhook(type: string): object;
  /** The smallest possible webhook of this type, for example of a future type. */
  minimal(type: string): object;
  /** Documented event types, grouped by how they are handled here. */
  readonly processed: readonly string[];
  readonly ignored: readonly string[];
}

const splitWords = (text: string): string[] => text.trim().split(/\s+/);

const PROVIDERS: readonly ProviderCase[] = [
  {
    provider: generic,
    webhook: (type) => ({
      type,
      timestamp: TIME,
      data: { readerKey: 'ada', name: 'Ada', tier: 'gold', status: 'active' },
    }),
    minimal: (type) => ({ type, timestamp: TIME }),
    processed: splitWords('subscription.updated reader.updated reader.deleted'),
    ignored: splitWords('invoice.paid subscription.created'),
  },
  {
    provider: stripe,
    webhook: (type) => ({
      id: 'evt_1',
      type,
      created: MS / 1000,
      data: { object: { id: 'sub_1', status: 'active', metadata: { readerKey: 'ada' } } },
    }),
    minimal: (type) => ({ type }),
    processed: splitWords(
      `customer.subscription.created customer.subscription.updated customer.subscription.paused
       customer.subscription.resumed customer.subscription.deleted`,
    ),
    // A pending update that is applied or expires also sends `updated`.
    ignored: splitWords(
      `customer.subscription.trial_will_end customer.subscription.pending_update_applied
       customer.subscription.pending_update_expired customer.created customer.deleted invoice.paid
       invoice.payment_failed charge.refunded checkout.session.completed payment_intent.succeeded
       entitlements.active_entitlement_summary.updated`,
    ),
  },
  {
    provider: chargebee,
    webhook: (type) => ({
      id: 'ev_1',
      event_type: type,
      occurred_at: MS / 1000,
      content: type.startsWith('subscription')
        ? { subscription: { id: 'sub_1', customer_id: 'ada', status: 'active' } }
        : { customer: { id: 'ada' } },
    }),
    minimal: (type) => ({ event_type: type }),
    processed: splitWords(
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
    ignored: splitWords('customer_created customer_changed customer_deleted coupon_created plan_updated'),
  },
  {
    provider: recurly,
    webhook: (type) => ({ id: 'sub_1', object_type: type, event_type: 'updated' }),
    minimal: (type) => ({ object_type: type }),
    processed: ['subscription'],
    ignored: splitWords('account billing_info invoice charge_invoice payment dunning_event item plan'),
  },
  {
    provider: paddle,
    webhook: (type) => ({
      event_id: 'evt_1',
      event_type: type,
      occurred_at: TIME,
      data: { id: 'sub_1', status: 'active', custom_data: { readerKey: 'ada' } },
    }),
    minimal: (type) => ({ event_type: type }),
    processed: splitWords(
      `subscription.created subscription.activated subscription.canceled subscription.imported
       subscription.past_due subscription.paused subscription.resumed subscription.trialing subscription.updated`,
    ),
    ignored: splitWords(
      `transaction.completed transaction.paid transaction.payment_failed adjustment.created adjustment.updated
       customer.updated payment_method.saved price.updated product.updated payout.paid`,
    ),
  },
  {
    provider: revenuecat,
    webhook: (type) => ({
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
    processed: splitWords(
      `INITIAL_PURCHASE RENEWAL NON_RENEWING_PURCHASE UNCANCELLATION CANCELLATION SUBSCRIPTION_PAUSED
       SUBSCRIPTION_EXTENDED BILLING_ISSUE EXPIRATION REFUND_REVERSED TEMPORARY_ENTITLEMENT_GRANT`,
    ),
    // A change of product takes effect at the renewal, which sends its own webhook.
    ignored: splitWords(
      `TEST PRODUCT_CHANGE INVOICE_ISSUANCE VIRTUAL_CURRENCY_TRANSACTION EXPERIMENT_ENROLLMENT SUBSCRIBER_ALIAS
       PURCHASE_REDEEMED PRICE_INCREASE_CONSENT_REQUIRED`,
    ),
  },
  {
    provider: zephr,
    webhook: (type) => ({ type, time: MS, details: { user_id: 'ada', entitlement_id: 'gold' } }),
    minimal: (type) => ({ type }),
    processed: splitWords('USER_GRANT_CREATED USER_GRANT_STARTED USER_GRANT_ENDED USER_ENTITLEMENT_REVOKED'),
    ignored: splitWords('CREATE_USER UPDATE_USER DELETE_USER USER_LOGIN PAYMENT_SUCCEEDED'),
  },
];

const parse = ({ provider }: ProviderCase, body: object): Promise<ParsedWebhook> =>
  provider.parse(body, OPTIONS, () =>
    Promise.resolve({ id: 'sub_1', updated_at: TIME, state: 'active', account: { code: 'ada' } }),
  );

describe.each(PROVIDERS.map((providerCase) => [providerCase.provider.name, providerCase] as const))(
  'events from %s',
  (_, providerCase) => {
    it.each(providerCase.processed)('%s is processed', async (type) => {
      expect((await parse(providerCase, providerCase.webhook(type))).kind).toMatch(/subscription|reader/);
    });

    it.each(providerCase.ignored)('%s is ignored, and the log says why', async (type) => {
      const parsed = await parse(providerCase, providerCase.webhook(type));
      expect(parsed).toMatchObject({
        kind: 'ignored',
        reason: 'other-type',
        detail: expect.stringContaining(type),
      });
    });

    // An error would make the provider retry until it gives up.
    it('an unknown event is accepted and ignored', async () => {
      expect(await parse(providerCase, providerCase.minimal('unknown.event_type'))).toMatchObject({
        kind: 'ignored',
      });
    });
  },
);

describe('RevenueCat', () => {
  const parseEvent = async (type: string, fields: object = {}) => {
    const { event } = PROVIDERS[5].webhook(type) as { event: object };
    const parsed = await parse(PROVIDERS[5], { event: { ...event, ...fields } });
    return parsed.kind === 'subscription' ? parsed.fact : parsed;
  };

  it('ends the subscription on a refund and restores it when the refund is reversed', async () => {
    const refund = await parseEvent('CANCELLATION', { cancel_reason: 'CUSTOMER_SUPPORT' });
    const reversed = await parseEvent('REFUND_REVERSED');
    expect(refund).toMatchObject({ status: 'expired' });
    expect(reversed).toMatchObject({ status: 'active', validUntil: new Date(MS + 86_400_000) });
    const sequenceOf = (fact: object): number => (fact as { sequence: number }).sequence;
    expect(sequenceOf(reversed)).toBeGreaterThan(sequenceOf(refund));
  });

  it('grants access for a day when a store cannot confirm the purchase yet', async () => {
    expect(await parseEvent('TEMPORARY_ENTITLEMENT_GRANT')).toMatchObject({
      plans: ['gold'],
      status: 'active',
      validUntil: new Date(MS + 86_400_000),
    });
  });

  it('ignores sandbox purchases', async () => {
    expect(await parseEvent('INITIAL_PURCHASE', { environment: 'SANDBOX' })).toMatchObject({
      kind: 'ignored',
      reason: 'sandbox',
    });
  });
});

it('a Zephr grant without an entitlement is unusable when the lookup cannot resolve it', async () => {
  expect(
    await zephr.parse({ type: 'USER_GRANT_RENAMED', time: MS, details: { user_id: 'ada' } }, OPTIONS, () =>
      Promise.resolve(null),
    ),
  ).toMatchObject({ kind: 'unusable', reason: 'no-plan' });
});
