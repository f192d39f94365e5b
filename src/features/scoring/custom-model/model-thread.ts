import { Worker } from 'node:worker_threads';
import type { Label } from '../scores.js';
import { readModelLanguages } from './model-folder.js';
import type { FromWorker, ToWorker } from './worker-messages.js';

/** Texts that wait for the thread; more are not given to it, so that a rush costs nobody their time limit. */
const MAX_WAITING = 8;
/** After so many failures in a row it is left alone for a while, or made anew where it ended. */
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

/**
 * The operator's own model in its thread. Whatever happens there, an answer comes within the time limit, and may be
 * that there is none.
 */
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

  /** Languages (ISO 639-1) besides English that the folder declares, whether the model answers now or not. */
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
      // Nothing of the process's settings is the model's business.
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

  /** @returns what the model says, by label; null when it is not there, too busy, too slow, or failed */
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
        this.fail(`no answer within ${this.timeoutMs} ms`);
        settle(null);
      }, this.timeoutMs);
      worker.postMessage({ id, text } satisfies ToWorker);
    });
    clearTimeout(timer);
    if (!values) return null;
    const found: Probabilities = {};
    ready.outputs.forEach((label, at) => {
      // Of several that are one label of ours, the largest.
      if (label) found[label] = Math.max(found[label] ?? 0, values[at]);
    });
    return found;
  }

  /** What was given up on still runs in the thread; one that never ends is ended with it. */
  private tooBusy(now: number): null {
    const oldest = Math.min(...[...this.waiting.values()].map(({ since }) => since));
    if (now - oldest > KILL_AFTER_MS) {
      this.events.failed('it answers no more, and is made anew');
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
