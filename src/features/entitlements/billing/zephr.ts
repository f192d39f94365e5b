import type { BillingProvider } from './billing-provider.js';
import { checkNameAndPassword, verifyBasic } from './signatures.js';
import {
  instantAt,
  entitlementKeyFor,
  missingValue,
  missingPlan,
  missingReader,
  unhandledType,
  readerKeyAt,
  textAt,
  typeAt,
  invalidEnd,
  textsAt,
} from './json-values.js';

const READER = '/details/user_id';
const PLANS = [
  '/details/entitlement_id',
  '/details/product_id',
  '/details/entitlement',
  '/details/entitlement/id',
];

/** Derives how access changes from the name of an event type; null for events that do not affect access. */
function accessChangeOf(type: string): 'granted' | 'started' | 'cancelled' | 'ended' | null {
  const name = type.toUpperCase();
  if (!/GRANT|ENTITLEMENT|SUBSCRIPTION/.test(name)) return null;
  if (/ENDED|END$|REVOKED?|EXPIRED?/.test(name)) return 'ended';
  if (/CANCEL/.test(name)) return 'cancelled';
  return /STARTED|START$/.test(name) ? 'started' : 'granted';
}
const RANK = { granted: 0, started: 1, cancelled: 5, ended: 9 } as const;

/** Zephr system webhooks (support.zephr.com, System Webhooks): a type, a time in milliseconds, and details. */
export const zephr: BillingProvider = {
  name: 'zephr',
  checkSecret: checkNameAndPassword,
  verify: verifyBasic,

  async parse(body, { reader }) {
    const type = typeAt(body, '/type');
    const reportedAt = instantAt(body, '/time');
    if (!type) return missingValue('/type', 'type');
    const change = accessChangeOf(type);
    if (!change) return unhandledType(null, type);
    if (!reportedAt) return missingValue('/time', 'time');
    const pointer = reader ?? READER;
    const readerKey = readerKeyAt(body, pointer);
    if (!readerKey) return missingReader(null, pointer);
    const plans = textsAt(body, PLANS);
    const grant = textAt(body, '/details/grant_id') ?? textAt(body, '/details/id') ?? plans[0];
    // Event types are recognised by words in their names, so a webhook of an unknown type may have no entitlement.
    if (grant === undefined) return missingPlan(null);

    const dateError = invalidEnd(body, [change === 'ended' ? undefined : '/details/end_time']);
    if (dateError) return dateError;

    const startsAt = instantAt(body, '/details/start_time');
    const startsLater = change === 'granted' && startsAt !== null && startsAt > reportedAt;
    return {
      kind: 'subscription',
      id: null,
      fact: {
        readerKey,
        key: entitlementKeyFor('zephr', grant),
        plans,
        // If the grant starts later, the webhook about its start activates it.
        status: change === 'ended' || startsLater ? 'expired' : 'active',
        validUntil: change === 'ended' ? null : instantAt(body, '/details/end_time'),
        graceUntil: null,
        reportedAt,
        sequence: reportedAt.getTime() * 10 + RANK[change],
      },
    };
  },
};
