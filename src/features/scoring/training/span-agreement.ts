import type { ScoreMap } from '../scores.js';
import type { Row } from './dataset.js';

export interface SpanAgreement {
  readonly rows: number;
  readonly f1: number;
}

/**
 * Agreement of the spans that explain toxicity with those that people marked: F1 by character, averaged over the
 * texts that have `spans`; two empty results agree (SemEval-2021, task 5).
 *
 * @returns null if no row has spans
 */
export function spanAgreement(
  explain: (text: string) => ScoreMap,
  rows: readonly Row[],
): SpanAgreement | null {
  let sum = 0;
  let count = 0;
  for (const { text, spans } of rows) {
    if (!spans) continue;
    const points = unitsByPoint(text);
    const gold = new Set<number>();
    for (const [start, end] of spans) for (let at = start; at < end; at++) gold.add(points[at]);
    const found = new Set<number>();
    for (const [start, end] of explain(text).toxicity!.spans)
      for (let at = start; at < end; at++) found.add(at);
    let overlap = 0;
    for (const at of found) if (gold.has(at)) overlap++;
    sum += gold.size + found.size === 0 ? 1 : (2 * overlap) / (gold.size + found.size);
    count++;
  }
  return count > 0 ? { rows: count, f1: sum / count } : null;
}

/** The UTF-16 offset of each code point. */
function unitsByPoint(text: string): number[] {
  const units: number[] = [];
  let at = 0;
  for (const char of text) {
    units.push(at);
    at += char.length;
  }
  return units;
}
