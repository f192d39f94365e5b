import { DIMENSIONS } from '../encoder/sentence-encoder.js';
import { sigmoid } from '../scores.js';
import { calibrate } from '../training/calibration.js';
import { measure } from '../training/metrics.js';
import { automaticShare, type AutomaticShare, type JudgedText } from './automatic-share.js';
import { fitDelta, applyDelta, type Delta } from './fit-delta.js';
import { FOLDS, readCorpus, type SiteCorpus, type LabelledText } from './site-corpus.js';
import { SITE_LABELS, type SiteLabel } from './site-labels.js';
import { wordSize } from './site-model-features.js';
import type { LabelDelta, SiteModel } from './site-model.js';
import { NO_REPORT } from './training-progress.js';

/** Quality of one label's scores on the held-out texts. */
export interface HeldOutFigures {
  readonly rocAuc: number | null;
  readonly averagePrecision: number | null;
  /** Mean, natural logarithm; lower is better. */
  readonly logLoss: number;
  /** Expected calibration error over ten bins. */
  readonly ece: number;
}

export interface LabelFigures {
  /** Texts for which the label is known, and how many of them it applies to: for training and held out. */
  readonly trained: { readonly texts: number; readonly positives: number };
  readonly heldOut: { readonly texts: number; readonly positives: number };
  /** The share of this site's labelled texts to which the label applies. Probabilities are calibrated to it. */
  readonly baseRate: number;
  readonly shipped: HeldOutFigures;
  readonly siteModel: HeldOutFigures;
  /** Whether the site model is significantly better; only then does it score this label when active. */
  readonly beats: boolean;
  /** Of `refusal` only: what could be decided without a person. */
  readonly automatic?: AutomaticShare;
}

export interface ChangedWord {
  /** A word, two words, or the name of a clause feature. */
  readonly text: string;
  /** Its contribution to the label's logit in a text of ten words; negative values lower it. */
  readonly change: number;
  /** The number of training texts that contain it. */
  readonly texts: number;
}

export interface TrainedSiteModel {
  readonly siteModel: SiteModel;
  readonly figures: Partial<Record<SiteLabel, LabelFigures>>;
  /** Largest change first, in either direction. */
  readonly words: Partial<Record<SiteLabel, ChangedWord[]>>;
}

/** With fewer positives or negatives than this, a label stays as shipped. */
export const MIN_TO_TRAIN = 30;
export const MIN_HELD_OUT = 8;
/** One-sided, at 95 %: one model in twenty without a real improvement passes by chance, which does no harm. */
const ONE_SIDED_Z_95 = 1.645;
/** Even with better probabilities, the AUC must not fall by more than this. */
const AUC_TOLERANCE = 0.01;
/**
 * Decisions that do not depend on the text would teach one probability for all texts, and then nothing would be held.
 */
const MIN_AUC = 0.6;
const MAX_KEPT_FEATURES = 30_000;
const MAX_LISTED_WORDS = 60;
/** A word from fewer texts would reveal what somebody wrote. */
const MIN_TEXTS_PER_LISTED_WORD = 3;
const MIN_WEIGHT_CHANGE = 0.002;
// Ten words are ten features and nine pairs.
const SIZE_IN_TEN_WORDS = wordSize(19);

/**
 * Trains a site model from a site's decisions and the shipped models. Deterministic: the same texts in the same order
 * give the same model. Works in small steps so that the process stays responsive.
 *
 * @param texts each once, in any order
 * @returns null if no label has enough texts of both kinds
 */
export async function trainSiteModel(
  texts: readonly LabelledText[],
  modelVersion: string,
  report = NO_REPORT,
): Promise<TrainedSiteModel | null> {
  await report('fitting', 0, SITE_LABELS.length);
  const corpus = await readCorpus(texts);
  const trained: { label: SiteLabel; delta: Delta; calibration: LabelDelta; figures: LabelFigures }[] = [];
  for (const [index, label] of SITE_LABELS.entries()) {
    const result = await trainLabel(corpus, label, (share) =>
      report('fitting', index + share, SITE_LABELS.length),
    );
    if (result) trained.push({ label, ...result });
  }
  if (trained.length === 0) return null;
  return {
    siteModel: assemble(corpus, trained, modelVersion),
    figures: Object.fromEntries(trained.map(({ label, figures }) => [label, figures])),
    words: Object.fromEntries(
      trained.map(({ label, delta, calibration: { slope } }) => [label, changedWords(corpus, delta, slope)]),
    ),
  };
}

async function trainLabel(
  corpus: SiteCorpus,
  label: SiteLabel,
  onProgress: (share: number) => Promise<void>,
): Promise<{ delta: Delta; calibration: LabelDelta; figures: LabelFigures } | null> {
  const at = SITE_LABELS.indexOf(label);
  const { examples } = corpus;
  const degreeOf = (row: number): number => examples[row].labels[label]!;
  const priorOf = (row: number): number => examples[row].features.prior[at];
  const labelled = [...examples.keys()].filter((row) => examples[row].labels[label] !== undefined);
  // An anchor is never evidence, so none is held out.
  const rows = labelled.filter((row) => examples[row].isAnchor || !examples[row].heldOut);
  const heldOut = labelled.filter((row) => examples[row].heldOut && !examples[row].isAnchor);
  const decided = rows.filter((row) => !examples[row].isAnchor);
  if (!hasBoth(decided.map(degreeOf), MIN_TO_TRAIN) || !hasBoth(heldOut.map(degreeOf), MIN_HELD_OUT))
    return null;

  const fit = (subset: readonly number[]): Promise<Delta> =>
    fitDelta(corpus, subset, subset.map(priorOf), subset.map(degreeOf));
  const logitOf = (delta: Delta, row: number): number => priorOf(row) + applyDelta(delta, examples[row]);
  // Calibrated on logits of texts that the weights were not trained on, one fold at a time.
  const crossValidatedLogits = new Map<number, number>();
  for (let fold = 0; fold < FOLDS; fold++) {
    const delta = await fit(rows.filter((row) => examples[row].fold !== fold));
    for (const row of rows)
      if (examples[row].fold === fold) crossValidatedLogits.set(row, logitOf(delta, row));
    await onProgress((fold + 1) / (FOLDS + 1));
  }
  const { slope, offset } = calibrate(
    rows.map((row) => crossValidatedLogits.get(row)!),
    rows.map(degreeOf),
    rows.map((row) => examples[row].weight),
  );
  const delta = await fit(rows);
  const degrees = heldOut.map(degreeOf);
  const siteModelProbabilities = heldOut.map((row) => sigmoid(slope * logitOf(delta, row) + offset));
  const shippedProbabilities = heldOut.map((row) => sigmoid(priorOf(row)));
  const [shipped, siteModel] = [
    figuresOf(shippedProbabilities, degrees),
    figuresOf(siteModelProbabilities, degrees),
  ];
  // Whatever the reason was: an irrelevant comment that would be published is an error, too.
  const judged = (): JudgedText[] =>
    examples.flatMap(({ isRefused, weight }, row) =>
      isRefused === undefined
        ? []
        : [
            {
              probability: sigmoid(slope * (crossValidatedLogits.get(row) ?? logitOf(delta, row)) + offset),
              isRefused,
              weight,
            },
          ],
    );
  const allDegrees = [...decided, ...heldOut].map(degreeOf);
  return {
    delta,
    calibration: { fixed: [...delta.fixed], slope, offset },
    figures: {
      trained: countOf(decided.map(degreeOf)),
      heldOut: countOf(degrees),
      baseRate: allDegrees.reduce((sum, degree) => sum + degree, 0) / allDegrees.length,
      shipped,
      siteModel,
      beats:
        isSignificantlyBetter(siteModelProbabilities, shippedProbabilities, degrees) &&
        (siteModel.rocAuc ?? 0) >=
          Math.max(MIN_AUC, aucByChance(countOf(degrees)), (shipped.rocAuc ?? 0) - AUC_TOLERANCE),
      ...(label === 'refusal' && { automatic: automaticShare(judged()) }),
    },
  };
}

const countOf = (degrees: readonly number[]): { texts: number; positives: number } => ({
  texts: degrees.length,
  positives: degrees.filter((degree) => degree >= 0.5).length,
});

function hasBoth(degrees: readonly number[], min: number): boolean {
  const { texts, positives } = countOf(degrees);
  return positives >= min && texts - positives >= min;
}

const lossOf = (probability: number, degree: number): number => {
  const p = Math.min(1 - 1e-6, Math.max(1e-6, probability));
  return -(degree * Math.log(p) + (1 - degree) * Math.log(1 - p));
};

function figuresOf(probabilities: readonly number[], degrees: readonly number[]): HeldOutFigures {
  const { rocAuc, averagePrecision, ece } = measure(
    probabilities,
    degrees.map((degree) => degree >= 0.5),
  );
  const logLoss = probabilities.reduce((sum, p, i) => sum + lossOf(p, degrees[i]), 0) / probabilities.length;
  return { rocAuc, averagePrecision, logLoss, ece };
}

/** The AUC that random scores reach one time in twenty on this many texts (variance of Mann and Whitney 1947). */
function aucByChance({ texts, positives }: { texts: number; positives: number }): number {
  return 0.5 + ONE_SIDED_Z_95 * Math.sqrt((texts + 1) / (12 * positives * (texts - positives)));
}

/** Whether the first has a significantly lower loss per text. */
export function isSignificantlyBetter(
  first: readonly number[],
  second: readonly number[],
  degrees: readonly number[],
): boolean {
  const gains = degrees.map((degree, i) => lossOf(second[i], degree) - lossOf(first[i], degree));
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / Math.max(1, gains.length - 1);
  return mean > ONE_SIDED_Z_95 * Math.sqrt(variance / gains.length) && mean > 0;
}

/** Merges the largest weight changes of all labels. */
function assemble(
  { ids }: SiteCorpus,
  trained: readonly { label: SiteLabel; delta: Delta; calibration: LabelDelta }[],
  modelVersion: string,
): SiteModel {
  const largest = Float64Array.from(ids, (_, at) =>
    Math.max(...trained.map(({ delta }) => Math.abs(delta.ids[at]))),
  );
  const keptIndexes = [...ids.keys()]
    .filter((at) => largest[at] >= MIN_WEIGHT_CHANGE)
    .sort((a, b) => largest[b] - largest[a])
    .slice(0, MAX_KEPT_FEATURES)
    .sort((a, b) => a - b);
  const deltas = new Float32Array(keptIndexes.length * SITE_LABELS.length);
  const meaning = new Float32Array(SITE_LABELS.length * DIMENSIONS);
  for (const { label, delta } of trained) {
    const index = SITE_LABELS.indexOf(label);
    keptIndexes.forEach((at, row) => (deltas[row * SITE_LABELS.length + index] = delta.ids[at]));
    meaning.set(delta.meaning, index * DIMENSIONS);
  }
  return {
    modelVersion,
    labels: Object.fromEntries(trained.map(({ label, calibration }) => [label, calibration])),
    ids: Int32Array.from(keptIndexes, (at) => ids[at]),
    deltas,
    meaning,
  };
}

function changedWords(corpus: SiteCorpus, { ids }: Delta, slope: number): ChangedWord[] {
  return [...corpus.ids.keys()]
    .filter((at) => corpus.texts[at] >= MIN_TEXTS_PER_LISTED_WORD && Math.abs(ids[at]) >= MIN_WEIGHT_CHANGE)
    .sort((a, b) => Math.abs(ids[b]) - Math.abs(ids[a]))
    .slice(0, MAX_LISTED_WORDS)
    .map((at) => ({
      text: corpus.name(at),
      change: Math.round(slope * ids[at] * SIZE_IN_TEN_WORDS * 1000) / 1000,
      texts: corpus.texts[at],
    }));
}
