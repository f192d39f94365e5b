import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { MODEL_LABELS, type ModelLabel } from '../model/labels.js';

/** One line of a labelled file. A label that is missing is unknown, not 0. */
export interface Row {
  readonly text: string;
  readonly labels: Partial<Record<ModelLabel, number>>;
  /** What in the text is toxic; `[start, end)` in code points. */
  readonly spans?: readonly (readonly [number, number])[];
  readonly source: string;
  readonly domain: string;
  /** Of functional tests: what the sentence tries, and whether it is hateful. */
  readonly functionality?: string;
  readonly label?: string;
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const textOr = (value: unknown, other: string): string => (typeof value === 'string' ? value : other);

/** @returns null where the line is no JSON object with a `text` */
function toRow(line: string): Row | null {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return null;
  }
  if (!isRecord(value) || typeof value['text'] !== 'string') return null;
  return {
    text: value['text'],
    labels: labelsOf(value['labels']),
    ...(isSpans(value['spans']) ? { spans: value['spans'] } : {}),
    source: textOr(value['source'], 'unknown'),
    domain: textOr(value['domain'], 'unknown'),
    ...(typeof value['functionality'] === 'string' ? { functionality: value['functionality'] } : {}),
    ...(typeof value['label'] === 'string' ? { label: value['label'] } : {}),
  };
}

function labelsOf(given: unknown): Row['labels'] {
  const labels: Partial<Record<ModelLabel, number>> = {};
  if (!isRecord(given)) return labels;
  for (const label of MODEL_LABELS) {
    const degree = given[label];
    if (typeof degree === 'number' && degree >= 0 && degree <= 1) labels[label] = degree;
  }
  return labels;
}

const isSpans = (value: unknown): value is [number, number][] =>
  Array.isArray(value) &&
  value.every((span) => Array.isArray(span) && span.length === 2 && span.every(Number.isInteger));

/**
 * Reads a labelled file, JSONL, gzipped where its name ends in `.gz`.
 *
 * @throws {Error} that names the file, when it cannot be read, is no gzip file, has no lines, or has a bad one (the first is
 * named)
 */
export function readRows(path: string): Row[] {
  const rows: Row[] = [];
  textIn(path)
    .split('\n')
    .forEach((line, index) => {
      if (line.trim() === '') return;
      const row = toRow(line);
      if (!row) throw new Error(`${path}: line ${index + 1} is no JSON object with a "text"`);
      rows.push(row);
    });
  if (rows.length === 0) throw new Error(`${path} has no lines`);
  return rows;
}

function textIn(path: string): string {
  let bytes: Buffer;
  try {
    bytes = readFileSync(path);
  } catch (error) {
    throw new Error(`${path} cannot be read: ${(error as NodeJS.ErrnoException).code}`, { cause: error });
  }
  if (!path.endsWith('.gz')) return bytes.toString('utf8');
  try {
    return gunzipSync(bytes).toString('utf8');
  } catch (error) {
    throw new Error(`${path} is no gzip file, or was cut off`, { cause: error });
  }
}
