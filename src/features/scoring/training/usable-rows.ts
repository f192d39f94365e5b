import { insults } from '../phases/insults.js';
import type { Row } from './dataset.js';

/** Sets whose labels are too noisy to learn from; kept for measuring. */
const UNUSED_SOURCES: ReadonlySet<string> = new Set(['mlma']);
// One mirror of this set contains scrambled abuse that is labelled harmless: about a tenth of its harmless rows.
const PARTLY_MISLABELLED = 'jigsaw-wiki';
const HARMLESS = 0.2;

/** The rows to train on: without unused sets and without abuse that is labelled harmless. */
export const usableRows = (rows: readonly Row[]): Row[] =>
  rows.filter(
    ({ source, labels, text }) =>
      !UNUSED_SOURCES.has(source) &&
      (source !== PARTLY_MISLABELLED ||
        (labels.toxicity ?? 1) >= HARMLESS ||
        (insults({ body: text }).insult?.value ?? 0) === 0),
  );
