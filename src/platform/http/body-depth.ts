/** Deeper than any body of ours or of a billing provider; what walks bodies does so by recursion. */
export const MAX_BODY_DEPTH = 64;

/** Whether lists and objects stand inside each other more than `max` times; itself it takes no stack. */
export function isDeeperThan(max: number, value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; depth <= max; depth++) {
    level = level.flatMap((item) =>
      typeof item === 'object' && item !== null ? (Object.values(item) as unknown[]) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}
