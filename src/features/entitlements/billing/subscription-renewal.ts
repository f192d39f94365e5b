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
  /** The provider's own status; `status` is the one that it is mapped to. */
  readonly providerStatus: string | null;
  readonly status: EntitlementStatus | undefined;
  /** JSON pointer to the reader's key. */
  readonly reader: string;
  readonly plans: readonly string[];
  /**
   * The definite end, if there is one. The end of a paid period is not used, because the webhook about the renewal may
   * arrive late.
   */
  readonly endsAt: Date | null;
  /** Start of the unpaid period, from which the grace period is counted. If null or absent, `reportedAt` is used. */
  readonly periodStart?: Date | null;
  readonly graceDays?: number;
  readonly reportedAt: Date;
  readonly sequence: number | null;
}

export function parseRenewal(event: unknown, input: RenewalInput): ParsedWebhook {
  const { provider, id, subscription, providerStatus, status, reader, plans, endsAt, reportedAt, sequence } =
    input;
  const { periodStart, graceDays = 0 } = input;
  if (!status) return unknownStatus(id, providerStatus);
  const readerKey = readerKeyAt(event, reader);
  if (!readerKey) return missingReader(id, reader);
  const isActive = status === 'active' || status === 'trialing';
  const isInGracePeriod = status === 'past_due' && graceDays > 0;
  return {
    kind: 'subscription',
    id,
    fact: {
      readerKey,
      key: entitlementKeyFor(provider, subscription),
      plans,
      status,
      validUntil: isActive ? endsAt : null,
      graceUntil: isInGracePeriod ? daysAfter(periodStart ?? reportedAt, graceDays) : null,
      reportedAt,
      sequence,
    },
  };
}
