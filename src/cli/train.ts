import { accessSync, constants, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';
import { AbuseHead } from '../features/scoring/encoder/abuse-head.js';
import { IntentHead } from '../features/scoring/encoder/intent-head.js';
import { SentenceEncoder } from '../features/scoring/encoder/sentence-encoder.js';
import { encodeModel } from '../features/scoring/model/model-file.js';
import { scoreByModel } from '../features/scoring/model/shipped-model.js';
import type { ScoreMap } from '../features/scoring/scores.js';
import { measureLeftOut } from '../features/scoring/training/leave-out.js';
import { readRows, type Row } from '../features/scoring/training/dataset.js';
import { QualityHead } from '../features/scoring/quality/quality-head.js';
import { trainQualityHead } from '../features/scoring/training/train-quality-head.js';
import { trainAbuseHead } from '../features/scoring/training/train-abuse-head.js';
import {
  generateSyntheticSentences,
  type SyntheticSentence,
} from '../features/scoring/training/synthetic-sentences.js';
import { usableRows } from '../features/scoring/training/usable-rows.js';
import { trainIntentHead, type WrittenSentence } from '../features/scoring/training/train-intent-head.js';
import { trainModel } from '../features/scoring/training/train-model.js';

const HELP = `npm run train -- --train FILE [--train FILE] --valid FILE [--valid FILE] --out MODEL [--encoder-head | --quality-head | --intent-head SENTENCES] [--seed N]
npm run train -- --train FILE [--train FILE] --valid FILE --leave-out SOURCE[,SOURCE] [--leave-out …] [--seed N]

Trains the n-gram model or, with --encoder-head, the layer on the sentence encoder that is combined with the shipped
n-gram model. The files are JSONL, gzipped or not, with one {"text", "labels", "source", "domain"} per line.
The validation file is used to calibrate and to measure, never for training. The same files and seed produce the
same weights.

With --quality-head, it trains the layer that scores how well a comment argues, from lines with a "topic" and the label
"argumentQuality". The topics of the validation file should be others.

With --intent-head, it trains the layer that recognises what a text means in whatever words, from a file of sentences
(src/features/scoring/training/intent-sentences.jsonl) and the harmless comments of the other files.

With --leave-out, both models are trained without the lines of these sources, once per option, and measured on them;
nothing is written. Allow an hour or more per option on a busy machine.`;

// Increase it with every shipped model.
const MODEL_VERSION = '1.6.0';

/** @returns the exit status */
export async function run(args: readonly string[]): Promise<number> {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...args],
    options: {
      train: { ...text, multiple: true },
      valid: { ...text, multiple: true },
      out: text,
      seed: text,
      'encoder-head': { type: 'boolean' },
      'quality-head': { type: 'boolean' },
      'intent-head': text,
      'leave-out': { ...text, multiple: true },
      help: { type: 'boolean' },
    },
  });
  const leaveOut = values['leave-out'] ?? [];
  if (values.help || !values.train || !values.valid || (!values.out && leaveOut.length === 0)) {
    console.error(HELP);
    return values.help ? 0 : 2;
  }
  const seed = Number(values.seed ?? 1);
  if (!Number.isSafeInteger(seed)) {
    console.error(`--seed must be a whole number, not ${values.seed}`);
    return 2;
  }
  if (leaveOut.length > 0) {
    await printLeftOut(
      leaveOut.map((sources) => sources.split(',')),
      values.train.flatMap(readRows),
      values.valid.flatMap(readRows),
      seed,
    );
    return 0;
  }
  const onProgress = (line: string): void => console.log(line);
  // Fail now rather than after minutes of training.
  accessSync(dirname(values.out!), constants.W_OK);
  const write = (bytes: Uint8Array): number => {
    writeFileSync(values.out!, bytes);
    console.log(`wrote ${values.out}, ${(bytes.length / 1e6).toFixed(2)} MB`);
    return 0;
  };
  const valid = values.valid.flatMap(readRows);
  if (values['quality-head']) {
    const encoder = await SentenceEncoder.load();
    const options = { seed, embed: (text: string): Float32Array => encoder.embed(text), onProgress };
    return write(QualityHead.encode(trainQualityHead(values.train.flatMap(readRows), valid, options)));
  }
  const rows = usableRows(values.train.flatMap(readRows));
  if (values['intent-head'] !== undefined) {
    const encoder = await SentenceEncoder.load();
    const options = { seed, embed: (text: string): Float32Array => encoder.embed(text), onProgress };
    const sentences = readWrittenSentences(values['intent-head']);
    return write(IntentHead.encode(trainIntentHead(sentences, rows, usableRows(valid), options)));
  }
  if (rows.every(({ labels }) => Object.keys(labels).length === 0))
    throw new Error(
      `${values.train.join(', ')} has no labels between 0 and 1, so there is nothing to learn from`,
    );
  const synthetic = generateSyntheticSentences(seed);
  const bytes = values['encoder-head']
    ? await encodeTrainedHead(rows, synthetic, usableRows(valid), seed, onProgress)
    : encodeModel(trainModel(rows, synthetic, valid, { seed, version: MODEL_VERSION, onProgress }));
  return write(bytes);
}

async function printLeftOut(
  leaveOut: readonly (readonly string[])[],
  rows: readonly Row[],
  valid: readonly Row[],
  seed: number,
): Promise<void> {
  const encoder = await SentenceEncoder.load();
  // Encoding takes most of the time, and every round encodes mostly the same texts.
  const embeddings = new Map<string, Float32Array>();
  const embed = (text: string): Float32Array => {
    const embedding = embeddings.get(text) ?? encoder.embed(text);
    embeddings.set(text, embedding);
    return embedding;
  };
  const synthetic = generateSyntheticSentences(seed);
  const onProgress = (line: string): void => console.error(line);
  console.log(
    '| source | label | comments | positive | n-gram model | both models |\n| --- | --- | --- | --- | --- | --- |',
  );
  for (const sources of leaveOut)
    for (const result of measureLeftOut(sources, rows, synthetic, valid, { seed, embed, onProgress })) {
      const { source, label, ngrams, combined, positives } = result;
      console.log(
        `| ${source} | \`${label}\` | ${result.rows} | ${positives} | ${ngrams.toFixed(3)} | ${combined.toFixed(3)} |`,
      );
    }
}

async function encodeTrainedHead(
  rows: readonly Row[],
  synthetic: readonly SyntheticSentence[],
  valid: readonly Row[],
  seed: number,
  onProgress: (line: string) => void,
): Promise<Uint8Array> {
  const encoder = await SentenceEncoder.load();
  const embed = (text: string): Float32Array => encoder.embed(text);
  const scoreByNgrams = (text: string): ScoreMap => scoreByModel(text);
  return AbuseHead.encode(trainAbuseHead(rows, synthetic, valid, { seed, embed, scoreByNgrams, onProgress }));
}

const readWrittenSentences = (file: string): WrittenSentence[] =>
  readFileSync(file, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as WrittenSentence);
