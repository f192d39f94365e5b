import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { mergeScores, toValue, uniteSpans, type Span } from './scores.js';

const aSpan = fc.tuple(fc.nat(60), fc.nat(60)).map(([start, length]): Span => [start, start + length]);

describe('merging scores', () => {
  it('takes the largest value and merges the spans', () => {
    expect(
      mergeScores(
        { insult: { value: 0.4, spans: [[0, 3]] }, threat: { value: 0, spans: [] } },
        {
          insult: {
            value: 0.7,
            spans: [
              [2, 5],
              [8, 9],
            ],
          },
        },
      ),
    ).toEqual({
      insult: {
        value: 0.7,
        spans: [
          [0, 5],
          [8, 9],
        ],
      },
      threat: { value: 0, spans: [] },
    });
  });

  it('leaves out a label that no input has', () => {
    expect(mergeScores({}, {})).toEqual({});
  });

  it('merges spans into a sorted list without overlap that covers the same text', () => {
    const offsetsOf = (spans: readonly Span[]) =>
      new Set(spans.flatMap(([start, end]) => Array.from({ length: end - start }, (_, i) => start + i)));
    fc.assert(
      fc.property(fc.array(aSpan), (spans) => {
        const united = uniteSpans(spans);
        expect(offsetsOf(united)).toEqual(offsetsOf(spans));
        united.forEach(([start, end], i) => {
          expect(end).toBeGreaterThan(start);
          if (i > 0) expect(start).toBeGreaterThan(united[i - 1][1]);
        });
      }),
    );
  });

  it.each([
    [-1, 0],
    [Number.NaN, 0],
    [2, 1],
    [0.123456, 0.1235],
  ])('turns %d into the value %d', (raw, value) => {
    expect(toValue(raw)).toBe(value);
  });
});
