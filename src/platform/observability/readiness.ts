import { Injectable } from '@nestjs/common';

/** Additional results of a check, such as `{ lagSeconds: 3 }`. */
type Facts = Readonly<Record<string, number | string | boolean>>;

/** Resolves if the part works. Otherwise it rejects; only the message of a `PartUnavailable` is shown. */
type Check = () => Promise<Facts | void>;

export interface PartState {
  readonly ready: boolean;
  /** Why the part does not work. */
  readonly detail?: string;
  readonly [fact: string]: number | string | boolean | undefined;
}

export interface ReadinessReport {
  /** `degraded`: the process serves requests, but an optional part is unavailable. */
  readonly status: 'ready' | 'degraded' | 'not-ready';
  /** The names of the unavailable parts. */
  readonly unavailable: readonly string[];
  readonly parts: Readonly<Record<string, PartState>>;
}

/** Why a part is unavailable; the message is safe to show to anyone. */
export class PartUnavailable extends Error {}

const CHECK_TIMEOUT_MS = 2_000;

/** Whether this process can serve requests. Each part that it depends on registers a name and a check. */
@Injectable()
export class Readiness {
  private readonly checks = new Map<string, { readonly check: Check; readonly isRequired: boolean }>();
  private stopping = false;

  /** Adds a part without which nothing can be served. */
  add(name: string, check: Check): void {
    this.checks.set(name, { check, isRequired: true });
  }

  /** Adds a part that may be unavailable for a while: requests are served, and the work of this part waits. */
  addOptional(name: string, check: Check): void {
    this.checks.set(name, { check, isRequired: false });
  }

  /** Makes the process report `not-ready`, so that load balancers send it no more requests. */
  stop(): void {
    this.stopping = true;
  }

  /** Runs all checks; resolves within about two seconds. */
  async report(): Promise<ReadinessReport> {
    const results = [...this.checks].map(
      async ([name, { check, isRequired }]) => [name, await stateOf(check), isRequired] as const,
    );
    const states = await Promise.all(results);
    const notReady = states.filter(([, { ready }]) => !ready);
    const isReady = !this.stopping && !notReady.some(([, , isRequired]) => isRequired);
    return {
      status: !isReady ? 'not-ready' : notReady.length > 0 ? 'degraded' : 'ready',
      unavailable: notReady.map(([name]) => name),
      parts: Object.fromEntries(states.map(([name, state]) => [name, state])),
    };
  }
}

async function stateOf(check: Check): Promise<PartState> {
  let timer: NodeJS.Timeout | undefined;
  const timeout = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new PartUnavailable('does not answer')), CHECK_TIMEOUT_MS);
  });
  try {
    const facts = (await Promise.race([check(), timeout])) as Facts | undefined;
    return { ready: true, ...facts };
  } catch (error) {
    return { ready: false, detail: error instanceof PartUnavailable ? error.message : 'does not answer' };
  } finally {
    clearTimeout(timer);
  }
}
