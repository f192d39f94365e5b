import type { EntitlementStatus } from '../entitlement.js';
import type { InboundProvider } from './provider.js';
import { checkText, verifyTimed } from './signatures.js';
import {
  daysAfter,
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

const READER = '/data/custom_data/readerKey';

const STATUS: Readonly<Record<string, EntitlementStatus>> = {
  active: 'active',
  trialing: 'trialing',
  past_due: 'past_due',
  paused: 'expired',
  canceled: 'cancelled',
};

/** Paddle Billing's subscriptions: developer.paddle.com/webhooks/signature-verification. */
export const paddle: InboundProvider = {
  name: 'paddle',
  checkSecret: checkText,

  verify: (request, secrets, now) =>
    verifyTimed(request, secrets, now, {
      header: 'paddle-signature',
      between: ';',
      time: 'ts',
      scheme: 'h1',
      joint: ':',
    }),

  async parse(event, { reader, graceDays }) {
    const id = textAt(event, '/event_id');
    const type = typeAt(event, '/event_type');
    const toldAt = instantAt(event, '/occurred_at');
    if (!type) return lacks('/event_type', 'type');
    if (!type.startsWith('subscription.')) return otherType(id, type);
    if (!id) return lacks('/event_id', 'id');
    if (!toldAt) return lacks('/occurred_at', 'time');

    const subscription = textAt(event, '/data/id');
    if (!subscription) return lacks('/data/id', 'subscription');
    const theirs = textAt(event, '/data/status');
    const status = meaningOf(STATUS, theirs);
    if (!status) return unknownStatus(id, theirs);
    const pointer = reader ?? READER;
    const readerKey = readerKeyAt(event, pointer);
    if (!readerKey) return noReader(id, pointer);

    const change = textAt(event, '/data/scheduled_change/action');
    const isRunning = status === 'active' || status === 'trialing';
    const since = instantAt(event, '/data/current_billing_period/starts_at') ?? toldAt;
    return {
      kind: 'subscription',
      id,
      fact: {
        readerKey,
        key: keyOf('paddle', subscription),
        plans: listAt(event, '/data/items').flatMap((item) =>
          wordsAt(item, ['/price/id', '/price/product_id', '/product/id']),
        ),
        status,
        validUntil:
          isRunning && (change === 'cancel' || change === 'pause')
            ? instantAt(event, '/data/scheduled_change/effective_at')
            : null,
        graceUntil: status === 'past_due' && graceDays > 0 ? daysAfter(since, graceDays) : null,
        toldAt,
        sequence: microseconds(textAt(event, '/occurred_at') ?? '', toldAt),
      },
    };
  },
};

/** Their clock has six digits, and two changes may come within a millisecond. */
function microseconds(text: string, toldAt: Date): number {
  const fraction = /\.(\d{1,6})/.exec(text)?.[1] ?? '';
  return Math.floor(toldAt.getTime() / 1000) * 1_000_000 + Number(fraction.padEnd(6, '0'));
}
