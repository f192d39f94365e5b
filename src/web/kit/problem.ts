import type { Problem } from './wire.js';

/**
 * The problem an error carries, if the server answered with one. Looks at the error's shape, not its class: the classes
 * live in a chunk of their own.
 */
export function problemOf(error: unknown): Problem | null {
  return (error as { problem?: Problem } | null)?.problem ?? null;
}
