/** Who told a fact, and where it stands in their order. */
export interface FactOrigin {
  /** `api`, or the billing provider. */
  readonly source: string;
  readonly reportedAt: Date;
  /** The provider's own order; null where it has none. */
  readonly sequence: number | null;
  readonly messageId: string | null;
}

const inSeconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/**
 * Whether what is told now comes after what is stored: by sequence, else by time, then by message id. Between two
 * sources only time can be compared, to the second, because some tell no more; in the same second the later told
 * counts.
 */
export function supersedes(told: FactOrigin, stored: FactOrigin): boolean {
  // The publisher's own word through the API is always about now.
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

/** Whether both are one telling of one source, such as a push and its replay. */
export const isSameFact = (one: FactOrigin, other: FactOrigin): boolean =>
  one.messageId !== null && one.source === other.source && one.messageId === other.messageId;

/**
 * Whether what is told now takes the place of what is stored.
 *
 * @param again a replay: the very telling that is stored may be read differently now
 */
export const takesPrecedence = (told: FactOrigin, stored: FactOrigin | null, again: boolean): boolean =>
  !stored || supersedes(told, stored) || (again && isSameFact(told, stored));
