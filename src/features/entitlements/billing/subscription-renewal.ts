import type { EntitlementStatus } from '../entitlement.js';
import type { ParsedWebhook } from './billing-provider.js';
import { daysAfter, entitlementKeyFor, missingReader, readerKeyAt, unknownStatus } from './json-values.js';

/** A billing system's report about a subscription that renews automatically. */
export interface RenewalInput {
  readonly provider: string;
  /** Id of the message. */
  readonly id: string;
  /** The provider's subscription id. */
  readonly subscription: string;
  /** The provider's name for the status; `status` is its meaning here. */
  readonly providerStatus: string | null;
  readonly status: EntitlementStatus | undefined;
  /** JSON pointer to the reader's key. */
  readonly reader: string;
  readonly plans: readonly string[];
  /** A definite end. The end of a period is none, because the subscription may renew without a timely webhook. */
  readonly ends: Date | null;
  /** Start of the grace period; null for the time of the report. */
  readonly periodStart?: Date | null;
  readonly graceDays?: number;
  readonly reportedAt: Date;
  readonly sequence: number | null;
}

export function parseRenewal(event: unknown, input: RenewalInput): ParsedWebhook {
  const { provider, id, subscription, providerStatus, status, reader, plans, ends, reportedAt, sequence } =
    input;
  const { periodStart, graceDays = 0 } = input;
  if (!status) return unknownStatus(id, providerStatus);
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
