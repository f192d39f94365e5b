import { readFileSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { LABELS, type Label } from '../scores.js';

/** The contents of the folder that the worker needs. */
export interface ModelFolder {
  readonly modelFile: string;
  readonly tokenizer: object;
  readonly tokenizerConfig: object;
  /** Longer texts are cut off here. */
  readonly maxTokens: number;
  /** Our label for each output of the model, in order; null for an output that is not used. */
  readonly outputs: readonly (Label | null)[];
  readonly use: 'instead' | 'beside';
  readonly output: 'sigmoid' | 'softmax';
}

/** The file in the folder that maps the model's labels to ours. */
export const LABELS_FILE = 'postbag.json';
// Paths that Transformers.js and Optimum use; the small model first.
const MODEL_FILES = ['onnx/model_quantized.onnx', 'onnx/model.onnx', 'model_quantized.onnx', 'model.onnx'];
const MAX_TOKENS = 512;
const isLanguage = (value: unknown): value is string => typeof value === 'string' && /^[a-z]{2}$/.test(value);

type Json = Record<string, unknown>;

async function readJson(folder: string, file: string): Promise<Json> {
  const text = await readFile(join(folder, file), 'utf8').catch(() => {
    throw new Error(`${file} is missing or cannot be read`);
  });
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) return parsed as Json;
  } catch {
    // The error is reported below.
  }
  throw new Error(`${file} is not a JSON object`);
}

async function firstExisting(folder: string, files: readonly string[]): Promise<string> {
  for (const file of files) {
    const found = await stat(join(folder, file)).catch(() => null);
    if (found?.isFile()) return join(folder, file);
  }
  throw new Error(`none of ${files.join(', ')} was found`);
}

const oneOf = <T extends string>(value: unknown, values: readonly T[], what: string): T => {
  const found = values.find((each) => each === value);
  if (found === undefined) throw new Error(`${LABELS_FILE}: ${what} must be one of ${values.join(', ')}`);
  return found;
};

function languagesIn(labelConfig: Json): readonly string[] {
  const languages = labelConfig['languages'] ?? [];
  if (!Array.isArray(languages) || languages.length > 200 || !languages.every(isLanguage))
    throw new Error(`${LABELS_FILE}: languages must be a list of two-letter codes, such as "de"`);
  return languages;
}

/** @throws {Error} that says which file is invalid and why */
export async function readModelFolder(folder: string): Promise<ModelFolder> {
  const labelConfig = await readJson(folder, LABELS_FILE);
  const config = await readJson(folder, 'config.json');
  const names = config['id2label'];
  if (typeof names !== 'object' || names === null) throw new Error('config.json: id2label is missing');
  const labelMap = labelConfig['labels'];
  if (typeof labelMap !== 'object' || labelMap === null) throw new Error(`${LABELS_FILE}: labels is missing`);
  const modelLabels = Object.entries(names as Record<string, unknown>);
  const unknown = Object.keys(labelMap).filter((name) => !modelLabels.some(([, value]) => value === name));
  if (unknown.length > 0) throw new Error(`${LABELS_FILE}: the model has no label ${unknown.join(', ')}`);
  const outputs: (Label | null)[] = modelLabels.map(() => null);
  for (const [index, name] of modelLabels) {
    const mapped = (labelMap as Record<string, unknown>)[String(name)];
    if (mapped !== undefined && mapped !== null)
      outputs[Number(index)] = oneOf(mapped, LABELS, `the label of ${String(name)}`);
  }
  if (outputs.every((label) => !label))
    throw new Error(`${LABELS_FILE}: map at least one label of the model`);
  const maxTokens = labelConfig['maxTokens'] ?? MAX_TOKENS;
  if (!Number.isInteger(maxTokens) || (maxTokens as number) < 8 || (maxTokens as number) > 8192)
    throw new Error(`${LABELS_FILE}: maxTokens must be a whole number from 8 to 8192`);
  languagesIn(labelConfig);
  return {
    modelFile: await firstExisting(folder, MODEL_FILES),
    tokenizer: await readJson(folder, 'tokenizer.json'),
    tokenizerConfig: await readJson(folder, 'tokenizer_config.json').catch(() => ({})),
    maxTokens: maxTokens as number,
    outputs,
    use: oneOf(labelConfig['use'] ?? 'instead', ['instead', 'beside'], 'use'),
    output: oneOf(labelConfig['output'] ?? 'sigmoid', ['sigmoid', 'softmax'], 'output'),
  };
}

/**
 * Returns the languages (ISO 639-1) besides English that the folder declares. Synchronous because they must be known
 * before the model has loaded: until then a text in one of them gets the response "try again" and not "not
 * supported".
 *
 * @returns an empty list if the folder cannot be used; `readModelFolder` reports why
 */
export function readModelLanguages(folder: string): readonly string[] {
  try {
    return languagesIn(JSON.parse(readFileSync(join(folder, LABELS_FILE), 'utf8')) as Json);
  } catch {
    return [];
  }
}
