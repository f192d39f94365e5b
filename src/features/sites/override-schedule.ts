import type { Override } from './site-facts.js';

/** Whether the override is in effect at `now`; `until` is exclusive. */
export const isInForce = ({ from, until }: Override, now: Date): boolean =>
  (from === null || from <= now) && (until === null || now < until);

/** The next time any of the overrides begins or ends; null: never. */
export function nextOverrideChangeAt(overrides: readonly Override[], now: Date): Date | null {
  const changeTimes = overrides
    .flatMap(({ from, until }) => [from, until])
    .filter((at) => at !== null && at > now);
  return changeTimes.reduce<Date | null>(
    (earliest, at) => (earliest && earliest <= at! ? earliest : at),
    null,
  );
}
