import type { Label, QualityLabel } from '../sites/labels.js';

export { LABELS, QUALITY_LABELS, type Label, type QualityLabel } from '../sites/labels.js';

/** `[start, end)` in UTF-16 units of the revision's stored body. */
export type Span = readonly [start: number, end: number];

export interface Score {
  /** Probability or degree, 0 to 1. */
  readonly value: number;
  /** The parts that caused the score: ordered and not adjacent; empty if no particular part did. */
  readonly spans: readonly Span[];
}

/** An absent label was not scored, which is different from a score of 0. */
export type ScoreMap = Partial<Record<Label, Score>>;

/** An absent label was not scored. These scores never decide about a comment. */
export type QualityScores = Partial<Record<QualityLabel, Score>>;

export const NO_SCORE: Score = { value: 0, spans: [] };

/** Converts a number to a score value: clamped to 0 to 1, four decimals; NaN becomes 0. */
export function toValue(raw: number): number {
  return raw > 0 ? Math.round(Math.min(1, raw) * 10_000) / 10_000 : 0;
}

// Scores have four decimals, so values closer to 0 or 1 are rounding.
const MIN_PROBABILITY = 0.0001;

export const sigmoid = (x: number): number => 1 / (1 + Math.exp(-x));
/** The inverse of `sigmoid` for a score value, about -9.2 to 9.2. */
export function logit(value: number): number {
  const p = Math.min(1 - MIN_PROBABILITY, Math.max(MIN_PROBABILITY, value));
  return Math.log(p / (1 - p));
}

/** Orders spans and merges those that touch or overlap; empty and backward spans are dropped. */
export function uniteSpans(spans: readonly Span[]): Span[] {
  const united: [number, number][] = [];
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0] || a[1] - b[1])) {
    if (end <= start) continue;
    const last = united.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else united.push([start, end]);
  }
  return united;
}

/**
 * The largest value per label, with the spans of all maps; a label in none of the maps stays absent.
 */
export function mergeScores(...maps: readonly ScoreMap[]): ScoreMap {
  const merged: ScoreMap = {};
  for (const map of maps) {
    for (const [label, score] of Object.entries(map) as [Label, Score][]) {
      const previous = merged[label];
      merged[label] = {
        value: Math.max(previous?.value ?? 0, score.value),
        spans: uniteSpans([...(previous?.spans ?? []), ...score.spans]),
      };
    }
  }
  return merged;
}
