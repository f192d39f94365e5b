import { AbuseHead } from '../encoder/abuse-head.js';
import { MODEL_LABELS, type ModelLabel } from '../model/labels.js';
import { scoreText } from '../model/score-map.js';
import { Scorer } from '../model/scorer.js';
import type { ScoreMap } from '../scores.js';
import { CombinedModels } from '../shipped-scores.js';
import type { Row } from './dataset.js';
import { measure } from './metrics.js';
import type { SyntheticSentence } from './synthetic-sentences.js';
import { trainAbuseHead } from './train-abuse-head.js';
import { trainModel } from './train-model.js';
import { usableRows } from './usable-rows.js';

/*
 * Measures models on sources of comments that they were not trained on. A model that is measured on other comments of
 * the sources it was trained on looks better than it is on a newspaper's own.
 */

export interface LeaveOutOptions {
  readonly seed: number;
  readonly embed: (text: string) => Float32Array;
  readonly onProgress: (line: string) => void;
}

export interface LeftOutResult {
  readonly source: string;
  readonly label: ModelLabel;
  readonly rows: number;
  readonly positives: number;
  /** ROC-AUC of the n-gram model that was trained without the source. */
  readonly ngrams: number;
  /** ROC-AUC of the n-gram model and the sentence encoder's head, both trained without the source. */
  readonly combined: number;
}

/** Rows of each source that are measured. */
const MAX_ROWS = 2_000;
/** With fewer rows of either kind the figure depends on single comments. */
const MIN_OF_EACH = 10;

/**
 * Trains both models without some sources and measures them on those.
 *
 * @param rows all training rows
 * @param valid all validation rows; those of other sources calibrate the models, those of the left-out ones are
 *   measured together with their training rows
 * @returns per source and label; without labels that have hardly any positive or negative row
 * @throws {Error} if a source has no rows
 */
export function measureLeftOut(
  sources: readonly string[],
  rows: readonly Row[],
  own: readonly SyntheticSentence[],
  valid: readonly Row[],
  { seed, embed, onProgress }: LeaveOutOptions,
): LeftOutResult[] {
  const isLeftOut = ({ source }: Row): boolean => sources.includes(source);
  const measured = new Map(
    sources.map((source) => {
      const sourceRows = [...valid, ...rows].filter((row) => row.source === source);
      if (sourceRows.length === 0) throw new Error(`no rows of a source ${source}`);
      const step = Math.max(1, sourceRows.length / MAX_ROWS);
      return [
        source,
        Array.from(
          { length: Math.min(sourceRows.length, MAX_ROWS) },
          (_, at) => sourceRows[Math.floor(at * step)],
        ),
      ];
    }),
  );
  const trainingRows = usableRows(rows.filter((row) => !isLeftOut(row)));
  const validationRows = usableRows(valid.filter((row) => !isLeftOut(row)));
  onProgress(`training on ${trainingRows.length} comments without ${sources.join(', ')}`);
  const scorer = new Scorer(
    trainModel(trainingRows, own, validationRows, { seed, version: '0.0.0', onProgress }),
  );
  const scoreByNgrams = (text: string): ScoreMap => scoreText(scorer, text);
  const head = new AbuseHead(
    trainAbuseHead(trainingRows, own, validationRows, { seed, embed, scoreByNgrams, onProgress }),
  );
  const models = new CombinedModels(scorer, embed, head);
  return [...measured].flatMap(([source, texts]) => {
    const ngrams = texts.map(({ text }) => scoreByNgrams(text));
    const combined = texts.map(({ text }) => models.labels(text));
    return MODEL_LABELS.flatMap((label) => {
      const labelled = [...texts.keys()].filter((at) => texts[at].labels[label] !== undefined);
      const isPositive = labelled.map((at) => texts[at].labels[label]! >= 0.5);
      const positives = isPositive.filter(Boolean).length;
      if (Math.min(positives, labelled.length - positives) < MIN_OF_EACH) return [];
      const aucOf = (scores: readonly ScoreMap[]): number =>
        measure(
          labelled.map((at) => scores[at][label]?.value ?? 0),
          isPositive,
        ).rocAuc!;
      return [
        {
          source,
          label,
          rows: labelled.length,
          positives,
          ngrams: aucOf(ngrams),
          combined: aucOf(combined),
        },
      ];
    });
  });
}
