/** The source of a fact and its position in that source's order. */
export interface FactOrigin {
  /** `api` or the billing provider. */
  readonly source: string;
  readonly reportedAt: Date;
  /** The provider's own sequence number; null if it has none. */
  readonly sequence: number | null;
  readonly messageId: string | null;
}

const epochSeconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/**
 * Whether the reported fact is newer than the stored one. Compares by sequence, else by time, then by message id.
 * Facts from different sources can only be compared by time, to the second, because some sources are no more precise.
 * Within the same second, the fact received later wins.
 */
export function supersedes(origin: FactOrigin, stored: FactOrigin): boolean {
  // What the publisher reports through the API always describes the present.
  if (origin.source === 'api') return true;
  if (origin.source !== stored.source)
    return epochSeconds(origin.reportedAt) >= epochSeconds(stored.reportedAt);
  if (origin.sequence !== null && stored.sequence !== null && origin.sequence !== stored.sequence) {
    return origin.sequence > stored.sequence;
  }
  const isOrdered = origin.sequence !== null && stored.sequence !== null;
  const differenceMs = origin.reportedAt.getTime() - stored.reportedAt.getTime();
  if (!isOrdered && differenceMs !== 0) return differenceMs > 0;
  return (origin.messageId ?? '') > (stored.messageId ?? '');
}

/** Whether both are the same report from the same source, such as a webhook and its replay. */
export const isSameFact = (one: FactOrigin, other: FactOrigin): boolean =>
  one.messageId !== null && one.source === other.source && one.messageId === other.messageId;

/**
 * Whether the reported fact replaces the stored one.
 *
 * @param isReplay true for a replay: the same report may now be interpreted differently
 */
export const takesPrecedence = (origin: FactOrigin, stored: FactOrigin | null, isReplay: boolean): boolean =>
  !stored || supersedes(origin, stored) || (isReplay && isSameFact(origin, stored));
