import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { encodeLanguageModel } from '../features/scoring/language-models/language-model-file.js';
import { readRows } from '../features/scoring/training/dataset.js';
import { trainLanguageModel } from '../features/scoring/training/train-language-model.js';

const HELP = `npm run train:language -- --language CODE --train FILE --valid FILE --out MODEL [--words FILE] [--seed N]

Trains the model of a language other than English. The files are JSONL, gzipped or not, with one {"text", "labels",
"source", "domain", "lang"} per line; lines in other languages are ignored. --words names a JSON file with abusive words
by language. The validation file is used for measuring only. The same files and seed produce the same model.`;

// Increase it with every shipped model.
const VERSION = '1.0.0';

/** @returns the exit status */
export function run(args: readonly string[]): number {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      language: text,
      train: text,
      valid: text,
      out: text,
      words: text,
      seed: text,
      help: { type: 'boolean' },
    },
  });
  const { language, train, valid, out } = values;
  if (values.help || !language || !train || !valid || !out) {
    console.error(HELP);
    return values.help ? 0 : 2;
  }
  const seed = Number(values.seed ?? 1);
  if (!Number.isSafeInteger(seed)) {
    console.error(`--seed must be a whole number, not ${values.seed}`);
    return 2;
  }
  // Fail now rather than after minutes of training.
  accessSync(dirname(out), constants.W_OK);
  const inLanguage = (path: string) => readRows(path).filter(({ lang }) => lang === language);
  const words = values.words
    ? ((JSON.parse(readFileSync(values.words, 'utf8')) as Record<string, string[]>)[language] ?? [])
    : [];
  const model = trainLanguageModel(inLanguage(train), inLanguage(valid), {
    language,
    seed,
    version: VERSION,
    words,
  });
  const bytes = encodeLanguageModel(model);
  writeFileSync(out, bytes);
  const { rows, rocAuc } = model.header.training;
  console.log(`${rows} texts; ROC-AUC ${JSON.stringify(rocAuc)}`);
  console.log(`wrote ${out}, ${(bytes.length / 1e6).toFixed(2)} MB`);
  return 0;
}
