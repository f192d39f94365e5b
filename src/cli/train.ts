import { writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { encodeModel } from '../features/scoring/model/model-file.js';
import { readRows } from '../features/scoring/training/dataset.js';
import { ownSentences } from '../features/scoring/training/own-sentences.js';
import { trainModel } from '../features/scoring/training/train-model.js';

const HELP = `npm run train -- --train FILE --valid FILE --out MODEL [--seed N]

Trains the scoring model. The files are JSONL, gzipped or not, one {"text", "labels", "source", "domain"} a line.
The validation file is only measured on. The same files and seed give the same model.`;

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
  const { model } = trainModel(readRows(values.train), ownSentences(seed), readRows(values.valid), {
    seed,
    version: MODEL_VERSION,
    onProgress: (line) => console.log(line),
  });
  const bytes = encodeModel(model);
  writeFileSync(values.out, bytes);
  console.log(`wrote ${values.out}, ${(bytes.length / 1e6).toFixed(2)} MB`);
  return 0;
}

// Raised with every model that is shipped.
const MODEL_VERSION = '1.0.0';
