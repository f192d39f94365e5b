import { Worker } from 'node:worker_threads';

/* Runs a model in a worker thread that answers one text per message. */

/** After this many failures in a row the thread is paused for a while, or restarted if it has ended. */
const MAX_FAILURES = 3;
const RETRY_AFTER_MS = 30_000;
const KILL_AFTER_MS = 30_000;

export interface TextRequest {
  readonly id: number;
  readonly text: string;
}

/** `Ready` is what the thread reports about itself once it is ready. */
export type WorkerMessage<Ready extends object, Answer> =
  | ({ readonly kind: 'ready' } & Ready)
  | { readonly kind: 'unusable'; readonly reason: string }
  | { readonly kind: 'answer'; readonly id: number; readonly answer: Answer }
  | { readonly kind: 'failed'; readonly id: number; readonly reason: string };

export interface TextWorkerEvents<Ready extends object> {
  ready(ready: Ready): void;
  failed(reason: string): void;
}

export interface TextWorkerOptions {
  readonly script: URL;
  /** Passed to the thread as `workerData`. */
  readonly data: unknown;
  readonly timeoutMs: number;
  /** Texts that may wait for the thread. Further texts are skipped, so that a peak does not delay all of them. */
  readonly maxWaiting: number;
}

interface Waiting<Answer> {
  readonly since: number;
  readonly settle: (answer: Answer | null) => void;
}

/** Sends texts to a thread. A result always comes within the time limit, but it may be empty. */
export class TextWorker<Ready extends object, Answer> {
  private worker: Worker | null = null;
  private readyMessage: Ready | null = null;
  private readonly waiting = new Map<number, Waiting<Answer>>();
  private nextId = 0;
  private failures = 0;
  private pausedUntil = 0;

  constructor(
    private readonly options: TextWorkerOptions,
    private readonly events: TextWorkerEvents<Ready>,
  ) {}

  /** What the thread reported when it became ready; null until then. */
  get ready(): Ready | null {
    return this.readyMessage;
  }

  open(): void {
    const { script, data } = this.options;
    this.readyMessage = null;
    let worker: Worker;
    try {
      // The thread gets no environment variables of the process.
      worker = new Worker(script, { workerData: data, env: {}, stdout: true, stderr: true });
    } catch (error) {
      return this.fail(String(error));
    }
    this.worker = worker;
    worker.unref();
    worker.on('message', (message: WorkerMessage<Ready, Answer>) => this.onMessage(message));
    worker.on('error', (error) => this.fail(error.message));
    worker.on('exit', () => {
      if (this.worker !== worker) return;
      this.forget();
      this.pausedUntil = performance.now() + RETRY_AFTER_MS;
    });
  }

  async close(): Promise<void> {
    const worker = this.worker;
    this.forget();
    await worker?.terminate();
  }

  /** @returns null if the thread is not ready, too busy or too slow, or failed; `failed` reports why, except if busy */
  async ask(text: string): Promise<Answer | null> {
    const now = performance.now();
    if (now < this.pausedUntil) return null;
    const { worker } = this;
    if (!worker) {
      this.pausedUntil = now + RETRY_AFTER_MS;
      this.open();
      return null;
    }
    if (!this.readyMessage) return null;
    if (this.waiting.size >= this.options.maxWaiting) return this.tooBusy(now);
    const id = this.nextId++;
    const { timeoutMs } = this.options;
    let timer: NodeJS.Timeout | undefined;
    const answer = await new Promise<Answer | null>((settle) => {
      this.waiting.set(id, { since: now, settle });
      timer = setTimeout(() => {
        this.fail(`no response within ${timeoutMs} ms`);
        settle(null);
      }, timeoutMs);
      worker.postMessage({ id, text } satisfies TextRequest);
    });
    clearTimeout(timer);
    return answer;
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

  private onMessage(message: WorkerMessage<Ready, Answer>): void {
    switch (message.kind) {
      case 'ready':
        this.readyMessage = message;
        this.failures = 0;
        return this.events.ready(message);
      case 'unusable':
        return this.fail(message.reason);
      case 'answer':
        this.failures = 0;
        return this.settle(message.id, message.answer);
      case 'failed':
        this.settle(message.id, null);
        return this.fail(message.reason);
    }
  }

  private settle(id: number, answer: Answer | null): void {
    this.waiting.get(id)?.settle(answer);
    this.waiting.delete(id);
  }

  private fail(reason: string): void {
    this.events.failed(reason);
    if (++this.failures < MAX_FAILURES) return;
    this.failures = 0;
    this.pausedUntil = performance.now() + RETRY_AFTER_MS;
  }

  private forget(): void {
    this.worker = null;
    this.readyMessage = null;
    for (const { settle } of this.waiting.values()) settle(null);
    this.waiting.clear();
  }
}
