import type { Row } from '../../features/scoring/training/dataset.js';
import { MODEL_LABELS, type ModelLabel } from '../../features/scoring/model/labels.js';
import { randomFrom, shuffle } from '../../features/scoring/training/random.js';
import { decide, type Action } from './decide.js';

/** What a policy does with labelled lines. A share is null if there are no such lines. */
export interface PolicyOutcome {
  readonly harmless: number;
  /** Share of the harmless lines. */
  readonly heldHarmless: number | null;
  /** A number, not a share. */
  readonly rejectedHarmless: number;
  readonly positive: number;
  /** Share of the positive lines that are held or rejected. */
  readonly caught: number | null;
}

export interface PolicyOutcomes {
  /** Lines that were decided, and those in the file. */
  readonly lines: number;
  readonly ofLines: number;
  readonly seed: number;
  /** By label: lines with a label of .5 or more, and lines with a lower one, which may be abusive in another way. */
  readonly labels: Partial<Record<ModelLabel, PolicyOutcome>>;
  /** All lines that are positive or harmless, see `isHarmless`. */
  readonly total: PolicyOutcome;
  readonly domains: Readonly<Record<string, PolicyOutcome>>;
  /** By ISO 639-1 code; empty if no line has a language. */
  readonly languages: Readonly<Record<string, PolicyOutcome>>;
}

interface DecidedRow {
  readonly row: Row;
  readonly action: Action;
}

/** @returns `count` rows, each equally likely, in the order of the file; all of them if there are no more */
export function drawRows(rows: readonly Row[], count: number, seed: number): Row[] {
  const order = Int32Array.from(rows.keys());
  shuffle(order, randomFrom(seed));
  return [...order.subarray(0, count).sort()].map((index) => rows[index]);
}

/** Decides the lines by the default policy. */
export async function policyOutcomes(
  rows: readonly Row[],
  { lines, seed, onProgress }: { lines: number; seed: number; onProgress?: (done: number) => void },
): Promise<PolicyOutcomes> {
  const decided: DecidedRow[] = [];
  for (const row of drawRows(rows, lines, seed)) {
    decided.push({ row, action: (await decide(row.text)).action });
    onProgress?.(decided.length);
  }
  return { ofLines: rows.length, seed, ...countOutcomes(decided) };
}

export function countOutcomes(decided: readonly DecidedRow[]): Omit<PolicyOutcomes, 'ofLines' | 'seed'> {
  const totalOf = (chosen: readonly DecidedRow[]): PolicyOutcome =>
    outcomeOf(
      chosen.filter(({ row }) => isHarmless(row)),
      chosen.filter(({ row }) => isPositive(row)),
    );
  const groupedBy = (key: (row: Row) => string | undefined): Record<string, PolicyOutcome> => {
    const names = new Set(decided.flatMap(({ row }) => key(row) ?? []));
    return Object.fromEntries(
      [...names].sort().map((name) => [name, totalOf(decided.filter(({ row }) => key(row) === name))]),
    );
  };
  const labels: Partial<Record<ModelLabel, PolicyOutcome>> = {};
  for (const label of MODEL_LABELS) {
    const labelled = decided.filter(({ row }) => row.labels[label] !== undefined);
    if (labelled.length === 0) continue;
    const hasLabel = ({ row }: DecidedRow): boolean => row.labels[label]! >= 0.5;
    labels[label] = outcomeOf(
      labelled.filter((each) => !hasLabel(each)),
      labelled.filter(hasLabel),
    );
  }
  return {
    lines: decided.length,
    labels,
    total: totalOf(decided),
    domains: groupedBy(({ domain }) => domain),
    languages: groupedBy(({ lang }) => lang),
  };
}

const isPositive = ({ labels }: Row): boolean => Object.values(labels).some((degree) => degree >= 0.5);

/** Only raters who were asked about toxicity or spam have said that a line is harmless. */
const isHarmless = (row: Row): boolean =>
  !isPositive(row) && (row.labels.toxicity !== undefined || row.labels.spam !== undefined);

function outcomeOf(harmless: readonly DecidedRow[], positive: readonly DecidedRow[]): PolicyOutcome {
  const count = (chosen: readonly DecidedRow[], ...actions: Action[]): number =>
    chosen.filter(({ action }) => actions.includes(action)).length;
  const share = (hits: number, all: number): number | null => (all === 0 ? null : hits / all);
  return {
    harmless: harmless.length,
    heldHarmless: share(count(harmless, 'hold'), harmless.length),
    rejectedHarmless: count(harmless, 'reject'),
    positive: positive.length,
    caught: share(count(positive, 'hold', 'reject'), positive.length),
  };
}
