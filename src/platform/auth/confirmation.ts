import { forbidden } from '../http/problem.js';
import type { Principal } from './principal.js';

/** How long a moderator's identity counts as confirmed after entering the password or signing in. */
export const CONFIRMED_FOR_MS = 10 * 60_000;

/**
 * Requires a recent password or sign-in, so that an unattended or stolen session cannot view or change credentials.
 * API keys are exempt, because they have no session.
 *
 * @throws Problem 403 `confirm-required`
 */
export function requireConfirmation(principal: Principal, nowMs: number): void {
  if (principal.kind !== 'moderator') return;
  const { confirmedAt } = principal;
  if (confirmedAt !== null && confirmedAt.getTime() > nowMs - CONFIRMED_FOR_MS) return;
  throw forbidden(
    'confirm-required',
    `Confirm your identity: send your password, and your second-factor code if you have one, to /api/v1/console/confirmation. Then repeat this request within ${CONFIRMED_FOR_MS / 60_000} minutes.`,
  );
}
