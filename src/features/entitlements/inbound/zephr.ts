import type { InboundProvider } from './provider.js';
import { checkNameAndPassword, verifyBasic } from './signatures.js';
import {
  instantAt,
  keyOf,
  lacks,
  noPlan,
  noReader,
  otherType,
  readerKeyAt,
  textAt,
  typeAt,
  unreadableEnd,
  wordsAt,
} from './values.js';

const READER = '/details/user_id';
const PLANS = [
  '/details/entitlement_id',
  '/details/product_id',
  '/details/entitlement',
  '/details/entitlement/id',
];

/** What the name of an entitlement's event says about access; the rest of Zephr's events are not about it. */
function changeIn(type: string): 'granted' | 'started' | 'cancelled' | 'ended' | null {
  const words = type.toUpperCase();
  if (!/GRANT|ENTITLEMENT|SUBSCRIPTION/.test(words)) return null;
  if (/ENDED|END$|REVOKED?|EXPIRED?/.test(words)) return 'ended';
  if (/CANCEL/.test(words)) return 'cancelled';
  return /STARTED|START$/.test(words) ? 'started' : 'granted';
}
const RANK = { granted: 0, started: 1, cancelled: 5, ended: 9 } as const;

/** Zephr's system webhooks (support.zephr.com, System Webhooks): a type, a time in milliseconds, and details. */
export const zephr: InboundProvider = {
  name: 'zephr',
  checkSecret: checkNameAndPassword,
  verify: verifyBasic,

  async parse(body, { reader }) {
    const type = typeAt(body, '/type');
    const toldAt = instantAt(body, '/time');
    if (!type) return lacks('/type', 'type');
    const change = changeIn(type);
    if (!change) return otherType(null, type);
    if (!toldAt) return lacks('/time', 'time');
    const pointer = reader ?? READER;
    const readerKey = readerKeyAt(body, pointer);
    if (!readerKey) return noReader(null, pointer);
    const plans = wordsAt(body, PLANS);
    const grant = textAt(body, '/details/grant_id') ?? textAt(body, '/details/id') ?? plans[0];
    // Its types are told by words of their names: one that is not known yet may name no entitlement.
    if (grant === undefined) return noPlan(null);

    const unreadable = unreadableEnd(body, [change === 'ended' ? undefined : '/details/end_time']);
    if (unreadable) return unreadable;

    const starts = instantAt(body, '/details/start_time');
    const isAhead = change === 'granted' && starts !== null && starts > toldAt;
    return {
      kind: 'subscription',
      id: null,
      fact: {
        readerKey,
        key: keyOf('zephr', grant),
        plans,
        // Granted for later: the push "started" opens it.
        status: change === 'ended' || isAhead ? 'expired' : 'active',
        validUntil: change === 'ended' ? null : instantAt(body, '/details/end_time'),
        graceUntil: null,
        toldAt,
        sequence: toldAt.getTime() * 10 + RANK[change],
      },
    };
  },
};
