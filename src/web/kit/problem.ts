import type { Problem, Refusal, RefusalCode } from './api-types.js';

/**
 * The problem carried by an error, if the server responded with one. Checks the error's shape instead of its class,
 * because the classes are in a separate chunk.
 */
export function problemOf(error: unknown): Problem | null {
  return (error as { problem?: Problem } | null)?.problem ?? null;
}

/**
 * Converts a 401 or 403 problem to the shape that the gate uses for refusals; null for any other problem. A 401, for
 * example for an expired token, becomes `signed-out`.
 */
export function asRefusal(problem: Problem): Refusal | null {
  if (!problem.code || (problem.status !== 401 && problem.status !== 403)) return null;
  return {
    allowed: false,
    code: problem.status === 401 ? 'signed-out' : (problem.code as RefusalCode),
    message: problem.detail ?? problem.title,
    ...(problem.requiredTier && { requiredTier: problem.requiredTier }),
    ...(problem.url && { url: problem.url }),
  };
}
