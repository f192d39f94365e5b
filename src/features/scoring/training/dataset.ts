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

/** @throws {Error} with the line's number, when it is no JSON object with a `text` */
function toRow(line: string, number: number): Row {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    value = null;
  }
  if (!isRecord(value) || typeof value['text'] !== 'string')
    throw new Error(`line ${number} is no JSON object with a text`);
  const given = isRecord(value['labels']) ? value['labels'] : {};
  const labels: Partial<Record<ModelLabel, number>> = {};
  for (const label of MODEL_LABELS) {
    const degree = given[label];
    if (typeof degree === 'number' && degree >= 0 && degree <= 1) labels[label] = degree;
  }
  return {
    text: value['text'],
    labels,
    ...(Array.isArray(value['spans']) ? { spans: value['spans'] as [number, number][] } : {}),
    source: textOr(value['source'], 'unknown'),
    domain: textOr(value['domain'], 'unknown'),
    ...(typeof value['functionality'] === 'string' ? { functionality: value['functionality'] } : {}),
    ...(typeof value['label'] === 'string' ? { label: value['label'] } : {}),
  };
}

/**
 * Reads a labelled file, JSONL, gzipped where its name ends in `.gz`.
 *
 * @throws {Error} for a file that is not there, and for its first bad line
 */
export function readRows(path: string): Row[] {
  const bytes = readFileSync(path);
  const text = (path.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
  const rows: Row[] = [];
  text.split('\n').forEach((line, index) => {
    if (line.trim() !== '') rows.push(toRow(line, index + 1));
  });
  return rows;
}
