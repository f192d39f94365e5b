import type { Phase } from './phases/index.js';

/** Thrown if a phase did not return in time. */
export class PhaseTimeoutError extends Error {
  override readonly name = 'PhaseTimeoutError';

  constructor(phase: string, timeoutMs: number) {
    super(`phase ${phase} took longer than ${timeoutMs} ms`);
  }
}

/**
 * Returns the same phases, each with its own timeout, so that a phase that waits does not delay the others. This
 * cannot stop work that never yields; the job's timeout does.
 */
export function withTimeouts(phases: readonly Phase[], timeoutMs: number): Phase[] {
  return phases.map((phase) => ({
    ...phase,
    run: async (input) => {
      let timer: NodeJS.Timeout | undefined;
      const timeout = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new PhaseTimeoutError(phase.name, timeoutMs)), timeoutMs);
      });
      try {
        return await Promise.race([phase.run(input), timeout]);
      } finally {
        clearTimeout(timer);
      }
    },
  }));
}
