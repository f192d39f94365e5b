import { Injectable } from '@nestjs/common';

/** Resolves when the part works; rejects, or hangs, when it does not. */
type Check = () => Promise<unknown>;

const CHECK_TIMEOUT_MS = 2_000;

/** What this process needs to do its work; each part names itself and says how to try it. */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, Check>();
  private stopping = false;

  add(name: string, check: Check): void {
    this.checks.set(name, check);
  }

  /** From here on no load balancer should send anything. */
  stop(): void {
    this.stopping = true;
  }

  /** @returns per part whether it answered within two seconds */
  async ask(): Promise<{ ready: boolean; parts: Record<string, boolean> }> {
    const asked = [...this.checks].map(async ([name, check]) => {
      let timer: NodeJS.Timeout | undefined;
      const late = new Promise<never>((_, reject) => {
        timer = setTimeout(() => reject(new Error('no answer')), CHECK_TIMEOUT_MS);
      });
      const works = await Promise.race([check(), late]).then(
        () => true,
        () => false,
      );
      clearTimeout(timer);
      return [name, works] as const;
    });
    const parts = Object.fromEntries(await Promise.all(asked));
    return { ready: !this.stopping && Object.values(parts).every(Boolean), parts };
  }
}
