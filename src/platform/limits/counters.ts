/** Where hits are counted. */
export interface Counters {
  /** Resolves when it can count, or it is clear that this may take a while. */
  open(): Promise<void>;
  /**
   * Counts one hit. A window begins with its key's first hit and lasts `windowMs`.
   *
   * @returns the hits of this window, this one included, and what is left of it in milliseconds
   */
  count(key: string, windowMs: number): Promise<{ hits: number; remainingMs: number }>;
  /** Forgets windows that have ended, where they do not end by themselves. */
  sweep(): Promise<void>;
  close(): Promise<void>;
}
