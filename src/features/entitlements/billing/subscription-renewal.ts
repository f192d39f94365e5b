import type { EntitlementStatus } from '../entitlement.js';
import type { ParsedWebhook } from './billing-provider.js';
import { daysAfter, entitlementKeyFor, missingReader, readerKeyAt, unknownStatus } from './json-values.js';

/** What a billing system tells of a subscription that renews by itself. */
export interface RenewalInput {
  readonly provider: string;
  /** Of the message. */
  readonly id: string;
  /** Their id of the subscription. */
  readonly subscription: string;
  /** Their word for its state, and what it means here. */
  readonly theirs: string | null;
  readonly status: EntitlementStatus | undefined;
  /** Where the reader's key stands, as a JSON pointer. */
  readonly reader: string;
  readonly plans: readonly string[];
  /** An end that is decided: a renewal moves the period on without a word in time, so its end alone is none. */
  readonly ends: Date | null;
  /** Since when a failed payment is waited for, and how long; null: since it was told. */
  readonly periodStart?: Date | null;
  readonly graceDays?: number;
  readonly reportedAt: Date;
  readonly sequence: number | null;
}

export function parseRenewal(event: unknown, told: RenewalInput): ParsedWebhook {
  const { provider, id, subscription, theirs, status, reader, plans, ends, reportedAt, sequence } = told;
  const { periodStart, graceDays = 0 } = told;
  if (!status) return unknownStatus(id, theirs);
  const readerKey = readerKeyAt(event, reader);
  if (!readerKey) return missingReader(id, reader);
  const isRunning = status === 'active' || status === 'trialing';
  const isAwaited = status === 'past_due' && graceDays > 0;
  return {
    kind: 'subscription',
    id,
    fact: {
      readerKey,
      key: entitlementKeyFor(provider, subscription),
      plans,
      status,
      validUntil: isRunning ? ends : null,
      graceUntil: isAwaited ? daysAfter(periodStart ?? reportedAt, graceDays) : null,
      reportedAt,
      sequence,
    },
  };
}
