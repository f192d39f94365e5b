const MINUTE_MS = 60_000;
// This much inactivity counts as a break.
const BREAK_MS = 5 * MINUTE_MS;
const SNOOZE_MS = 10 * MINUTE_MS;
// A pause this short still counts as typing; a reminder waits until the text is finished.
const ACTIVITY_WINDOW_MS = 10_000;

/** Measures how long a person has worked without a break. Times are milliseconds on any one clock. */
export class BreakTimer {
  private workStartedAt: number;
  private lastActiveAt: number;
  private lastTypedAt = -Infinity;
  private notBefore = -Infinity;

  constructor(now: number) {
    this.workStartedAt = this.lastActiveAt = now;
  }

  /**
   * Records a key press or click.
   * @param isWriting whether it was in a text field
   */
  recordActivity(now: number, isWriting: boolean): void {
    if (now - this.lastActiveAt > BREAK_MS) this.workStartedAt = now;
    this.lastActiveAt = now;
    if (isWriting) this.lastTypedAt = now;
  }

  snooze(now: number): void {
    this.notBefore = now + SNOOZE_MS;
  }

  /** Starts counting again after a break. */
  restart(now: number): void {
    this.workStartedAt = this.lastActiveAt = now;
  }

  isWriting(now: number): boolean {
    return now - this.lastTypedAt < ACTIVITY_WINDOW_MS;
  }

  /**
   * @returns whole minutes since the last break once a reminder is due; null if it is not due, postponed, or the
   *   person is away or typing
   */
  minutesSinceBreak(now: number, afterMinutes: number): number | null {
    const workedMs = now - this.workStartedAt;
    const isAway = now - this.lastActiveAt >= BREAK_MS;
    if (isAway || this.isWriting(now) || now < this.notBefore || workedMs < afterMinutes * MINUTE_MS)
      return null;
    return Math.floor(workedMs / MINUTE_MS);
  }
}
