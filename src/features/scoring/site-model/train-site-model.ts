import { MODEL_LABELS, type ModelLabel } from '../model/labels.js';
import type { ScoreMap } from '../scores.js';
import { calibrate } from '../training/calibration.js';
import { measure } from '../training/metrics.js';
import { fitDelta, applyDelta, type Delta } from './fit-delta.js';
import { PARTS, readCorpus, type SiteCorpus, type LabelledText } from './site-corpus.js';
import { wordSize } from './site-model-features.js';
import { sigmoid, type SiteModel, type LabelDelta } from './site-model.js';

/** How good scores of one label are on the texts that were held out. */
export interface HeldOutFigures {
  readonly rocAuc: number | null;
  readonly averagePrecision: number | null;
  /** Mean, natural logarithm; lower is better. */
  readonly logLoss: number;
  /** Expected calibration error over ten bins. */
  readonly ece: number;
}

export interface LabelFigures {
  /** Texts with this label known, and those of them where it applies: to train on, and held out. */
  readonly trained: { readonly texts: number; readonly positives: number };
  readonly heldOut: { readonly texts: number; readonly positives: number };
  /** How often it applies among what people judged here; what probabilities are calibrated to. */
  readonly baseRate: number;
  readonly shipped: HeldOutFigures;
  readonly head: HeldOutFigures;
  /** Whether the head is better beyond doubt; only then it may judge this label. */
  readonly beats: boolean;
}

export interface MovedWord {
  /** A word, two words, or what a clause feature is called. */
  readonly text: string;
  /** What it adds to the label's logit in a text of ten words; below 0 it speaks against. */
  readonly change: number;
  /** In how many texts to train on it stands. */
  readonly texts: number;
}

export interface TrainedSiteModel {
  readonly head: SiteModel;
  readonly figures: Partial<Record<ModelLabel, LabelFigures>>;
  /** The most moved first, up and down together. */
  readonly words: Partial<Record<ModelLabel, MovedWord[]>>;
}

/** Fewer than these, of either kind, say too little about a label: it stays as it was shipped. */
export const MIN_TO_TRAIN = 30;
export const MIN_HELD_OUT = 8;
/** One-sided, at 95 %: a head that is better by luck takes over one time in twenty, where it does no harm either. */
const BEYOND_DOUBT = 1.645;
/** The order of the texts must not suffer for better probabilities. */
const AUC_TOLERANCE = 0.01;
/** Decisions that follow from nothing in the text teach one probability for all texts, and then nothing would be held. */
const MIN_AUC = 0.6;
const MAX_IDS = 30_000;
const LISTED_WORDS = 60;
/** A word in fewer texts would give away what somebody wrote. */
const LISTED_FROM_TEXTS = 3;
const NEGLIGIBLE = 0.002;
// Ten words are ten features and nine pairs.
const SIZE_IN_TEN_WORDS = wordSize(19);

/**
 * Trains what a site's decisions say beside the shipped model. Deterministic: the same texts in the same order give the
 * same head. Works in small pieces, so that a process which does other things goes on doing them.
 *
 * @param texts newest or oldest first, each once
 * @param shipped what the shipped model says about a text
 * @returns null where no label has enough texts of both kinds
 */
export async function trainSiteModel(
  texts: readonly LabelledText[],
  shipped: (text: string) => ScoreMap,
  modelVersion: string,
): Promise<TrainedSiteModel | null> {
  const corpus = await readCorpus(texts, shipped);
  const trained: { label: ModelLabel; delta: Delta; calibration: LabelDelta; figures: LabelFigures }[] = [];
  for (const label of MODEL_LABELS) {
    const one = await trainLabel(corpus, label);
    if (one) trained.push({ label, ...one });
  }
  if (trained.length === 0) return null;
  return {
    head: assemble(corpus, trained, modelVersion),
    figures: Object.fromEntries(trained.map(({ label, figures }) => [label, figures])),
    words: Object.fromEntries(
      trained.map(({ label, delta, calibration: { slope } }) => [label, movedWords(corpus, delta, slope)]),
    ),
  };
}

async function trainLabel(
  corpus: SiteCorpus,
  label: ModelLabel,
): Promise<{ delta: Delta; calibration: LabelDelta; figures: LabelFigures } | null> {
  const at = MODEL_LABELS.indexOf(label);
  const { examples } = corpus;
  const degreeOf = (row: number): number => examples[row].labels[label]!;
  const priorOf = (row: number): number => examples[row].features.prior[at];
  const known = [...examples.keys()].filter((row) => examples[row].labels[label] !== undefined);
  const rows = known.filter((row) => !examples[row].heldOut);
  const heldOut = known.filter((row) => examples[row].heldOut);
  if (!hasBoth(rows.map(degreeOf), MIN_TO_TRAIN) || !hasBoth(heldOut.map(degreeOf), MIN_HELD_OUT))
    return null;

  const fit = (some: readonly number[]): Promise<Delta> =>
    fitDelta(corpus, some, some.map(priorOf), some.map(degreeOf));
  const logitOf = (delta: Delta, row: number): number => priorOf(row) + applyDelta(delta, examples[row]);
  // Calibrated on logits of texts that the weights were not trained on, one part after the other.
  const outside = new Map<number, number>();
  for (let part = 0; part < PARTS; part++) {
    const delta = await fit(rows.filter((row) => examples[row].part !== part));
    for (const row of rows) if (examples[row].part === part) outside.set(row, logitOf(delta, row));
  }
  const { slope, offset } = calibrate(
    rows.map((row) => outside.get(row)!),
    rows.map((row) => degreeOf(row) >= 0.5),
  );
  const delta = await fit(rows);
  const degrees = heldOut.map(degreeOf);
  const byHead = heldOut.map((row) => sigmoid(slope * logitOf(delta, row) + offset));
  const byShipped = heldOut.map((row) => sigmoid(priorOf(row)));
  const [shipped, head] = [figuresOf(byShipped, degrees), figuresOf(byHead, degrees)];
  const all = [...rows, ...heldOut].map(degreeOf);
  return {
    delta,
    calibration: { fixed: [...delta.fixed], slope, offset },
    figures: {
      trained: countOf(rows.map(degreeOf)),
      heldOut: countOf(degrees),
      baseRate: all.reduce((sum, degree) => sum + degree, 0) / all.length,
      shipped,
      head,
      beats:
        beats(byHead, byShipped, degrees) &&
        (head.rocAuc ?? 0) >=
          Math.max(MIN_AUC, aucByChance(countOf(degrees)), (shipped.rocAuc ?? 0) - AUC_TOLERANCE),
    },
  };
}

const countOf = (degrees: readonly number[]): { texts: number; positives: number } => ({
  texts: degrees.length,
  positives: degrees.filter((degree) => degree >= 0.5).length,
});

function hasBoth(degrees: readonly number[], least: number): boolean {
  const { texts, positives } = countOf(degrees);
  return positives >= least && texts - positives >= least;
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

/** What scores that know nothing reach one time in twenty on so many texts (variance of Mann and Whitney 1947). */
function aucByChance({ texts, positives }: { texts: number; positives: number }): number {
  return 0.5 + BEYOND_DOUBT * Math.sqrt((texts + 1) / (12 * positives * (texts - positives)));
}

/** Whether the first loses less, text by text, by more than chance explains. */
export function beats(
  first: readonly number[],
  second: readonly number[],
  degrees: readonly number[],
): boolean {
  const gains = degrees.map((degree, i) => lossOf(second[i], degree) - lossOf(first[i], degree));
  const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
  const variance = gains.reduce((sum, gain) => sum + (gain - mean) ** 2, 0) / Math.max(1, gains.length - 1);
  return mean > BEYOND_DOUBT * Math.sqrt(variance / gains.length) && mean > 0;
}

/** Of all labels the weights that moved most, side by side. */
function assemble(
  { ids }: SiteCorpus,
  trained: readonly { label: ModelLabel; delta: Delta; calibration: LabelDelta }[],
  modelVersion: string,
): SiteModel {
  const largest = Float64Array.from(ids, (_, at) =>
    Math.max(...trained.map(({ delta }) => Math.abs(delta.ids[at]))),
  );
  const kept = [...ids.keys()]
    .filter((at) => largest[at] >= NEGLIGIBLE)
    .sort((a, b) => largest[b] - largest[a])
    .slice(0, MAX_IDS)
    .sort((a, b) => a - b);
  const deltas = new Float32Array(kept.length * MODEL_LABELS.length);
  for (const { label, delta } of trained) {
    const index = MODEL_LABELS.indexOf(label);
    kept.forEach((at, row) => (deltas[row * MODEL_LABELS.length + index] = delta.ids[at]));
  }
  return {
    modelVersion,
    labels: Object.fromEntries(trained.map(({ label, calibration }) => [label, calibration])),
    ids: Int32Array.from(kept, (at) => ids[at]),
    deltas,
  };
}

function movedWords(corpus: SiteCorpus, { ids }: Delta, slope: number): MovedWord[] {
  return [...corpus.ids.keys()]
    .filter((at) => corpus.texts[at] >= LISTED_FROM_TEXTS && Math.abs(ids[at]) >= NEGLIGIBLE)
    .sort((a, b) => Math.abs(ids[b]) - Math.abs(ids[a]))
    .slice(0, LISTED_WORDS)
    .map((at) => ({
      text: corpus.name(at),
      change: Math.round(slope * ids[at] * SIZE_IN_TEN_WORDS * 1000) / 1000,
      texts: corpus.texts[at],
    }));
}
