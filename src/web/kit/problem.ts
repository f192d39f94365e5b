import type { Problem, Refusal, RefusalCode } from './api-types.js';

/**
 * The problem an error carries, if the server answered with one. Looks at the error's shape, not its class: the classes
 * live in a chunk of their own.
 */
export function problemOf(error: unknown): Problem | null {
  return (error as { problem?: Problem } | null)?.problem ?? null;
}

/** A refused call as the gate would have said it; null for what is no refusal. A token that has ended is no token. */
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
