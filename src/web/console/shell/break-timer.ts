const MINUTE_MS = 60_000;
// Away for so long, one has had a pause.
const A_PAUSE_MS = 5 * MINUTE_MS;
const LATER_MS = 10 * MINUTE_MS;
// Between two words of a text one thinks; a reminder waits for its end.
const WRITING_MS = 10_000;

/** How long somebody has been at work without a pause. Times are milliseconds, of any one clock. */
export class BreakTimer {
  private since: number;
  private active: number;
  private wrote = -Infinity;
  private notBefore = -Infinity;

  constructor(now: number) {
    this.since = this.active = now;
  }

  /** Something was pressed or clicked. @param isWriting in a field of text */
  recordActivity(now: number, isWriting: boolean): void {
    if (now - this.active > A_PAUSE_MS) this.since = now;
    this.active = now;
    if (isWriting) this.wrote = now;
  }

  snooze(now: number): void {
    this.notBefore = now + LATER_MS;
  }

  /** The pause is over, or the reminder is no longer wanted. */
  restart(now: number): void {
    this.since = this.active = now;
  }

  isWriting(now: number): boolean {
    return now - this.wrote < WRITING_MS;
  }

  /** @returns whole minutes without a pause once a reminder is due, else null: before its time, put off, away, or in the middle of a text */
  minutesSinceBreak(now: number, afterMinutes: number): number | null {
    const worked = now - this.since;
    const isAway = now - this.active >= A_PAUSE_MS;
    if (isAway || this.isWriting(now) || now < this.notBefore || worked < afterMinutes * MINUTE_MS)
      return null;
    return Math.floor(worked / MINUTE_MS);
  }
}
