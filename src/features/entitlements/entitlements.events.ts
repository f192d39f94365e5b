import type { NewEvent } from '../../platform/outbox/outbox.js';
import type { EntitlementKind, EntitlementStatus } from './entitlement.js';

export const ENTITLEMENT_CHANGED = 'entitlement.changed';

export interface EntitlementState {
  readonly tier: string;
  readonly status: EntitlementStatus;
  /** ISO 8601. */
  readonly validUntil: string | null;
  readonly graceUntil: string | null;
  /** Why the reader has the entitlement. */
  readonly kind: EntitlementKind;
  readonly grantedBy: string | null;
}

/** The new and the previous state. A deleted entitlement has its last tier and the status `deleted`. */
export interface EntitlementChangedPayload extends Omit<EntitlementState, 'status'> {
  readonly readerKey: string;
  /** Key of the entitlement among the reader's entitlements. */
  readonly key: string;
  readonly status: EntitlementStatus | 'deleted';
  /** `api`, or the billing provider that reported it. */
  readonly source: string;
  readonly previous: EntitlementState | null;
}

export const entitlementChanged = (payload: EntitlementChangedPayload): NewEvent => ({
  type: ENTITLEMENT_CHANGED,
  subject: `entitlement:${payload.readerKey}`,
  payload: { ...payload },
});
