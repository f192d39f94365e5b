/** The source of a fact and its position in that source's order. */
export interface FactOrigin {
  /** `api` or the billing provider. */
  readonly source: string;
  readonly reportedAt: Date;
  /** The provider's own sequence number; null if it has none. */
  readonly sequence: number | null;
  readonly messageId: string | null;
}

const inSeconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/**
 * Whether the reported fact is newer than the stored one. Compares by sequence, else by time, then by message id.
 * Facts from different sources can only be compared by time, to the second, because some sources are no more precise.
 * Within the same second, the fact received later wins.
 */
export function supersedes(told: FactOrigin, stored: FactOrigin): boolean {
  // What the publisher reports through the API always describes the present.
  if (told.source === 'api') return true;
  if (told.source !== stored.source) return inSeconds(told.reportedAt) >= inSeconds(stored.reportedAt);
  if (told.sequence !== null && stored.sequence !== null && told.sequence !== stored.sequence) {
    return told.sequence > stored.sequence;
  }
  const isOrdered = told.sequence !== null && stored.sequence !== null;
  const ahead = told.reportedAt.getTime() - stored.reportedAt.getTime();
  if (!isOrdered && ahead !== 0) return ahead > 0;
  return (told.messageId ?? '') > (stored.messageId ?? '');
}

/** Whether both are the same report from the same source, such as a push and its replay. */
export const isSameFact = (one: FactOrigin, other: FactOrigin): boolean =>
  one.messageId !== null && one.source === other.source && one.messageId === other.messageId;

/**
 * Whether the reported fact replaces the stored one.
 *
 * @param again true for a replay: the same report may now be interpreted differently
 */
export const takesPrecedence = (told: FactOrigin, stored: FactOrigin | null, again: boolean): boolean =>
  !stored || supersedes(told, stored) || (again && isSameFact(told, stored));
