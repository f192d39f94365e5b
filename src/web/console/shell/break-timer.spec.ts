import { describe, expect, it } from '@jest/globals';
import { BreakTimer } from './break-timer.js';

const MINUTE = 60_000;

/** A timer of someone who decides a comment every minute, up to the given minute. */
function timerAfter(minutes: number): BreakTimer {
  const timer = new BreakTimer(0);
  for (let minute = 1; minute <= minutes; minute++) timer.recordActivity(minute * MINUTE, false);
  return timer;
}

describe('the break reminder', () => {
  it('appears after the chosen number of minutes and says how many have passed', () => {
    const timer = timerAfter(25);
    expect(timer.minutesSinceBreak(25 * MINUTE - 1, 25)).toBeNull();
    expect(timer.minutesSinceBreak(25 * MINUTE, 25)).toBe(25);
  });

  it('waits until the moderator has finished writing', () => {
    const timer = timerAfter(25);
    timer.recordActivity(26 * MINUTE, true);
    expect(timer.minutesSinceBreak(26 * MINUTE + 9_000, 25)).toBeNull();
    expect(timer.minutesSinceBreak(26 * MINUTE + 10_000, 25)).toBe(26);
  });

  it('reappears ten minutes after it was postponed, with the current number of minutes', () => {
    const timer = timerAfter(25);
    timer.snooze(25 * MINUTE);
    for (const minute of [29, 33]) timer.recordActivity(minute * MINUTE, false);
    expect(timer.minutesSinceBreak(35 * MINUTE - 1, 25)).toBeNull();
    expect(timer.minutesSinceBreak(35 * MINUTE, 25)).toBe(35);
  });

  it('does not appear while the moderator is away or has just come back', () => {
    const timer = timerAfter(25);
    expect(timer.minutesSinceBreak(30 * MINUTE, 25)).toBeNull();
    timer.recordActivity(31 * MINUTE, false);
    expect(timer.minutesSinceBreak(32 * MINUTE, 25)).toBeNull();
  });

  it('starts counting again after a break', () => {
    const timer = timerAfter(25);
    timer.restart(26 * MINUTE);
    expect(timer.minutesSinceBreak(27 * MINUTE, 25)).toBeNull();
  });
});
