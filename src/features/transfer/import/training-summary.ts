import type { ImportLearned } from './import.repository.js';

const number = (count: number): string => count.toLocaleString('en-US');

/** Summarizes the result of training on an import in one line. */
export function trainingSummary({ outcome, texts, refused, labels }: ImportLearned): string {
  const read = `${number(texts)} ${texts === 1 ? 'decision' : 'decisions'} (${number(refused)} refused)`;
  switch (outcome) {
    case 'nothing-new':
      return 'The scorer learned nothing: no decision of a person came with this import.';
    case 'too-few':
      return `The scorer learned nothing: ${read} are too few. A label needs about 38 texts that were refused for it, and as many that were not, in a language that the model reads.`;
    case 'failed':
      return 'The scorer learned nothing: the training failed; the server’s log has the reason. Start it again with POST …/site-models.';
    case 'trained': {
      const figures = Object.entries(labels).map(
        ([label, { heldOut, before, after, beats }]) =>
          `${label} ${rounded(before)} before, ${rounded(after)} after, on ${number(heldOut)}${beats ? '' : ' (not clearly better)'}`,
      );
      return `The scorer learned from ${read}. ROC-AUC on texts it was not trained on: ${figures.join('; ')}. It counts once a person accepts it, in the console under Learning.`;
    }
  }
}

const rounded = (value: number | null): string => (value === null ? 'unknown' : value.toFixed(3));
