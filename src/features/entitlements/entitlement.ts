export const ENTITLEMENT_STATUSES = ['active', 'trialing', 'past_due', 'cancelled', 'expired'] as const;
export type EntitlementStatus = (typeof ENTITLEMENT_STATUSES)[number];

export const ENTITLEMENT_KINDS = ['subscription', 'trial', 'gift', 'seat'] as const;
/** Why somebody has it: they pay, they try, it was given to them, or it is their seat of a company's. */
export type EntitlementKind = (typeof ENTITLEMENT_KINDS)[number];

const SEAT_PREFIX = 'organisation:';
/** The key of the entitlement that is somebody's seat of an organisation. */
export const seatKey = (organisation: string): string => `${SEAT_PREFIX}${organisation}`;
export const isSeat = ({ key, kind }: { key: string; kind: EntitlementKind }): boolean =>
  kind === 'seat' && key.startsWith(SEAT_PREFIX);

/** A reader's claim to a tier, as the publisher or its billing system told it. */
export interface Entitlement {
  readonly tier: string;
  readonly status: EntitlementStatus;
  /** The end of what is paid for, exclusive; null: no end is known. */
  readonly validUntil: Date | null;
  /** Until when a payment that failed is waited for, exclusive. */
  readonly graceUntil: Date | null;
  /** When a cancelled or expired status was told. */
  readonly endedAt: Date | null;
  /** When the status was told. */
  readonly reportedAt: Date;
}

/** A tier that a reader lost, with when, and no entitlement left that says so. */
export interface Ending {
  readonly tier: string;
  readonly endedAt: Date;
}

/**
 * When an entitlement stopped counting.
 *
 * `active` and `trialing` count until `validUntil`; `past_due` counts within grace and not without one;
 * `cancelled` and `expired` never do.
 *
 * @returns null while it counts
 */
export function endOf(entitlement: Entitlement, now: Date): Date | null {
  const { status, validUntil, graceUntil, endedAt, reportedAt } = entitlement;
  switch (status) {
    case 'active':
    case 'trialing':
      return validUntil && validUntil <= now ? validUntil : null;
    case 'past_due':
      if (graceUntil) return graceUntil <= now ? graceUntil : null;
      return validUntil && validUntil < reportedAt ? validUntil : reportedAt;
    case 'cancelled':
    case 'expired':
      return endedAt ?? reportedAt;
  }
}
