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
  readonly complete: (values: readonly number[] | null) => void;
}

/** Runs the operator's own model in a thread. A result always comes within the time limit, but it may be empty. */
export class ModelThread {
  private worker: Worker | null = null;
  private ready: Extract<FromWorker, { kind: 'ready' }> | null = null;
  private declaredLabels: readonly string[] = [];
  private readonly waiting = new Map<number, Waiting>();
  private nextId = 0;
  private failures = 0;
  private pausedUntil = 0;

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
    return this.declaredLabels;
  }

  open(): void {
    this.ready = null;
    this.declaredLabels = readModelLanguages(this.folder);
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
      this.discardWorker();
      this.pausedUntil = performance.now() + RETRY_AFTER_MS;
    });
  }

  async close(): Promise<void> {
    const worker = this.worker;
    this.worker = null;
    this.ready = null;
    this.discardWorker();
    await worker?.terminate();
  }

  /** @returns probabilities by label; null if the model is missing, too busy or too slow, or failed */
  async classify(text: string): Promise<Probabilities | null> {
    const now = performance.now();
    if (now < this.pausedUntil) return null;
    if (!this.worker) {
      this.pausedUntil = now + RETRY_AFTER_MS;
      this.open();
      return null;
    }
    const { worker, ready } = this;
    if (!ready) return null;
    if (this.waiting.size >= MAX_WAITING) return this.tooBusy(now);
    const id = this.nextId++;
    let timer: NodeJS.Timeout | undefined;
    const values = await new Promise<readonly number[] | null>((complete) => {
      this.waiting.set(id, { since: now, complete });
      timer = setTimeout(() => {
        this.fail(`no response within ${this.timeoutMs} ms`);
        complete(null);
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
      this.pausedUntil = now + RETRY_AFTER_MS;
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
        return this.complete(message.id, message.values);
      case 'failed':
        this.complete(message.id, null);
        return this.fail(message.reason);
    }
  }

  private complete(id: number, values: readonly number[] | null): void {
    this.waiting.get(id)?.complete(values);
    this.waiting.delete(id);
  }

  private fail(reason: string): void {
    this.events.failed(reason);
    if (++this.failures < MAX_FAILURES) return;
    this.failures = 0;
    this.pausedUntil = performance.now() + RETRY_AFTER_MS;
  }

  private discardWorker(): void {
    for (const { complete } of this.waiting.values()) complete(null);
    this.waiting.clear();
  }
}
