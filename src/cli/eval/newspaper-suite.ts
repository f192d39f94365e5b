import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { completePolicy, DEFAULT_POLICY } from '../../features/sites/policy.js';
import { decide, type ActionCounts } from './decide.js';

/* Runs the default policy on the newspaper suite: see test/quality/newspaper-suite/README.md. */

export type SuiteHalf = 'tuning' | 'held-out';

export interface SuiteLine {
  readonly function: string;
  readonly text: string;
  readonly expected: 'publish' | 'hold' | 'refuse';
}

/** A line in another language than English. */
export interface ForeignLine extends SuiteLine {
  readonly function: 'foreign-abuse' | 'foreign-ordinary';
  /** ISO 639-1. */
  readonly language: string;
}

export interface SuiteFunctionResult {
  readonly name: string;
  readonly expected: SuiteLine['expected'];
  readonly total: number;
  readonly counts: ActionCounts;
}

/** Decisions about abuse and about ordinary sentences in one language. */
export interface SuiteLanguageResult {
  /** ISO 639-1. */
  readonly language: string;
  readonly byDefault: Readonly<Record<ForeignLine['function'], ActionCounts>>;
  /** On a site whose only language is this one. */
  readonly onItsSite: Readonly<Record<ForeignLine['function'], ActionCounts>>;
}

const FOLDER = join(import.meta.dirname, '../../../test/quality/newspaper-suite');

const readLines = <Line>(name: string): Line[] =>
  readFileSync(join(FOLDER, `${name}.jsonl`), 'utf8')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as Line);

export const readNewspaperSuite = (half: SuiteHalf): SuiteLine[] => readLines(half);
export const readForeignSuite = (): ForeignLine[] => readLines('languages');

const noCounts = (): ActionCounts => ({ publish: 0, hold: 0, reject: 0 });

/** Counts decisions by language, in the order of `lines`. */
export async function decideForeignSuite(lines: readonly ForeignLine[]): Promise<SuiteLanguageResult[]> {
  const results = new Map<string, SuiteLanguageResult>();
  for (const { function: name, language, text } of lines) {
    const result = results.get(language) ?? {
      language,
      byDefault: { 'foreign-abuse': noCounts(), 'foreign-ordinary': noCounts() },
      onItsSite: { 'foreign-abuse': noCounts(), 'foreign-ordinary': noCounts() },
    };
    results.set(language, result);
    const sitePolicy = completePolicy({ moderation: { languages: [language] } });
    for (const [counts, policy] of [
      [result.byDefault, DEFAULT_POLICY],
      [result.onItsSite, sitePolicy],
    ] as const)
      counts[name][(await decide(text, policy)).action]++;
  }
  return [...results.values()];
}

/**
 * Counts decisions by function. Functions are ordered by the expected outcome, then as in `lines`. Lines of one function
 * must have the same expectation.
 */
export async function decideNewspaperSuite(lines: readonly SuiteLine[]): Promise<SuiteFunctionResult[]> {
  const results = new Map<string, { expected: SuiteLine['expected']; counts: ActionCounts }>();
  for (const { function: name, text, expected } of lines) {
    const result = results.get(name) ?? { expected, counts: noCounts() };
    results.set(name, result);
    result.counts[(await decide(text)).action]++;
  }
  const order: SuiteLine['expected'][] = ['publish', 'hold', 'refuse'];
  return [...results]
    .map(([name, { expected, counts }]) => ({
      name,
      expected,
      counts,
      total: counts.publish + counts.hold + counts.reject,
    }))
    .sort((a, b) => order.indexOf(a.expected) - order.indexOf(b.expected));
}
