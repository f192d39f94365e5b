import { describe, expect, it } from '@jest/globals';
import { BreakTimer } from './break-timer.js';

const MINUTE = 60_000;

/** A timer of someone who decides a comment every minute, up to the given minute. */
function atWork(minutes: number): BreakTimer {
  const clock = new BreakTimer(0);
  for (let minute = 1; minute <= minutes; minute++) clock.recordActivity(minute * MINUTE, false);
  return clock;
}

describe('a reminder of a pause', () => {
  it('is due after the minutes that were asked for, and says how many it has been', () => {
    const clock = atWork(25);
    expect(clock.minutesSinceBreak(25 * MINUTE - 1, 25)).toBeNull();
    expect(clock.minutesSinceBreak(25 * MINUTE, 25)).toBe(25);
  });

  it('waits for the end of what is being written', () => {
    const clock = atWork(25);
    clock.recordActivity(26 * MINUTE, true);
    expect(clock.minutesSinceBreak(26 * MINUTE + 9_000, 25)).toBeNull();
    expect(clock.minutesSinceBreak(26 * MINUTE + 10_000, 25)).toBe(26);
  });

  it('comes again ten minutes after it was put off, with the minutes there are by then', () => {
    const clock = atWork(25);
    clock.snooze(25 * MINUTE);
    for (const minute of [29, 33]) clock.recordActivity(minute * MINUTE, false);
    expect(clock.minutesSinceBreak(35 * MINUTE - 1, 25)).toBeNull();
    expect(clock.minutesSinceBreak(35 * MINUTE, 25)).toBe(35);
  });

  it('is not for who is away, nor for who comes back', () => {
    const clock = atWork(25);
    expect(clock.minutesSinceBreak(30 * MINUTE, 25)).toBeNull();
    clock.recordActivity(31 * MINUTE, false);
    expect(clock.minutesSinceBreak(32 * MINUTE, 25)).toBeNull();
  });

  it('counts anew after a pause', () => {
    const clock = atWork(25);
    clock.restart(26 * MINUTE);
    expect(clock.minutesSinceBreak(27 * MINUTE, 25)).toBeNull();
  });
});
