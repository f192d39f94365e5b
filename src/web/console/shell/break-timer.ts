const MINUTE_MS = 60_000;
// This much inactivity counts as a break.
const A_PAUSE_MS = 5 * MINUTE_MS;
const LATER_MS = 10 * MINUTE_MS;
// A pause this short still counts as typing; a reminder waits until the text is finished.
const WRITING_MS = 10_000;

/** Measures how long a person has worked without a break. Times are milliseconds on any one clock. */
export class BreakTimer {
  private since: number;
  private active: number;
  private wrote = -Infinity;
  private notBefore = -Infinity;

  constructor(now: number) {
    this.since = this.active = now;
  }

  /**
   * Records a key press or click.
   * @param isWriting whether it was in a text field
   */
  recordActivity(now: number, isWriting: boolean): void {
    if (now - this.active > A_PAUSE_MS) this.since = now;
    this.active = now;
    if (isWriting) this.wrote = now;
  }

  snooze(now: number): void {
    this.notBefore = now + LATER_MS;
  }

  /** Starts again after a break, or when the reminder is dismissed. */
  restart(now: number): void {
    this.since = this.active = now;
  }

  isWriting(now: number): boolean {
    return now - this.wrote < WRITING_MS;
  }

  /**
   * @returns whole minutes since the last break once a reminder is due; null if it is not due, postponed, or the
   *   person is away or typing
   */
  minutesSinceBreak(now: number, afterMinutes: number): number | null {
    const worked = now - this.since;
    const isAway = now - this.active >= A_PAUSE_MS;
    if (isAway || this.isWriting(now) || now < this.notBefore || worked < afterMinutes * MINUTE_MS)
      return null;
    return Math.floor(worked / MINUTE_MS);
  }
}
