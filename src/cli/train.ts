import { accessSync, constants, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { encodeModel } from '../features/scoring/model/model-file.js';
import { readRows } from '../features/scoring/training/dataset.js';
import { generateSyntheticSentences } from '../features/scoring/training/synthetic-sentences.js';
import { trainModel } from '../features/scoring/training/train-model.js';

const HELP = `npm run train -- --train FILE --valid FILE --out MODEL [--seed N]

Trains the scoring model. The files are JSONL, gzipped or not, with one {"text", "labels", "source", "domain"} per line.
The validation file is used for measuring only, never for training. The same files and seed produce the same model.`;

// Increase it with every shipped model.
const MODEL_VERSION = '1.5.0';

/** @returns the exit status */
export function run(args: readonly string[]): number {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: { train: text, valid: text, out: text, seed: text, help: { type: 'boolean' } },
  });
  if (values.help || !values.train || !values.valid || !values.out) {
    console.error(HELP);
    return values.help ? 0 : 2;
  }
  const seed = Number(values.seed ?? 1);
  if (!Number.isSafeInteger(seed)) {
    console.error(`--seed must be a whole number, not ${values.seed}`);
    return 2;
  }
  const rows = readRows(values.train);
  if (rows.every(({ labels }) => Object.keys(labels).length === 0))
    throw new Error(`${values.train} has no labels between 0 and 1, so there is nothing to learn from`);
  const valid = readRows(values.valid);
  // Fail now rather than after minutes of training.
  accessSync(dirname(values.out), constants.W_OK);
  const model = trainModel(rows, generateSyntheticSentences(seed), valid, {
    seed,
    version: MODEL_VERSION,
    onProgress: (line) => console.log(line),
  });
  const bytes = encodeModel(model);
  writeFileSync(values.out, bytes);
  console.log(`wrote ${values.out}, ${(bytes.length / 1e6).toFixed(2)} MB`);
  return 0;
}
