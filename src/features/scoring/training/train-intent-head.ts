import { textForEncoder } from '../encoder/abuse-head.js';
import { INTENTS, type Intent, type IntentHeadWeights } from '../encoder/intent-head.js';
import { INPUT_SCALE, layerLogits } from '../encoder/layer.js';
import { DIMENSIONS } from '../encoder/sentence-encoder.js';
import type { Row } from './dataset.js';
import { fitHiddenLayer } from './hidden-layer.js';
import { randomFrom, shuffle } from './random.js';

/* Trains the layer that recognises intents, on sentences written for it and on harmless comments of public sets. */

/** A line of the file of sentences. */
export interface WrittenSentence {
  readonly intent: Intent;
  /** False for a sentence of similar words that does not have the intent. */
  readonly applies: boolean;
  readonly text: string;
}

/** A written sentence counts as much as this many comments. */
const WRITTEN_WEIGHT = 8;
const MAX_ROWS_PER_SOURCE = 3_000;
const HARMLESS = 0.2;
/** Longer comments say several things. */
const MAX_CHARS = 700;
/** The share of harmless comments above an intent's limit. */
const MAX_FALSE_SHARE: Record<Intent, number> = {
  putDown: 0.0005,
  sexualRemark: 0.0005,
  groupHate: 0.0005,
  threat: 0.0005,
  selfHarmBaiting: 0.0005,
  // No offence: the author gets the site's help text, so a false alarm harms less than a missed one.
  selfHarm: 0.001,
};

export interface IntentTrainingOptions {
  readonly seed: number;
  readonly embed: (text: string) => Float32Array;
  readonly onProgress?: (line: string) => void;
}

/**
 * @param rows labelled comments, of which the harmless ones are used
 * @param valid other labelled comments; the harmless ones set the limits
 */
export function trainIntentHead(
  written: readonly WrittenSentence[],
  rows: readonly Row[],
  valid: readonly Row[],
  options: IntentTrainingOptions,
): IntentHeadWeights {
  const { seed, embed, onProgress } = options;
  const random = randomFrom(seed);
  const scaled = (text: string): Float32Array => embed(textForEncoder(text) ?? '');
  const examples = [...written, ...chooseHarmless(rows, random)];
  const inputs = new Float32Array(examples.length * DIMENSIONS);
  const targets = new Float32Array(examples.length * INTENTS.length);
  const weights = new Float32Array(examples.length * INTENTS.length);
  examples.forEach((example, at) => {
    if (at % 5_000 === 0) onProgress?.(`encoded ${at} of ${examples.length} texts`);
    scaled(example.text).forEach((x, dimension) => (inputs[at * DIMENSIONS + dimension] = x * INPUT_SCALE));
    INTENTS.forEach((intent, column) => {
      const [target, weight] = targetOf(example, intent);
      targets[at * INTENTS.length + column] = target;
      weights[at * INTENTS.length + column] = weight;
    });
  });
  const layer = fitHiddenLayer(
    { width: DIMENSIONS, labels: INTENTS.length, inputs, targets, weights },
    random,
    onProgress,
  );
  const logits = chooseHarmless(valid, random).map(({ text }) => layerLogits(layer, scaled(text)));
  const limits = Float32Array.from(INTENTS, (intent, column) => {
    const highestFirst = logits.map((each) => each[column]).sort((a, b) => b - a);
    return highestFirst[Math.floor(highestFirst.length * MAX_FALSE_SHARE[intent])];
  });
  return { ...layer, limits };
}

/** Of a sentence that has another intent, nothing is known about this one: its weight is 0. */
function targetOf(example: WrittenSentence | Row, intent: Intent): readonly [target: number, weight: number] {
  if (!('intent' in example)) return [0, 1];
  if (example.intent === intent) return [example.applies ? 1 : 0, WRITTEN_WEIGHT];
  return [0, example.applies ? 0 : 1];
}

function chooseHarmless(rows: readonly Row[], random: () => number): Row[] {
  const chosen = rows.filter(({ labels, text }) => {
    const degrees = Object.values(labels);
    return degrees.length > 0 && degrees.every((degree) => degree < HARMLESS) && text.length <= MAX_CHARS;
  });
  shuffle(chosen, random);
  const counts = new Map<string, number>();
  return chosen.filter(({ source }) => {
    const count = (counts.get(source) ?? 0) + 1;
    counts.set(source, count);
    return count <= MAX_ROWS_PER_SOURCE;
  });
}
