import { Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Metrics } from '../../../platform/observability/metrics.js';
import { AbuseHead } from './abuse-head.js';
import { EncoderThread } from './encoder-thread.js';

/** Below the time limit of a phase. */
const TIMEOUT_MS = 2_000;

// A worker thread runs built code. Specs import this file from src and run the thread that was built.
const SCRIPT = import.meta.url.endsWith('.ts')
  ? new URL('../../../../dist/features/scoring/encoder/encoder.worker.js', import.meta.url)
  : new URL('./encoder.worker.js', import.meta.url);

/** The sentence encoder of this process. Its thread starts with the first text, which waits for it. */
@Injectable()
export class TextEncoderService implements OnApplicationShutdown {
  readonly head = AbuseHead.load();
  private readonly logger = new Logger('encoder');
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
   * @param text any text: see `SentenceEncoder.embed`
   * @returns a vector of `DIMENSIONS` numbers and length 1, or null if the encoder is busy, slow or failed
   */
  async embed(text: string): Promise<Float32Array | null> {
    await (this.opening ??= this.open());
    return this.thread.embed(text);
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
