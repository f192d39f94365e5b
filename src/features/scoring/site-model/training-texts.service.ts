import { Injectable, Logger } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import type { RevisionId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { EmbeddingRepository } from '../encoder/embedding.repository.js';
import { TextEncoderService } from '../encoder/text-encoder.service.js';
import { TextScorer } from '../text-scorer.js';
import { pause, type LabelledText } from './site-corpus.js';
import { SITE_LABELS } from './site-labels.js';
import { NO_REPORT } from './training-progress.js';

/** A text that a training may use. */
export interface TrainingText extends Omit<LabelledText, 'shipped' | 'embedding'> {
  /** Null: it is no revision, so its embedding is not stored. */
  readonly revisionId: RevisionId | null;
}

export type TextToEncode = Pick<TrainingText, 'revisionId' | 'text' | 'isRefused'>;

/** A training must end within ten minutes; the next one continues, because embeddings are stored. */
const MAX_ENCODING_MS = 4 * 60_000;
const PROGRESS_EVERY_TEXTS = 1_000;
const BATCH = 200;
const FIND_BATCH = 5_000;
const TEXTS_PER_YIELD = 20;
/** After this many texts in a row without a response the encoder is not tried again: it is broken or overloaded. */
const MAX_FAILURES = 10;
const RETRY_AFTER_MS = 250;

/** Prepares the texts of a training: their embeddings, stored or new, and what the shipped models say about them. */
@Injectable()
export class TrainingTextsService {
  private readonly logger = new Logger('site-models');

  constructor(
    private readonly database: Database,
    private readonly embeddings: EmbeddingRepository,
    private readonly encoder: TextEncoderService,
    private readonly texts: TextScorer,
    private readonly clock: Clock,
  ) {}

  /**
   * Encodes texts without a stored embedding, refused and approved ones in turn, for `MAX_ENCODING_MS` at most. The
   * remaining ones are left out; the weights of the others are raised to make up for them.
   *
   * @param texts the most important ones first
   */
  async prepare(
    ctx: SiteContext,
    texts: readonly TrainingText[],
    signal?: AbortSignal,
    report = NO_REPORT,
  ): Promise<LabelledText[]> {
    const embeddings = await this.embed(ctx, texts, signal, report);
    const used = texts.filter((text) => embeddings.has(text));
    const [refused, approved] = [true, false].map((isRefused) => {
      const count = (list: readonly TrainingText[]): number =>
        list.filter((text) => text.isRefused === isRefused && text.weight === undefined).length;
      return count(texts) / Math.max(1, count(used));
    });
    const prepared: LabelledText[] = [];
    for (const [index, text] of used.entries()) {
      if (index % TEXTS_PER_YIELD === 0) {
        await pause();
        await report('scoring', index, used.length);
      }
      signal?.throwIfAborted();
      const { scores } = await this.texts.siteModelInput(text.text, embeddings.get(text) ?? undefined);
      const { isAnchor, isRefused, weight } = text;
      prepared.push({
        ...text,
        shipped: scores,
        embedding: embeddings.get(text) ?? null,
        weight: weight ?? (isRefused === undefined ? 1 : isRefused ? refused : approved),
        labels: isAnchor
          ? Object.fromEntries(SITE_LABELS.map((label) => [label, scores[label]?.value ?? 0]))
          : text.labels,
      });
    }
    return prepared;
  }

  /**
   * Reads the stored embeddings and computes others, for `MAX_ENCODING_MS` at most.
   *
   * @returns null for a text that could not be encoded; those for which there was no time are absent
   */
  async embed<T extends TextToEncode>(
    ctx: SiteContext,
    texts: readonly T[],
    signal?: AbortSignal,
    report = NO_REPORT,
  ): Promise<Map<T, Float32Array | null>> {
    await report('encoding', 0, 1);
    const embeddings = await this.stored(ctx, texts);
    const missing = alternatingByDecision(texts.filter((text) => !embeddings.has(text)));
    await this.encode(ctx, missing, embeddings, signal, report);
    return embeddings;
  }

  private async stored<T extends TextToEncode>(
    ctx: SiteContext,
    texts: readonly T[],
  ): Promise<Map<T, Float32Array | null>> {
    const found = new Map<T, Float32Array | null>();
    for (let from = 0; from < texts.length; from += FIND_BATCH) {
      const batch = texts.slice(from, from + FIND_BATCH);
      const ids = batch.flatMap(({ revisionId }) => (revisionId === null ? [] : [revisionId]));
      const embeddings = await this.database.inSite(ctx, (tx) => this.embeddings.find(tx, ctx, ids));
      for (const text of batch) {
        const embedding = text.revisionId === null ? undefined : embeddings.get(text.revisionId);
        if (embedding) found.set(text, embedding);
      }
    }
    return found;
  }

  /** Adds to `embeddings`; null for a text that could not be encoded. */
  private async encode<T extends TextToEncode>(
    ctx: SiteContext,
    texts: readonly T[],
    embeddings: Map<T, Float32Array | null>,
    signal?: AbortSignal,
    report = NO_REPORT,
  ): Promise<void> {
    const startedMs = this.clock.nowMs();
    let failures = 0;
    let unsaved: { revisionId: RevisionId; embedding: Float32Array }[] = [];
    const save = async (): Promise<void> => {
      const rows = unsaved;
      unsaved = [];
      if (rows.length === 0) return;
      await this.database.inSite(ctx, async (tx) => {
        for (const { revisionId, embedding } of rows) this.embeddings.save(tx, ctx, revisionId, embedding);
      });
    };
    for (const [index, text] of texts.entries()) {
      signal?.throwIfAborted();
      const elapsedMs = this.clock.nowMs() - startedMs;
      if (elapsedMs > MAX_ENCODING_MS) break;
      // Ends when every text is encoded or the time is over, whichever is earlier.
      await report('encoding', Math.max(index / texts.length, elapsedMs / MAX_ENCODING_MS), 1);
      if (index % PROGRESS_EVERY_TEXTS === 0 && index > 0)
        this.logger.log({ event: 'site-model.encoding', siteId: ctx.siteId, done: index, of: texts.length });
      let embedding: Float32Array | null = null;
      if (failures < MAX_FAILURES) {
        embedding = await this.encoder.embed(text.text);
        if (!embedding && /\p{L}/u.test(text.text)) {
          // Comments that wait for a decision come first.
          await new Promise((resolve) => setTimeout(resolve, RETRY_AFTER_MS));
          embedding = await this.encoder.embed(text.text);
          failures = embedding ? 0 : failures + 1;
        }
      }
      embeddings.set(text, embedding);
      if (embedding && text.revisionId !== null) unsaved.push({ revisionId: text.revisionId, embedding });
      if (unsaved.length >= BATCH) await save();
    }
    await save();
  }
}

/** Refused and other texts alternately, as long as there are both, because refused ones are rare and teach most. */
function alternatingByDecision<T extends TextToEncode>(texts: readonly T[]): T[] {
  const refused = texts.filter(({ isRefused }) => isRefused);
  const others = texts.filter(({ isRefused }) => !isRefused);
  return Array.from({ length: Math.max(refused.length, others.length) }, (_, at) => [
    ...refused.slice(at, at + 1),
    ...others.slice(at, at + 1),
  ]).flat();
}
