import type { Override } from './site-facts.js';

/** From its beginning, up to but not at its end. */
export const isInForce = ({ from, until }: Override, now: Date): boolean =>
  (from === null || from <= now) && (until === null || now < until);

/** When one of them begins or ends next; null: never. */
export function nextOverrideChangeAt(overrides: readonly Override[], now: Date): Date | null {
  const turns = overrides.flatMap(({ from, until }) => [from, until]).filter((at) => at !== null && at > now);
  return turns.reduce<Date | null>((first, at) => (first && first <= at! ? first : at), null);
}
