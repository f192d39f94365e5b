const MINUTE_MS = 60_000;
// This much inactivity counts as a break.
const BREAK_MS = 5 * MINUTE_MS;
const SNOOZE_MS = 10 * MINUTE_MS;
// A pause this short still counts as typing; a reminder waits until the text is finished.
const ACTIVITY_WINDOW_MS = 10_000;

/** Measures how long a person has worked without a break. Times are milliseconds on any one clock. */
export class BreakTimer {
  private since: number;
  private active: number;
  private typedAt = -Infinity;
  private notBefore = -Infinity;

  constructor(now: number) {
    this.since = this.active = now;
  }

  /**
   * Records a key press or click.
   * @param isWriting whether it was in a text field
   */
  recordActivity(now: number, isWriting: boolean): void {
    if (now - this.active > BREAK_MS) this.since = now;
    this.active = now;
    if (isWriting) this.typedAt = now;
  }

  snooze(now: number): void {
    this.notBefore = now + SNOOZE_MS;
  }

  /** Starts again after a break, or when the reminder is dismissed. */
  restart(now: number): void {
    this.since = this.active = now;
  }

  isWriting(now: number): boolean {
    return now - this.typedAt < ACTIVITY_WINDOW_MS;
  }

  /**
   * @returns whole minutes since the last break once a reminder is due; null if it is not due, postponed, or the
   *   person is away or typing
   */
  minutesSinceBreak(now: number, afterMinutes: number): number | null {
    const worked = now - this.since;
    const isAway = now - this.active >= BREAK_MS;
    if (isAway || this.isWriting(now) || now < this.notBefore || worked < afterMinutes * MINUTE_MS)
      return null;
    return Math.floor(worked / MINUTE_MS);
  }
}
