import type { Phase } from './phases/index.js';

/** Thrown in place of a phase's answer that did not come. */
export class PhaseTimeoutError extends Error {
  override readonly name = 'PhaseTimeoutError';

  constructor(phase: string, timeoutMs: number) {
    super(`phase ${phase} took longer than ${timeoutMs} ms`);
  }
}

/**
 * The same phases, each with its own end: one that waits for something does not keep the others from their turn.
 * Work that never yields can't be stopped so; the job's time ends that.
 */
export function withTimeouts(phases: readonly Phase[], timeoutMs: number): Phase[] {
  return phases.map((phase) => ({
    ...phase,
    run: async (input) => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new PhaseTimeoutError(phase.name, timeoutMs)), timeoutMs);
      });
      try {
        return await Promise.race([phase.run(input), late]);
      } finally {
        clearTimeout(timer);
      }
    },
  }));
}
