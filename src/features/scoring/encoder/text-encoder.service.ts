import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { Metrics } from '../../../platform/observability/metrics.js';
import { AbuseHead, textForEncoder } from './abuse-head.js';
import { EncoderThread } from './encoder-thread.js';

/** Below the time limit of a phase. */
const TIMEOUT_MS = 2_000;
/** A comment's embedding is needed several times while it is scored: by the models, by phases, and to be stored. */
const MAX_CACHED_TEXTS = 64;

// A worker thread runs built code. Specs import this file from src and run the thread that was built.
const SCRIPT = import.meta.url.endsWith('.ts')
  ? new URL('../../../../dist/features/scoring/encoder/encoder.worker.js', import.meta.url)
  : new URL('./encoder.worker.js', import.meta.url);

/** The sentence encoder of this process. Its thread starts with the first text, which waits for it. */
@Injectable()
export class TextEncoderService implements OnApplicationShutdown {
  readonly head = AbuseHead.load();
  private readonly logger = new Logger('encoder');
  private readonly latest = new LRUCache<string, Promise<Float32Array | null>>({ max: MAX_CACHED_TEXTS });
  private readonly thread: EncoderThread;
  private opening: Promise<void> | null = null;
  private finishOpening = (): void => undefined;

  constructor(metrics: Metrics) {
    const failures = metrics.counter(
      'postbag_encoder_failures_total',
      'How often the sentence encoder failed. The n-gram model scores alone then.',
    );
    this.thread = new EncoderThread(
      { timeoutMs: TIMEOUT_MS, script: SCRIPT },
      {
        ready: () => this.finishOpening(),
        failed: (reason) => {
          failures.inc();
          this.logger.warn({ event: 'encoder.failed', reason });
          this.finishOpening();
        },
      },
    );
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread.close();
  }

  /**
   * @param text any text in English; addresses in it are not read
   * @returns a vector of `DIMENSIONS` numbers and length 1 that must not be changed, or null if the text has no words
   *   or the encoder is busy, slow or failed
   */
  async embed(text: string): Promise<Float32Array | null> {
    const words = textForEncoder(text);
    if (words === null) return null;
    let embedding = this.latest.get(words);
    if (!embedding) {
      embedding = this.ask(words);
      this.latest.set(words, embedding);
    }
    const answer = await embedding;
    // The encoder may respond the next time.
    if (answer === null && this.latest.peek(words) === embedding) this.latest.delete(words);
    return answer;
  }

  private async ask(words: string): Promise<Float32Array | null> {
    await (this.opening ??= this.open());
    return this.thread.embed(words);
  }

  private open(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, TIMEOUT_MS);
      this.finishOpening = () => {
        clearTimeout(timer);
        resolve();
      };
      this.thread.open();
    });
  }
}
