/**
 * More levels than any body of this API or of a billing provider has. The limit protects code that traverses bodies
 * recursively.
 */
export const MAX_BODY_DEPTH = 64;

/** Whether arrays and objects are nested more than `max` levels deep; does not use recursion itself. */
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
