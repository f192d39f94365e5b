import type { EntitlementStatus } from '../entitlement.js';
import type { BillingProvider } from './billing-provider.js';
import {
  invalidSignature,
  checkSecretLength,
  VALID_SIGNATURE,
  header,
  decodeHex,
  isWithinTolerance,
  isSignedBy,
} from './signatures.js';
import {
  instantAt,
  entitlementKeyFor,
  missingValue,
  statusFor,
  missingReader,
  unhandledType,
  readerKeyAt,
  textAt,
  typeAt,
  unknownStatus,
  textsAt,
} from './json-values.js';

const API = 'https://v3.recurly.com';
const READER = '/account/code';

const STATUS: Readonly<Record<string, EntitlementStatus>> = {
  active: 'active',
  // The subscription does not renew. Access lasts until the end of the paid period.
  canceled: 'active',
  future: 'expired',
  paused: 'expired',
  failed: 'expired',
  expired: 'expired',
};

/**
 * Recurly's JSON webhooks (docs.recurly.com/recurly-subscriptions/docs/webhooks). A webhook only names the changed
 * object; its current state is read from the API, so late and duplicate webhooks lead to the same state.
 */
export const recurly: BillingProvider = {
  name: 'recurly',
  checkSecret: checkSecretLength,
  checkOptions: ({ apiKey }) =>
    apiKey === null
      ? {
          pointer: '/apiKey',
          code: 'api-key-needed',
          message:
            'Recurly webhooks only say which subscription changed. Add an API key that can read subscriptions.',
        }
      : null,

  verify(request, secrets, now) {
    const value = header(request.headers, 'recurly-signature');
    if (value === null) return invalidSignature('unsigned');
    const [time = '', ...signatures] = value.split(',').map((part) => part.trim());
    if (!/^[0-9]{1,15}$/.test(time) || signatures.length === 0) return invalidSignature('malformed');
    if (!isWithinTolerance(Number(time) / 1000, now)) return invalidSignature('out-of-time');
    return isSignedBy(secrets, [`${time}.`, request.rawBody], signatures.map(decodeHex))
      ? VALID_SIGNATURE
      : invalidSignature('wrong');
  },

  async parse(webhook, { reader, apiKey, apiUrl }, lookUp) {
    const objectType = typeAt(webhook, '/object_type');
    const id = textAt(webhook, '/id');
    if (!objectType) return missingValue('/object_type', 'type');
    if (objectType !== 'subscription') return unhandledType(null, objectType);
    if (!id) return missingValue('/id', 'id');

    const subscription = await lookUp(
      `${(apiUrl ?? API).replace(/\/$/, '')}/subscriptions/${encodeURIComponent(id)}`,
      {
        accept: 'application/vnd.recurly.v2021-02-25+json',
        authorization: `Basic ${Buffer.from(`${apiKey ?? ''}:`).toString('base64')}`,
      },
    );
    if (subscription === null) {
      const detail = `Recurly has no subscription with the id ${id.slice(0, 64)}.`;
      return { kind: 'unusable', id: null, reason: 'not-in-the-api', detail };
    }
    const reportedAt = instantAt(subscription, '/updated_at');
    if (!reportedAt) return missingValue('/updated_at', 'time');
    const providerStatus = textAt(subscription, '/state');
    const status = statusFor(STATUS, providerStatus);
    if (!status) return unknownStatus(null, providerStatus);
    const pointer = reader ?? READER;
    const readerKey = readerKeyAt(subscription, pointer);
    if (!readerKey) return missingReader(null, pointer);

    const trialEnds = instantAt(subscription, '/trial_ends_at');
    return {
      kind: 'subscription',
      // The id includes the state's time, because identical webhooks may report different changes.
      id: `${id}@${reportedAt.getTime()}`,
      fact: {
        readerKey,
        key: entitlementKeyFor('recurly', textAt(subscription, '/id') ?? id),
        plans: textsAt(subscription, ['/plan/code', '/plan/id']),
        status: status === 'active' && trialEnds && trialEnds > reportedAt ? 'trialing' : status,
        validUntil:
          providerStatus === 'canceled'
            ? (instantAt(subscription, '/expires_at') ??
              instantAt(subscription, '/current_period_ends_at') ??
              reportedAt)
            : null,
        // During dunning the subscription stays active.
        graceUntil: null,
        reportedAt,
        sequence: reportedAt.getTime(),
      },
    };
  },
};
