import type { Label } from '../scores.js';
import { TextWorker } from '../text-worker.js';
import { readModelLanguages } from './model-folder.js';
import type { LoadedModelInfo } from './worker-messages.js';

/**
 * Maximum number of texts that wait for the thread. Further texts are skipped so that a peak does not make everyone
 * hit the time limit.
 */
const MAX_WAITING = 8;

export type Probabilities = Partial<Record<Label, number>>;

export interface ThreadEvents {
  ready(runtime: string): void;
  failed(reason: string): void;
}

/** Runs the operator's own model in a thread. A result always comes within the time limit, but it may be empty. */
export class ModelThread {
  private readonly worker: TextWorker<LoadedModelInfo, readonly number[]>;
  private declaredLanguages: readonly string[] = [];

  constructor(
    private readonly folder: string,
    timeoutMs: number,
    events: ThreadEvents,
    script: URL = new URL('./custom-model.worker.js', import.meta.url),
  ) {
    this.worker = new TextWorker(
      { script, data: folder, timeoutMs, maxWaiting: MAX_WAITING },
      {
        ready: ({ runtime }) => {
          this.refreshLanguages();
          events.ready(runtime);
        },
        failed: (reason) => events.failed(reason),
      },
    );
  }

  get use(): 'instead' | 'beside' {
    return this.worker.ready?.use ?? 'instead';
  }

  /** Labels that the model scores; null while it is not ready. */
  get labels(): readonly Label[] | null {
    return this.worker.ready?.outputs.filter((label) => label !== null) ?? null;
  }

  get languages(): readonly string[] {
    return this.declaredLanguages;
  }

  open(): void {
    this.refreshLanguages();
    this.worker.open();
  }

  async close(): Promise<void> {
    await this.worker.close();
  }

  /** @returns probabilities by label; null if the model is missing, too busy or too slow, or failed */
  async classify(text: string): Promise<Probabilities | null> {
    const outputs = this.worker.ready?.outputs;
    const values = await this.worker.ask(text);
    if (!outputs || !values) return null;
    const found: Probabilities = {};
    outputs.forEach((label, at) => {
      // If several outputs map to the same label, use the largest.
      if (label) found[label] = Math.max(found[label] ?? 0, values[at]);
    });
    return found;
  }

  /** Also after the thread was restarted, because the folder may have changed. */
  private refreshLanguages(): void {
    this.declaredLanguages = readModelLanguages(this.folder);
  }
}
