import { Injectable } from '@nestjs/common';

/** What a check found besides that the part works: `{ lagSeconds: 3 }`. */
type Facts = Readonly<Record<string, number | string | boolean>>;

/** Resolves when the part works; rejects with a reason that may be shown to anybody, or hangs, when it does not. */
type Check = () => Promise<Facts | void>;

export interface PartState {
  readonly ready: boolean;
  /** Why not. */
  readonly detail?: string;
  readonly [fact: string]: number | string | boolean | undefined;
}

export interface ReadinessReport {
  /** `degraded`: it serves, and something that can wait is away. */
  readonly status: 'ready' | 'degraded' | 'not-ready';
  /** The names of the parts that are away. */
  readonly away: readonly string[];
  readonly parts: Readonly<Record<string, PartState>>;
}

/** A reason for a part's state that may be shown to anybody. */
export class PartUnavailable extends Error {}

const CHECK_TIMEOUT_MS = 2_000;

/** What this process needs to do its work; each part names itself and says how to try it. */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, { readonly check: Check; readonly isNeeded: boolean }>();
  private stopping = false;

  /** A part without which nothing can be served. */
  add(name: string, check: Check): void {
    this.checks.set(name, { check, isNeeded: true });
  }

  /** A part that may be away for a while: requests are served, and what it would do waits. */
  addOptional(name: string, check: Check): void {
    this.checks.set(name, { check, isNeeded: false });
  }

  /** From here on no load balancer should send anything. */
  stop(): void {
    this.stopping = true;
  }

  /** Asks every part; answers within about two seconds. */
  async report(): Promise<ReadinessReport> {
    const asked = [...this.checks].map(
      async ([name, { check, isNeeded }]) => [name, await stateOf(check), isNeeded] as const,
    );
    const states = await Promise.all(asked);
    const away = states.filter(([, { ready }]) => !ready);
    const isReady = !this.stopping && !away.some(([, , isNeeded]) => isNeeded);
    return {
      status: !isReady ? 'not-ready' : away.length > 0 ? 'degraded' : 'ready',
      away: away.map(([name]) => name),
      parts: Object.fromEntries(states.map(([name, state]) => [name, state])),
    };
  }
}

async function stateOf(check: Check): Promise<PartState> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new PartUnavailable('does not answer')), CHECK_TIMEOUT_MS);
  });
  try {
    const facts = (await Promise.race([check(), late])) as Facts | undefined;
    return { ready: true, ...facts };
  } catch (error) {
    return { ready: false, detail: error instanceof PartUnavailable ? error.message : 'does not answer' };
  } finally {
    clearTimeout(timer);
  }
}
