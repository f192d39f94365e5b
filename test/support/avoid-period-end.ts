import { setTimeout as sleep } from 'node:timers/promises';

const MS = { hour: 3_600_000, day: 86_400_000 };

/**
 * Waits for the current hour or day (UTC) to end if it ends in less than `nearMs`. For specs of data that is
 * aggregated by hour or day.
 */
export async function avoidPeriodEnd(of: keyof typeof MS, nearMs: number): Promise<void> {
  const leftMs = MS[of] - (Date.now() % MS[of]);
  if (leftMs < nearMs) await sleep(leftMs + 50);
}
