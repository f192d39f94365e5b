import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { MODEL_LABELS, type ModelLabel } from '../model/labels.js';

/** One line of a labelled file. A missing label is unknown, not 0. */
export interface Row {
  readonly text: string;
  readonly labels: Partial<Record<ModelLabel, number>>;
  /** Toxic parts of the text; `[start, end)` in code points. */
  readonly spans?: readonly (readonly [number, number])[];
  readonly source: string;
  readonly domain: string;
  /** ISO 639-1; absent in files of one language. */
  readonly lang?: string;
  /** Of an argument: how convincing people found it, from 0 to 1, and what it is about. */
  readonly argumentQuality?: number;
  readonly topic?: string;
  /** For functional tests: the function that the sentence tests, and whether it is hateful. */
  readonly functionality?: string;
  readonly label?: FunctionLabel;
}

const FUNCTION_LABELS = ['hateful', 'non-hateful'] as const;
type FunctionLabel = (typeof FUNCTION_LABELS)[number];

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const NO_ROW = 'is no JSON object with a "text"';
const isDegree = (value: unknown): value is number => typeof value === 'number' && value >= 0 && value <= 1;
const textOr = (value: unknown, other: string): string => (typeof value === 'string' ? value : other);

/** @returns an error message if the line is not a valid row */
function toRow(line: string): Row | string {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return NO_ROW;
  }
  if (!isRecord(value) || typeof value['text'] !== 'string') return NO_ROW;
  const { functionality, labels } = value;
  const argumentQuality = isRecord(labels) ? labels['argumentQuality'] : undefined;
  const label = FUNCTION_LABELS.find((each) => each === value['label']);
  const hasLabel = value['label'] !== undefined && value['label'] !== null;
  // Any other value would silently count as harmless.
  if (typeof functionality === 'string' && hasLabel && !label)
    return `has a "label" that is neither ${FUNCTION_LABELS.join(' nor ')}`;
  return {
    text: value['text'],
    labels: labelsOf(labels),
    ...(isSpans(value['spans']) ? { spans: value['spans'] } : {}),
    source: textOr(value['source'], 'unknown'),
    domain: textOr(value['domain'], 'unknown'),
    ...(typeof value['lang'] === 'string' ? { lang: value['lang'] } : {}),
    ...(isDegree(argumentQuality) ? { argumentQuality } : {}),
    ...(typeof value['topic'] === 'string' ? { topic: value['topic'] } : {}),
    ...(typeof functionality === 'string' ? { functionality } : {}),
    ...(label ? { label } : {}),
  };
}

function labelsOf(given: unknown): Row['labels'] {
  const labels: Partial<Record<ModelLabel, number>> = {};
  if (!isRecord(given)) return labels;
  for (const label of MODEL_LABELS) {
    const degree = typeof given[label] === 'boolean' ? Number(given[label]) : given[label];
    if (isDegree(degree)) labels[label] = degree;
  }
  return labels;
}

const isSpans = (value: unknown): value is [number, number][] =>
  Array.isArray(value) &&
  value.every((span) => Array.isArray(span) && span.length === 2 && span.every(Number.isInteger));

/**
 * Reads a labelled file, JSONL, gzipped or not.
 *
 * @throws {Error} that names the file if it cannot be read, is not a valid gzip file, has no lines, or has an invalid
 *   line (the first one is named)
 */
export function readRows(path: string): Row[] {
  const rows: Row[] = [];
  textIn(path)
    .split('\n')
    .forEach((line, index) => {
      if (line.trim() === '') return;
      const row = toRow(line);
      if (typeof row === 'string') throw new Error(`${path}: line ${index + 1} ${row}`);
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
  // The two magic bytes of a gzip file (RFC 1952, 2.3.1).
  const isPacked = path.endsWith('.gz') || (bytes[0] === 0x1f && bytes[1] === 0x8b);
  try {
    return stripBom((isPacked ? gunzipSync(bytes) : bytes).toString('utf8'));
  } catch (error) {
    throw new Error(`${path} is no gzip file, or was cut off`, { cause: error });
  }
}

/** Some editors start a file with a byte order mark. */
const stripBom = (text: string): string => (text.startsWith('\ufeff') ? text.slice(1) : text);
