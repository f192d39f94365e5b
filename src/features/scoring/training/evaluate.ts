import { MODEL_LABELS, type ModelLabel } from '../model/labels.js';
import type { TextClassifier } from '../model/scorer.js';
import type { ScoreMap } from '../scores.js';
import type { Row } from './dataset.js';
import { measure, type Metrics } from './metrics.js';
import { spanAgreement, type SpanAgreement } from './span-agreement.js';

export interface Functionality {
  readonly head: ModelLabel;
  readonly threshold: 0.5;
  readonly total: number;
  readonly positive: number;
  readonly harmless: number;
  readonly perFunction: Readonly<Record<string, number>>;
}

export interface Evaluation {
  readonly rows: number;
  readonly commentsPerSecond: number;
  readonly labels: Partial<Record<ModelLabel, Metrics>>;
  readonly domains: Readonly<Record<string, Partial<Record<ModelLabel, Metrics>>>>;
  /** Agreement of the spans that explain toxicity with those that people marked, if rows have `spans`. */
  readonly spans?: SpanAgreement;
  readonly functionality?: Functionality;
}

/**
 * Scores rows and compares the scores with the labels: .5 and above is positive, missing labels are skipped.
 *
 * @param explain gives the spans that explain toxicity
 */
export function evaluate(
  scorer: TextClassifier,
  explain: (text: string) => ScoreMap,
  rows: readonly Row[],
  functionLabel: ModelLabel = 'identityAttack',
  onProgress?: (done: number) => void,
): Evaluation {
  const startedAt = performance.now();
  const scores = rows.map(({ text }, row) => {
    onProgress?.(row);
    return Float64Array.from(scorer.probabilities(text));
  });
  const seconds = Math.max(1e-6, (performance.now() - startedAt) / 1000);
  const metricsOf = (chosen: readonly number[]): Partial<Record<ModelLabel, Metrics>> => {
    const labels: Partial<Record<ModelLabel, Metrics>> = {};
    for (const [index, label] of MODEL_LABELS.entries()) {
      const labelled = chosen.filter((row) => rows[row].labels[label] !== undefined);
      if (labelled.length === 0) continue;
      labels[label] = measure(
        labelled.map((row) => scores[row][index]),
        labelled.map((row) => rows[row].labels[label]! >= 0.5),
      );
    }
    return labels;
  };
  const all = rows.map((_, row) => row);
  const domains = [...new Set(rows.map(({ domain }) => domain))].sort();
  const spans = spanAgreement(explain, rows);
  const functionality = functionsOf(rows, scores, functionLabel);
  return {
    rows: rows.length,
    commentsPerSecond: Math.round(rows.length / seconds),
    labels: metricsOf(all),
    domains: Object.fromEntries(
      domains
        .map((domain) => [domain, metricsOf(all.filter((row) => rows[row].domain === domain))] as const)
        .filter(([, labels]) => Object.keys(labels).length > 0),
    ),
    ...(spans ? { spans } : {}),
    ...(functionality ? { functionality } : {}),
  };
}

/** @returns undefined if no row has both a function and a hateful flag */
function functionsOf(
  rows: readonly Row[],
  scores: readonly Float64Array[],
  functionLabel: ModelLabel,
): Functionality | undefined {
  const index = MODEL_LABELS.indexOf(functionLabel);
  const tallies = { total: [0, 0], positive: [0, 0], harmless: [0, 0] };
  const perFunction = new Map<string, [number, number]>();
  rows.forEach(({ functionality, label }, row) => {
    if (functionality === undefined || label === undefined) return;
    const hateful = label === 'hateful';
    const correct = scores[row][index] >= 0.5 === hateful ? 1 : 0;
    const functionTally = perFunction.get(functionality) ?? [0, 0];
    perFunction.set(functionality, functionTally);
    for (const tally of [tallies.total, hateful ? tallies.positive : tallies.harmless, functionTally]) {
      tally[0] += correct;
      tally[1]++;
    }
  });
  if (perFunction.size === 0) return undefined;
  const share = ([correct, all]: readonly number[]): number => (all > 0 ? correct / all : 0);
  return {
    head: functionLabel,
    threshold: 0.5,
    total: share(tallies.total),
    positive: share(tallies.positive),
    harmless: share(tallies.harmless),
    perFunction: Object.fromEntries([...perFunction].sort().map(([name, tally]) => [name, share(tally)])),
  };
}
