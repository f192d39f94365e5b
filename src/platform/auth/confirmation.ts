import { forbidden } from '../http/problem.js';
import type { Principal } from './principal.js';

/** How long a moderator counts as being there in person after giving the password, or signing in. */
export const CONFIRMED_FOR_MS = 10 * 60_000;

/**
 * A session that lies open, or was stolen, must not be enough to see or change what opens other doors. Keys are
 * nobody's open window: they pass.
 *
 * @throws Problem 403 `confirm-required`
 */
export function requireConfirmation(principal: Principal, nowMs: number): void {
  if (principal.kind !== 'moderator') return;
  const { confirmedAt } = principal;
  if (confirmedAt !== null && confirmedAt.getTime() > nowMs - CONFIRMED_FOR_MS) return;
  throw forbidden(
    'confirm-required',
    `Confirm that it is you: send your password, and the code of your second factor where you have one, to /api/v1/console/confirmation, then repeat this within ${CONFIRMED_FOR_MS / 60_000} minutes.`,
  );
}
