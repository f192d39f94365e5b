import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { SETTINGS, type Settings } from '../../../platform/config/settings.js';
import { Metrics } from '../../../platform/observability/metrics.js';
import type { ScoreMap } from '../scores.js';
import { withOwnModel } from './with-own-model.js';
import { ModelThread } from './model-thread.js';

/** A text classifier of the operator's own, in a folder (`MODEL_DIR`), in the place of the shipped model or beside it. */
@Injectable()
export class OwnModel implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('own-model');
  private readonly thread: ModelThread | null;

  constructor(@Inject(SETTINGS) { modelDir, modelTimeoutMs }: Settings, metrics: Metrics) {
    const failures = metrics.counter(
      'postbag_own_model_failures_total',
      'Times that the operator’s own model could not be asked, and the shipped one’s scores counted.',
    );
    this.thread =
      modelDir === null
        ? null
        : new ModelThread(modelDir, modelTimeoutMs, {
            ready: (runtime) => this.logger.log({ event: 'own-model.ready', folder: modelDir, runtime }),
            failed: (reason) => {
              failures.inc();
              this.logger.warn({ event: 'own-model.failed', folder: modelDir, reason });
            },
          });
  }

  onModuleInit(): void {
    this.thread?.open();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread?.close();
  }

  /** @param scores what counts without it; unchanged where there is no such model, or it has no answer in time */
  async add(text: string, scores: ScoreMap): Promise<ScoreMap> {
    const found = await this.thread?.ask(text);
    return found ? withOwnModel(scores, found, this.thread!.use) : scores;
  }
}
