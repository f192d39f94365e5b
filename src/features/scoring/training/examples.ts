import type { ModelLabel } from '../model/labels.js';
import type { Row } from './dataset.js';
import type { Examples } from './logistic.js';
import type { SyntheticSentence } from './synthetic-sentences.js';
import { RECIPES } from './recipes.js';
import { targetOf } from './targets.js';

/** Origin of an example's label: derived from another label, given in the training files, or from our own sentences. */
export const ORIGIN = { derived: 0, given: 1, own: 2 } as const;

export interface LabelExamples extends Examples {
  /** One of `ORIGIN` for each example. */
  readonly origin: Uint8Array;
  /** Examples with the same number are held out together, because the sentences of one template are similar. */
  readonly group: Uint32Array;
}

/** The examples for one label from the files and our own sentences; the rows of `own` follow those of `rows`. */
export function examplesOf(
  rows: readonly Row[],
  own: readonly SyntheticSentence[],
  label: ModelLabel,
): LabelExamples {
  const recipe = RECIPES[label];
  const classWeightOf = (degree: number): number => (degree >= 0.5 ? recipe.positives : 1);
  const found: { row: number; degree: number; weight: number; origin: number; group: number }[] = [];
  rows.forEach((row, index) => {
    const target = targetOf(row, label, index);
    if (!target) return;
    const origin = row.labels[label] === undefined ? ORIGIN.derived : ORIGIN.given;
    const isNews = row.domain === 'news';
    const degree = isNews ? scaleAroundHalf(target.degree, recipe.newsSpread) : target.degree;
    const weight = target.weight * classWeightOf(degree) * (isNews ? recipe.news : 1);
    // Each row is its own group. Rows of a source are adjacent, so each fold covers all sources.
    found.push({ row: index, degree, weight, origin, group: found.length });
  });
  own.forEach(({ labels, weight, template }, index) => {
    const degree = labels[label];
    if (degree === undefined) return;
    const scaledWeight = weight * recipe.own;
    found.push({
      row: rows.length + index,
      degree,
      weight: scaledWeight,
      origin: ORIGIN.own,
      group: template,
    });
  });
  return {
    rows: Int32Array.from(found, ({ row }) => row),
    degrees: Float32Array.from(found, ({ degree }) => degree),
    weights: Float32Array.from(found, ({ weight }) => weight),
    origin: Uint8Array.from(found, ({ origin }) => origin),
    group: Uint32Array.from(found, ({ group }) => group),
  };
}

const scaleAroundHalf = (degree: number, by: number): number =>
  Math.min(1, Math.max(0, 0.5 + (degree - 0.5) * by));

/** The examples for which `keep` is true. */
export function select(examples: Examples, keep: (at: number) => boolean): Examples {
  const passes = (_: number, at: number): boolean => keep(at);
  return {
    rows: examples.rows.filter(passes),
    degrees: examples.degrees.filter(passes),
    weights: examples.weights.filter(passes),
  };
}

export const countPositives = ({ degrees }: Examples): number =>
  degrees.reduce((sum, degree) => sum + (degree >= 0.5 ? 1 : 0), 0);
