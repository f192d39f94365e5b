import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { SETTINGS, type Settings } from '../../../platform/config/settings.js';
import { Metrics } from '../../../platform/observability/metrics.js';
import { toValue, type Label, type ScoreMap } from '../scores.js';
import { combineWithCustomModel } from './combine-with-custom-model.js';
import { ModelThread } from './model-thread.js';

/**
 * The operator's own text classifier, loaded from a folder (`MODEL_DIR`). It replaces the shipped model or is
 * combined with it.
 */
@Injectable()
export class CustomModel implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('custom-model');
  private readonly thread: ModelThread | null;

  constructor(@Inject(SETTINGS) { modelDir, modelTimeoutMs }: Settings, metrics: Metrics) {
    const failures = metrics.counter(
      'postbag_custom_model_failures_total',
      'How often the operator’s custom model could not be used and the shipped model’s scores were used instead.',
    );
    this.thread =
      modelDir === null
        ? null
        : new ModelThread(modelDir, modelTimeoutMs, {
            ready: (runtime) => this.logger.log({ event: 'custom-model.ready', folder: modelDir, runtime }),
            failed: (reason) => {
              failures.inc();
              this.logger.warn({ event: 'custom-model.failed', folder: modelDir, reason });
            },
          });
  }

  onModuleInit(): void {
    this.thread?.open();
  }

  async onApplicationShutdown(): Promise<void> {
    await this.thread?.close();
  }

  /** Whether one is configured, ready or not. */
  get isSet(): boolean {
    return this.thread !== null;
  }

  /** Labels that it scores; null while it is not ready. */
  get labels(): readonly Label[] | null {
    return this.thread?.labels ?? null;
  }

  /** Languages (ISO 639-1) besides English that its folder declares. The model may not be ready to score them yet. */
  get languages(): readonly string[] {
    return this.thread?.languages ?? [];
  }

  /**
   * @param scores the scores without this model
   * @returns the scores unchanged and no languages if there is no such model, or if it is not ready, busy, too
   *   slow or failed
   */
  async combine(text: string, scores: ScoreMap): Promise<{ scores: ScoreMap; languages: readonly string[] }> {
    const found = await this.thread?.classify(text);
    return found
      ? { scores: combineWithCustomModel(scores, found, this.thread!.use), languages: this.languages }
      : { scores, languages: [] };
  }

  /** The scores of the model alone for a text in one of its languages; null if it gave no result. */
  async scoreAlone(text: string): Promise<ScoreMap | null> {
    const found = await this.thread?.classify(text);
    if (!found) return null;
    return Object.fromEntries(
      Object.entries(found).map(([label, value]) => [label, { value: toValue(value), spans: [] }]),
    );
  }
}
