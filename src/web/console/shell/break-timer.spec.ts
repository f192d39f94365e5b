import { describe, expect, it } from '@jest/globals';
import { BreakTimer } from './break-timer.js';

const MINUTE = 60_000;

/** A timer of someone who decides a comment every minute, up to the given minute. */
function timerAfter(minutes: number): BreakTimer {
  const clock = new BreakTimer(0);
  for (let minute = 1; minute <= minutes; minute++) clock.recordActivity(minute * MINUTE, false);
  return clock;
}

describe('the break reminder', () => {
  it('appears after the chosen number of minutes and says how many have passed', () => {
    const clock = timerAfter(25);
    expect(clock.minutesSinceBreak(25 * MINUTE - 1, 25)).toBeNull();
    expect(clock.minutesSinceBreak(25 * MINUTE, 25)).toBe(25);
  });

  it('waits until the moderator has finished writing', () => {
    const clock = timerAfter(25);
    clock.recordActivity(26 * MINUTE, true);
    expect(clock.minutesSinceBreak(26 * MINUTE + 9_000, 25)).toBeNull();
    expect(clock.minutesSinceBreak(26 * MINUTE + 10_000, 25)).toBe(26);
  });

  it('reappears ten minutes after it was postponed, with the current number of minutes', () => {
    const clock = timerAfter(25);
    clock.snooze(25 * MINUTE);
    for (const minute of [29, 33]) clock.recordActivity(minute * MINUTE, false);
    expect(clock.minutesSinceBreak(35 * MINUTE - 1, 25)).toBeNull();
    expect(clock.minutesSinceBreak(35 * MINUTE, 25)).toBe(35);
  });

  it('does not appear while the moderator is away or has just come back', () => {
    const clock = timerAfter(25);
    expect(clock.minutesSinceBreak(30 * MINUTE, 25)).toBeNull();
    clock.recordActivity(31 * MINUTE, false);
    expect(clock.minutesSinceBreak(32 * MINUTE, 25)).toBeNull();
  });

  it('starts counting again after a break', () => {
    const clock = timerAfter(25);
    clock.restart(26 * MINUTE);
    expect(clock.minutesSinceBreak(27 * MINUTE, 25)).toBeNull();
  });
});
