import type { ImportLearned } from './import.repository.js';

const formatCount = (count: number): string => count.toLocaleString('en-US');

/** Describes the result of the training at the end of an import, in one line. */
export function trainingSummary({ outcome, texts, refused, labels }: ImportLearned): string {
  const decisions = `${formatCount(texts)} ${texts === 1 ? 'decision' : 'decisions'} (${formatCount(refused)} rejected)`;
  switch (outcome) {
    case 'nothing-new':
      return 'No site model was trained: the import added no decisions made by people.';
    case 'too-few':
      return `No site model was trained: ${decisions} are too few. A label needs about 38 texts that were rejected for it and as many that were not, in a language that the model supports.`;
    case 'failed':
      return 'No site model was trained: the training failed. The server log has details. To train again, send POST /api/v1/sites/{site}/site-models.';
    case 'trained': {
      const figures = Object.entries(labels).map(
        ([label, { heldOut, before, after, beats }]) =>
          `${label} ${formatAuc(before)} before, ${formatAuc(after)} after, on ${formatCount(heldOut)}${beats ? '' : ' (not significantly better)'}`,
      );
      return `A site model was trained on ${decisions}. ROC-AUC on texts it was not trained on: ${figures.join('; ')}. It takes effect once a person accepts it, in the console under Learning.`;
    }
  }
}

const formatAuc = (value: number | null): string => (value === null ? 'unknown' : value.toFixed(3));
