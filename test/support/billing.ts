import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

export const STATES = ['gold', 'silver', 'ending', 'over'] as const;
export type SubscriptionState = (typeof STATES)[number];

/**
 * Imitates a billing system, following its documentation: how it signs webhooks, and the messages with which it reports
 * the state of a subscription.
 */
export interface Biller {
  readonly provider: string;
  /** The publisher's settings; `insider` and `insider-gold` are the tiers. */
  readonly settings: Readonly<Record<string, unknown>> & { readonly secret: string };
  headers(body: string, secret: string, at: Date): Record<string, string>;
  /**
   * Builds a message that reports the state of a reader's subscription at that second.
   *
   * @param mark part of the message's ID, to tell apart messages of one second; the second itself by default
   */
  buildEvent(state: SubscriptionState, second: number, reader?: string, mark?: number): object;
  /** A message about another kind of object, which changes nothing. */
  readonly other: object;
}

/** Unix time of second 0 of the message sequences. */
const BASE = 1_790_000_000;
/** Converts a second of a message sequence, 0 or more, to a time. */
export const secondOf = (second: number): Date => new Date((BASE + second) * 1000);
/** When a subscription in the state `ending` ends. */
export const ENDS_AT = '2999-01-01T00:00:00.000Z';
const ENDS_S = Date.parse(ENDS_AT) / 1000;

const hmacHex = (secret: string, ...parts: string[]): string =>
  createHmac('sha256', secret).update(parts.join('')).digest('hex');
const unixSeconds = (at: Date): string => String(Math.floor(at.getTime() / 1000));
const iso = (second: number): string => secondOf(second).toISOString();
const basic = (secret: string) => ({ authorization: `Basic ${Buffer.from(secret).toString('base64')}` });
const TIERS = { plan_gold: 'insider-gold', plan_silver: 'insider' };
const planOf = (state: string): string => (state === 'silver' ? 'plan_silver' : 'plan_gold');

export const STRIPE: Biller = {
  provider: 'stripe',
  settings: { secret: 'whsec_a-secret-of-stripe', tiers: TIERS },
  headers: (body, secret, at) => ({
    'stripe-signature': `t=${unixSeconds(at)},v1=${hmacHex(secret, unixSeconds(at), '.', body)},v0=00ff`,
  }),
  buildEvent: (state, second, reader = 'ada', mark = second) => ({
    id: `evt_${reader}_${mark}`,
    object: 'event',
    type: `customer.subscription.${state === 'over' ? 'deleted' : 'updated'}`,
    created: BASE + second,
    data: {
      object: {
        id: `sub_${reader}`,
        object: 'subscription',
        status: state === 'over' ? 'canceled' : 'active',
        cancel_at_period_end: state === 'ending',
        customer: `cus_${reader}`,
        metadata: { readerKey: reader },
        items: {
          data: [
            { current_period_end: ENDS_S, price: { id: planOf(state), product: 'prod_1', lookup_key: null } },
          ],
        },
      },
    },
  }),
  other: { id: 'evt_other', type: 'invoice.paid', created: BASE, data: { object: { id: 'in_1' } } },
};

export const CHARGEBEE: Biller = {
  provider: 'chargebee',
  settings: { secret: 'postbag:a-password-of-chargebee', tiers: TIERS },
  headers: (_, secret) => basic(secret),
  buildEvent: (state, second, reader = 'ada', mark = second) => ({
    id: `ev_${reader}_${mark}`,
    occurred_at: BASE + second,
    event_type: state === 'over' ? 'subscription_cancelled' : 'subscription_changed',
    content: {
      subscription: {
        id: `cb_${reader}`,
        customer_id: reader,
        status: { gold: 'active', silver: 'active', ending: 'non_renewing', over: 'cancelled' }[state],
        subscription_items: [{ item_price_id: planOf(state), item_type: 'plan' }],
        current_term_end: ENDS_S,
        resource_version: (BASE + second) * 1000,
      },
      customer: { id: reader },
    },
  }),
  other: {
    id: 'ev_other',
    occurred_at: BASE,
    event_type: 'customer_created',
    content: { customer: { id: 'a' } },
  },
};

export const PADDLE: Biller = {
  provider: 'paddle',
  settings: { secret: 'pdl_ntfset_a-secret-of-paddle', tiers: TIERS },
  headers: (body, secret, at) => ({
    'paddle-signature': `ts=${unixSeconds(at)};h1=${hmacHex(secret, unixSeconds(at), ':', body)}`,
  }),
  buildEvent: (state, second, reader = 'ada', mark = second) => ({
    event_id: `evt_${reader}_${mark}`,
    event_type: `subscription.${state === 'over' ? 'canceled' : 'updated'}`,
    occurred_at: iso(second).replace('.000Z', '.000123Z'),
    data: {
      id: `sub_${reader}`,
      status: state === 'over' ? 'canceled' : 'active',
      custom_data: { readerKey: reader },
      items: [{ price: { id: planOf(state), product_id: 'pro_1' }, quantity: 1 }],
      scheduled_change: state === 'ending' ? { action: 'cancel', effective_at: ENDS_AT } : null,
    },
  }),
  other: {
    event_id: 'evt_other',
    event_type: 'transaction.paid',
    occurred_at: iso(0),
    data: { id: 'txn_1' },
  },
};

export const REVENUECAT: Biller = {
  provider: 'revenuecat',
  settings: { secret: 'a-secret-of-revenuecat', tiers: TIERS },
  headers: (body, secret, at) => ({
    'x-revenuecat-webhook-signature': `t=${unixSeconds(at)},v1=${hmacHex(secret, unixSeconds(at), '.', body)}`,
  }),
  buildEvent: (state, second, reader = 'ada', mark = second) => ({
    api_version: '1.0',
    event: {
      id: `rc-${reader}-${mark}`,
      type: { gold: 'RENEWAL', silver: 'RENEWAL', ending: 'CANCELLATION', over: 'EXPIRATION' }[state],
      event_timestamp_ms: (BASE + second) * 1000,
      app_user_id: reader,
      entitlement_ids: [planOf(state)],
      product_id: 'com.paper.monthly',
      period_type: 'NORMAL',
      environment: 'PRODUCTION',
      expiration_at_ms: ENDS_S * 1000,
      cancel_reason: 'UNSUBSCRIBE',
      original_transaction_id: `ot-${reader}`,
    },
  }),
  other: { event: { id: 'rc-other', type: 'TEST', event_timestamp_ms: BASE * 1000 } },
};

export const ZEPHR: Biller = {
  provider: 'zephr',
  settings: { secret: 'postbag:a-password-of-zephr', tiers: TIERS },
  headers: (_, secret) => basic(secret),
  buildEvent: (state, second, reader = 'ada') => ({
    tenantId: 'paper',
    type: state === 'over' ? 'USER_GRANT_ENDED' : 'USER_GRANT_STARTED',
    time: (BASE + second) * 1000,
    details: {
      user_id: reader,
      grant_id: `grant_${reader}`,
      entitlement_id: planOf(state),
      ...(state === 'ending' ? { end_time: ENDS_AT } : {}),
    },
  }),
  other: { tenantId: 'paper', type: 'CREATE_USER', time: BASE * 1000, details: { user_id: 'ada' } },
};

/** A billing system of the publisher's own, whose JSON messages are read by a mapping in the settings. */
export const OWN: Biller = {
  provider: 'json-own',
  settings: {
    secret: 'a secret of our own making',
    tiers: TIERS,
    mapping: {
      signature: {
        by: 'hmac-sha256',
        header: 'X-Paper-Signature',
        prefix: 'sha256=',
        signed: '{timestamp}.{body}',
        timestampHeader: 'X-Paper-Time',
      },
      readerKey: '/user/id',
      plans: ['/abo/products'],
      status: '/abo/state',
      statuses: { running: 'active', done: 'cancelled' },
      validUntil: '/abo/until',
      time: '/at',
      sequence: '/n',
      id: '/message',
      subscription: '/abo/number',
      type: '/what',
      types: ['abo'],
    },
  },
  headers: (body, secret, at) => ({
    'x-paper-signature': `sha256=${hmacHex(secret, unixSeconds(at), '.', body)}`,
    'x-paper-time': unixSeconds(at),
  }),
  buildEvent: (state, second, reader = 'ada', mark = second) => ({
    what: 'abo',
    message: `m-${reader}-${mark}`,
    n: second,
    at: iso(second),
    user: { id: reader },
    abo: {
      number: 77,
      products: ['newsletter', planOf(state)],
      state: state === 'over' ? 'done' : 'running',
      until: state === 'ending' ? ENDS_AT : null,
    },
  }),
  other: { what: 'address', message: 'm-other', at: iso(0) },
};

export const GENERIC: Biller = {
  provider: 'generic',
  settings: { secret: `whsec_${Buffer.from('a generic secret of 24+').toString('base64')}`, tiers: TIERS },
  headers: (body, secret, at) => {
    const id = `msg_${createHmac('sha256', 'id').update(body).digest('hex').slice(0, 20)}`;
    return {
      'webhook-id': id,
      'webhook-timestamp': unixSeconds(at),
      'webhook-signature': new Webhook(secret).sign(id, at, body),
    };
  },
  buildEvent: (state, second, reader = 'ada') => ({
    type: 'subscription.updated',
    timestamp: iso(second),
    data: {
      readerKey: reader,
      tier: planOf(state),
      status: state === 'over' ? 'cancelled' : 'active',
      validUntil: state === 'ending' ? ENDS_AT : null,
      sequence: second,
    },
  }),
  other: { type: 'invoice.paid', timestamp: iso(0), data: {} },
};

export const BILLERS: readonly Biller[] = [GENERIC, STRIPE, CHARGEBEE, PADDLE, REVENUECAT, ZEPHR, OWN];
