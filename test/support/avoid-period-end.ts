import { setTimeout as sleep } from 'node:timers/promises';

const MS = { hour: 3_600_000, day: 86_400_000 };

/**
 * Waits for the current hour or day (UTC) to end if it ends in less than `minRemainingMs`. For specs of data that is
 * aggregated by hour or day.
 */
export async function avoidPeriodEnd(period: keyof typeof MS, minRemainingMs: number): Promise<void> {
  const remainingMs = MS[period] - (Date.now() % MS[period]);
  if (remainingMs < minRemainingMs) await sleep(remainingMs + 50);
}
