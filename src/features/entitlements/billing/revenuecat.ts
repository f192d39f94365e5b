import type { BillingProvider, SubscriptionFact } from './billing-provider.js';
import {
  invalidSignature,
  checkSecretLength,
  VALID_SIGNATURE,
  header,
  isOneOf,
  verifyTimed,
} from './signatures.js';
import {
  instantAt,
  entitlementKeyFor,
  missingValue,
  missingReader,
  unhandledType,
  readerKeyAt,
  textAt,
  typeAt,
  textsAt,
} from './json-values.js';

const READER = '/event/app_user_id';
const SIGNATURE = 'x-revenuecat-webhook-signature';

/** Orders events of the same millisecond: a purchase first, its expiration last. */
const RANK: Readonly<Record<string, number>> = {
  INITIAL_PURCHASE: 0,
  NON_RENEWING_PURCHASE: 0,
  RENEWAL: 1,
  // Lasts a day at most, while a store cannot confirm the payment.
  TEMPORARY_ENTITLEMENT_GRANT: 0,
  UNCANCELLATION: 3,
  SUBSCRIPTION_EXTENDED: 3,
  SUBSCRIPTION_PAUSED: 4,
  BILLING_ISSUE: 5,
  CANCELLATION: 6,
  // Restores access that a refund ended.
  REFUND_REVERSED: 7,
  EXPIRATION: 9,
};

type State = Pick<SubscriptionFact, 'status' | 'validUntil' | 'graceUntil'>;

/**
 * Only EXPIRATION and refunds end access. A cancellation, pause or failed payment only announces that access will end.
 */
function stateOf(event: unknown, type: string): State {
  const expiresAt = instantAt(event, '/event/expiration_at_ms');
  const isTrial = textAt(event, '/event/period_type') === 'TRIAL';
  const active: State = { status: isTrial ? 'trialing' : 'active', validUntil: expiresAt, graceUntil: null };
  const ended: State = { status: 'expired', validUntil: null, graceUntil: null };
  switch (type) {
    case 'EXPIRATION':
      return ended;
    case 'CANCELLATION':
      // A refund by customer support ends access immediately.
      return textAt(event, '/event/cancel_reason') === 'CUSTOMER_SUPPORT' ? ended : active;
    case 'BILLING_ISSUE': {
      const graceUntil = instantAt(event, '/event/grace_period_expiration_at_ms');
      return graceUntil ? { status: 'past_due', validUntil: expiresAt, graceUntil } : active;
    }
    default:
      return active;
  }
}

/** RevenueCat's app store purchases: revenuecat.com/docs/integrations/webhooks/event-types-and-fields. */
export const revenuecat: BillingProvider = {
  name: 'revenuecat',
  checkSecret: checkSecretLength,

  /** Verifies the signature if the publisher enabled signing, otherwise a fixed `Authorization` value. */
  verify(request, secrets, now) {
    if (header(request.headers, SIGNATURE) !== null)
      return verifyTimed(request, secrets, now, {
        header: SIGNATURE,
        delimiter: ',',
        time: 't',
        scheme: 'v1',
        separator: '.',
      });
    const value = header(request.headers, 'authorization');
    if (value === null) return invalidSignature('unsigned');
    return isOneOf(secrets, value) || isOneOf(secrets, value.replace(/^bearer +/i, ''))
      ? VALID_SIGNATURE
      : invalidSignature('wrong');
  },

  async parse(body, { reader }) {
    const id = textAt(body, '/event/id');
    const type = typeAt(body, '/event/type');
    const reportedAt = instantAt(body, '/event/event_timestamp_ms');
    if (!type) return missingValue('/event/type', 'type');
    if (type === 'TRANSFER') {
      const detail =
        'A RevenueCat transfer does not say which entitlements it moves. Set the entitlements of both readers through the API.';
      return { kind: 'unusable', id, reason: 'transfer', detail };
    }
    if (!Object.hasOwn(RANK, type)) return unhandledType(id, type);
    if (textAt(body, '/event/environment') === 'SANDBOX')
      return {
        kind: 'ignored',
        id,
        reason: 'sandbox',
        detail: 'Sandbox purchases do not grant entitlements.',
      };
    if (!id) return missingValue('/event/id', 'id');
    if (!reportedAt) return missingValue('/event/event_timestamp_ms', 'time');

    const pointer = reader ?? READER;
    const readerKey = readerKeyAt(body, pointer);
    if (!readerKey) return missingReader(id, pointer);
    const purchase =
      textAt(body, '/event/original_transaction_id') ??
      textAt(body, '/event/transaction_id') ??
      'promotional';
    return {
      kind: 'subscription',
      id,
      fact: {
        readerKey,
        key: entitlementKeyFor('revenuecat', purchase),
        plans: textsAt(body, ['/event/entitlement_ids', '/event/entitlement_id', '/event/product_id']),
        ...stateOf(body, type),
        reportedAt,
        sequence: reportedAt.getTime() * 10 + RANK[type],
      },
    };
  },
};
