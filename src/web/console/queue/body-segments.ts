import type { Score } from '../api-types.js';

/** A run of the body with the same set of labels. Offsets are UTF-16 units, end exclusive. */
export interface Segment {
  start: number;
  end: number;
  text: string;
  /** Labels whose spans cover this run, the highest score first; empty for plain text. */
  labels: string[];
  /** Hidden until revealed: reported by the server, or covered by a high score of one of `BLURRED_LABELS`. */
  isBlurred: boolean;
}

const BLURRED_LABELS = ['profanity', 'identityAttack', 'bannedWords'];

// High, so that only near-certain matches are hidden.
const MIN_BLURRED_SCORE = 0.8;

/**
 * Splits a body at the edges of its spans.
 *
 * @param only if given, spans of other labels are not tinted (they are still blurred)
 * @param hidden words that the server reports as slurs regardless of the scores, [start, end)
 * @returns runs in order that join to the whole body; spans that are out of range or reversed are ignored
 */
export function segmentBody(
  body: string,
  scores: Record<string, Score>,
  only: string | null = null,
  hidden: readonly (readonly [number, number])[] = [],
): Segment[] {
  const spans = Object.entries(scores)
    .flatMap(([label, score]) =>
      score.spans.map(([start, end]) => ({ label, start, end, value: score.value })),
    )
    .filter(({ start, end }) => start >= 0 && end <= body.length && start < end);
  const hiddenRanges = hidden
    // In an excerpt, the last hidden word may be cut off.
    .map(([start, end]) => ({ start, end: Math.min(end, body.length) }))
    .filter(({ start, end }) => start >= 0 && start < end);
  const edges = [
    ...new Set([0, body.length, ...[...spans, ...hiddenRanges].flatMap(({ start, end }) => [start, end])]),
  ].sort((a, b) => a - b);
  const segments: Segment[] = [];
  for (let i = 0; i + 1 < edges.length; i++) {
    const start = edges[i]!;
    const end = edges[i + 1]!;
    const coveringSpans = spans
      .filter((span) => span.start <= start && span.end >= end)
      .sort((a, b) => b.value - a.value);
    const labels = [...new Set(coveringSpans.map((span) => span.label))];
    segments.push({
      start,
      end,
      text: body.slice(start, end),
      labels: only ? labels.filter((label) => label === only) : labels,
      isBlurred:
        hiddenRanges.some((range) => range.start <= start && range.end >= end) ||
        coveringSpans.some((span) => BLURRED_LABELS.includes(span.label) && span.value >= MIN_BLURRED_SCORE),
    });
  }
  return segments;
}

/** Labels that have spans in this body, the highest score first. */
export function labelsWithSpans(scores: Record<string, Score>): string[] {
  return Object.entries(scores)
    .filter(([, score]) => score.spans.length > 0)
    .sort(([, a], [, b]) => b.value - a.value)
    .map(([label]) => label);
}
