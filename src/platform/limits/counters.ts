/** A storage that counts hits per key and time window. */
export interface Counters {
  /** Resolves when the storage can count, or after a short wait if it is unavailable. */
  open(): Promise<void>;
  /**
   * Counts one hit. A window begins with its key's first hit and lasts `windowMs`.
   *
   * @returns the hits of this window, including this one, and the remaining time of the window in milliseconds
   */
  count(key: string, windowMs: number): Promise<{ hits: number; remainingMs: number }>;
  /** Deletes windows that have ended, if the storage does not expire them itself. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}
