import type { EntitlementStatus } from '../entitlement.js';
import type { InboundProvider } from './provider.js';
import { bad, checkText, GOOD, header, hex, isInTime, isSignedBy } from './signatures.js';
import {
  instantAt,
  keyOf,
  lacks,
  meaningOf,
  noReader,
  otherType,
  readerKeyAt,
  textAt,
  typeAt,
  unknownStatus,
  wordsAt,
} from './values.js';

const API = 'https://v3.recurly.com';
const READER = '/account/code';

const STATUS: Readonly<Record<string, EntitlementStatus>> = {
  active: 'active',
  // No renewal: access lasts to the end of what is paid for.
  canceled: 'active',
  future: 'expired',
  paused: 'expired',
  failed: 'expired',
  expired: 'expired',
};

/**
 * Recurly's JSON webhooks (docs.recurly.com/recurly-subscriptions/docs/webhooks): a push names a thing that changed,
 * and its state now is asked of the API, so that whatever comes late or twice brings the same state.
 */
export const recurly: InboundProvider = {
  name: 'recurly',
  checkSecret: checkText,
  checkOptions: ({ apiKey }) =>
    apiKey === null
      ? {
          pointer: '/apiKey',
          code: 'api-key-needed',
          message: 'Recurly only says what changed: an API key that may read subscriptions is needed.',
        }
      : null,

  verify(request, secrets, now) {
    const value = header(request.headers, 'recurly-signature');
    if (value === null) return bad('unsigned');
    const [time = '', ...signatures] = value.split(',').map((part) => part.trim());
    if (!/^[0-9]{1,15}$/.test(time) || signatures.length === 0) return bad('malformed');
    if (!isInTime(Number(time) / 1000, now)) return bad('out-of-time');
    return isSignedBy(secrets, [`${time}.`, request.rawBody], signatures.map(hex)) ? GOOD : bad('wrong');
  },

  async parse(push, { reader, apiKey, apiUrl }, lookUp) {
    const kind = typeAt(push, '/object_type');
    const id = textAt(push, '/id');
    if (!kind) return lacks('/object_type', 'type');
    if (kind !== 'subscription') return otherType(null, kind);
    if (!id) return lacks('/id', 'id');

    const subscription = await lookUp(
      `${(apiUrl ?? API).replace(/\/$/, '')}/subscriptions/${encodeURIComponent(id)}`,
      {
        accept: 'application/vnd.recurly.v2021-02-25+json',
        authorization: `Basic ${Buffer.from(`${apiKey ?? ''}:`).toString('base64')}`,
      },
    );
    if (subscription === null) {
      const detail = `Recurly has no subscription ${id.slice(0, 64)}.`;
      return { kind: 'unusable', id: null, reason: 'not-in-the-api', detail };
    }
    const toldAt = instantAt(subscription, '/updated_at');
    if (!toldAt) return lacks('/updated_at', 'time');
    const theirs = textAt(subscription, '/state');
    const status = meaningOf(STATUS, theirs);
    if (!status) return unknownStatus(null, theirs);
    const pointer = reader ?? READER;
    const readerKey = readerKeyAt(subscription, pointer);
    if (!readerKey) return noReader(null, pointer);

    const trialEnds = instantAt(subscription, '/trial_ends_at');
    return {
      kind: 'subscription',
      // What was seen of it, since equal pushes may tell of different changes.
      id: `${id}@${toldAt.getTime()}`,
      fact: {
        readerKey,
        key: keyOf('recurly', textAt(subscription, '/id') ?? id),
        plans: wordsAt(subscription, ['/plan/code', '/plan/id']),
        status: status === 'active' && trialEnds && trialEnds > toldAt ? 'trialing' : status,
        validUntil:
          theirs === 'canceled'
            ? (instantAt(subscription, '/expires_at') ??
              instantAt(subscription, '/current_period_ends_at') ??
              toldAt)
            : null,
        // While Recurly duns, its subscription stays active.
        graceUntil: null,
        toldAt,
        sequence: toldAt.getTime(),
      },
    };
  },
};
