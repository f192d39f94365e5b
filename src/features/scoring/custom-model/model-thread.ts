import { Worker } from 'node:worker_threads';
import type { Label } from '../scores.js';
import { readModelLanguages } from './model-folder.js';
import type { FromWorker, ToWorker } from './worker-messages.js';

/**
 * Maximum number of texts that wait for the thread. Further texts are skipped so that a peak does not make everyone
 * hit the time limit.
 */
const MAX_WAITING = 8;
/** After this many failures in a row the thread is paused for a while, or restarted if it has ended. */
const MAX_FAILURES = 3;
const RETRY_AFTER_MS = 30_000;
const KILL_AFTER_MS = 30_000;

export type Probabilities = Partial<Record<Label, number>>;

export interface ThreadEvents {
  ready(runtime: string): void;
  failed(reason: string): void;
}

interface Waiting {
  readonly since: number;
  readonly settle: (values: readonly number[] | null) => void;
}

/** Runs the operator's own model in a thread. A result always comes within the time limit, but it may be empty. */
export class ModelThread {
  private worker: Worker | null = null;
  private ready: Extract<FromWorker, { kind: 'ready' }> | null = null;
  private declared: readonly string[] = [];
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 0;
  private failures = 0;
  private restUntil = 0;

  constructor(
    private readonly folder: string,
    private readonly timeoutMs: number,
    private readonly events: ThreadEvents,
    private readonly script: URL = new URL('./custom-model.worker.js', import.meta.url),
  ) {}

  get use(): 'instead' | 'beside' {
    return this.ready?.use ?? 'instead';
  }

  /** Labels that the model scores; null while it is not ready. */
  get labels(): readonly Label[] | null {
    return this.ready?.outputs.filter((label) => label !== null) ?? null;
  }

  get languages(): readonly string[] {
    return this.declared;
  }

  open(): void {
    this.ready = null;
    this.declared = readModelLanguages(this.folder);
    let worker: Worker;
    try {
      // The model gets no environment variables of the process.
      worker = new Worker(this.script, { workerData: this.folder, env: {}, stdout: true, stderr: true });
    } catch (error) {
      return this.fail(String(error));
    }
    this.worker = worker;
    worker.unref();
    worker.on('message', (message: FromWorker) => this.onMessage(message));
    worker.on('error', (error) => this.fail(error.message));
    worker.on('exit', () => {
      if (this.worker !== worker) return;
      this.worker = null;
      this.ready = null;
      this.drop();
      this.restUntil = performance.now() + RETRY_AFTER_MS;
    });
  }

  async close(): Promise<void> {
    const worker = this.worker;
    this.worker = null;
    this.ready = null;
    this.drop();
    await worker?.terminate();
  }

  /** @returns probabilities by label; null if the model is missing, too busy or too slow, or failed */
  async ask(text: string): Promise<Probabilities | null> {
    const now = performance.now();
    if (now < this.restUntil) return null;
    if (!this.worker) {
      this.restUntil = now + RETRY_AFTER_MS;
      this.open();
      return null;
    }
    const { worker, ready } = this;
    if (!ready) return null;
    if (this.waiting.size >= MAX_WAITING) return this.tooBusy(now);
    const id = this.nextId++;
    let timer: NodeJS.Timeout | undefined;
    const values = await new Promise<readonly number[] | null>((settle) => {
      this.waiting.set(id, { since: now, settle });
      timer = setTimeout(() => {
        this.fail(`no response within ${this.timeoutMs} ms`);
        settle(null);
      }, this.timeoutMs);
      worker.postMessage({ id, text } satisfies ToWorker);
    });
    clearTimeout(timer);
    if (!values) return null;
    const found: Probabilities = {};
    ready.outputs.forEach((label, at) => {
      // If several outputs map to the same label, use the largest.
      if (label) found[label] = Math.max(found[label] ?? 0, values[at]);
    });
    return found;
  }

  /** A text that timed out still runs in the thread. If one never finishes, the thread is terminated. */
  private tooBusy(now: number): null {
    const oldest = Math.min(...[...this.waiting.values()].map(({ since }) => since));
    if (now - oldest > KILL_AFTER_MS) {
      this.events.failed('it stopped responding and is being restarted');
      void this.close().catch(() => undefined);
      this.restUntil = now + RETRY_AFTER_MS;
    }
    return null;
  }

  private onMessage(message: FromWorker): void {
    switch (message.kind) {
      case 'ready':
        this.ready = message;
        this.failures = 0;
        return this.events.ready(message.runtime);
      case 'unusable':
        return this.fail(message.reason);
      case 'scores':
        this.failures = 0;
        return this.settle(message.id, message.values);
      case 'failed':
        this.settle(message.id, null);
        return this.fail(message.reason);
    }
  }

  private settle(id: number, values: readonly number[] | null): void {
    this.waiting.get(id)?.settle(values);
    this.waiting.delete(id);
  }

  private fail(reason: string): void {
    this.events.failed(reason);
    if (++this.failures < MAX_FAILURES) return;
    this.failures = 0;
    this.restUntil = performance.now() + RETRY_AFTER_MS;
  }

  private drop(): void {
    for (const { settle } of this.waiting.values()) settle(null);
    this.waiting.clear();
  }
}
