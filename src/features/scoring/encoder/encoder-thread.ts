import { TextWorker, type TextWorkerEvents } from '../text-worker.js';

/** Texts that may wait for the thread: about 0.3 seconds of its work. */
export const MAX_WAITING = 32;

export interface EncoderThreadOptions {
  /** Time limit for one text, including its wait. */
  readonly timeoutMs: number;
  /** Path of another encoder file than the shipped one. */
  readonly model?: string;
  /** The compiled worker, if it is not beside this module. */
  readonly script?: URL;
}

/**
 * The sentence encoder in a worker thread. A result always comes within the time limit, but it may be empty: the caller
 * then scores without it.
 */
export class EncoderThread {
  private readonly worker: TextWorker<object, Float32Array>;

  /** @param events `failed` is called with the reason each time that the encoder could not be used */
  constructor(options: EncoderThreadOptions, events: TextWorkerEvents<object>) {
    const { timeoutMs, model, script = new URL('./encoder.worker.js', import.meta.url) } = options;
    this.worker = new TextWorker({ script, data: model, timeoutMs, maxWaiting: MAX_WAITING }, events);
  }

  /** Starts the thread and loads the encoder in it. Texts get null until `ready` is called. */
  open(): void {
    this.worker.open();
  }

  async close(): Promise<void> {
    await this.worker.close();
  }

  /**
   * @param text any text: see `SentenceEncoder.embed`
   * @returns a vector of `DIMENSIONS` numbers and length 1, or null if the encoder is not ready, busy, slow or failed
   */
  async embed(text: string): Promise<Float32Array | null> {
    return this.worker.ask(text);
  }
}
