import { setTimeout as sleep } from 'node:timers/promises';

const MS = { hour: 3_600_000, day: 86_400_000 };

/**
 * Waits until the end of this hour or day (UTC) is over, if it is nearer than that: for what is added up by hours or
 * days while a spec looks at it.
 */
export async function avoidPeriodEnd(of: keyof typeof MS, nearMs: number): Promise<void> {
  const leftMs = MS[of] - (Date.now() % MS[of]);
  if (leftMs < nearMs) await sleep(leftMs + 50);
}
