import type { EntitlementStatus } from '../entitlement.js';
import type { InboundProvider } from './provider.js';
import { checkNameAndPassword, verifyBasic } from './signatures.js';
import {
  at,
  instantAt,
  keyOf,
  lacks,
  listAt,
  meaningOf,
  noReader,
  otherType,
  readerKeyAt,
  textAt,
  typeAt,
  unknownStatus,
  wordsAt,
} from './values.js';

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

/** Chargebee's subscriptions: apidocs.chargebee.com/docs/api/events. Its pushes are not signed. */
export const chargebee: InboundProvider = {
  name: 'chargebee',
  checkSecret: checkNameAndPassword,
  verify: verifyBasic,

  async parse(event, { reader }) {
    const id = textAt(event, '/id');
    const type = typeAt(event, '/event_type');
    const toldAt = instantAt(event, '/occurred_at');
    if (!type) return lacks('/event_type', 'type');
    // Others carry a subscription too, of a later or an earlier version: the version decides, not the type.
    const subscription = textAt(event, `${SUBSCRIPTION}/id`);
    if (!subscription) return otherType(id, type);
    if (!id) return lacks('/id', 'id');
    if (!toldAt) return lacks('/occurred_at', 'time');

    const theirs = textAt(event, `${SUBSCRIPTION}/status`);
    const isDeleted = at(event, `${SUBSCRIPTION}/deleted`) === true;
    const status = isDeleted ? 'cancelled' : meaningOf(STATUS, theirs);
    if (!status) return unknownStatus(id, theirs);
    const pointer = reader ?? READER;
    const readerKey = readerKeyAt(event, pointer);
    if (!readerKey) return noReader(id, pointer);

    const items = listAt(event, `${SUBSCRIPTION}/subscription_items`);
    const plans = items.flatMap((item) => wordsAt(item, ['/item_price_id']));
    const ends = instantAt(event, `${SUBSCRIPTION}/current_term_end`);
    return {
      kind: 'subscription',
      id,
      fact: {
        readerKey,
        key: keyOf('chargebee', subscription),
        // Product Catalog 1.0 has one plan per subscription instead.
        plans: plans.length > 0 ? plans : wordsAt(event, [`${SUBSCRIPTION}/plan_id`]),
        status,
        validUntil: theirs === 'non_renewing' && status === 'active' ? ends : null,
        graceUntil: null,
        toldAt,
        sequence: versionOf(event),
      },
    };
  },
};

function versionOf(event: unknown): number | null {
  const version = Number(textAt(event, `${SUBSCRIPTION}/resource_version`) ?? Number.NaN);
  return Number.isSafeInteger(version) && version >= 0 ? version : null;
}
