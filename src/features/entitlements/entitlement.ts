export const ENTITLEMENT_STATUSES = ['active', 'trialing', 'past_due', 'cancelled', 'expired'] as const;
export type EntitlementStatus = (typeof ENTITLEMENT_STATUSES)[number];

export const ENTITLEMENT_KINDS = ['subscription', 'trial', 'gift', 'seat'] as const;
/** Why a reader has the entitlement: a paid subscription, a trial, a gift, or a seat of an organisation. */
export type EntitlementKind = (typeof ENTITLEMENT_KINDS)[number];

const SEAT_PREFIX = 'organisation:';
/** Returns the key of the entitlement for a seat of an organisation. */
export const seatKey = (organisation: string): string => `${SEAT_PREFIX}${organisation}`;
export const isSeat = ({ key, kind }: { key: string; kind: EntitlementKind }): boolean =>
  kind === 'seat' && key.startsWith(SEAT_PREFIX);

/** A reader's right to a tier, as reported by the publisher or its billing system. */
export interface Entitlement {
  readonly tier: string;
  readonly status: EntitlementStatus;
  /** End of the paid period, exclusive; null if unknown. */
  readonly validUntil: Date | null;
  /** End of the grace period after a failed payment, exclusive. */
  readonly graceUntil: Date | null;
  /** Time at which the status `cancelled` or `expired` was reported. */
  readonly endedAt: Date | null;
  /** Time at which the status was reported. */
  readonly reportedAt: Date;
}

/** A tier that a reader lost, with the time, if no entitlement records it any more. */
export interface Ending {
  readonly tier: string;
  readonly endedAt: Date;
}

/**
 * Returns when an entitlement stopped being in effect.
 *
 * `active` and `trialing` are in effect until `validUntil`; `past_due` only until `graceUntil`; `cancelled` and
 * `expired` never are.
 *
 * @returns null while the entitlement is in effect
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
