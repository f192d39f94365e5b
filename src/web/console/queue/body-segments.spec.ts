import type { Score } from '../api-types.js';
import { labelsWithSpans, segmentBody } from './body-segments.js';

const score = (value: number, ...spans: Score['spans']): Score => ({ value, spans });

describe('segmentBody', () => {
  it('returns segments that join to the whole body, whatever the spans', () => {
    const body = 'You 🙂 complete moron, you';
    const segments = segmentBody(body, {
      insult: score(0.8, [7, 21], [16, 21]),
      toxicity: score(0.7, [0, 3], [10, 26]),
    });
    expect(segments.map(({ text }) => text).join('')).toBe(body);
  });

  it('lists the label with the highest score of a segment first', () => {
    const [, both] = segmentBody('ab cd', { insult: score(0.6, [3, 5]), toxicity: score(0.9, [3, 5]) });
    expect(both?.labels).toEqual(['toxicity', 'insult']);
  });

  it('ignores spans that lie outside the body or end before they start', () => {
    const segments = segmentBody('abc', { spam: score(0.9, [2, 9], [3, 1], [-1, 2]) });
    expect(segments).toEqual([{ start: 0, end: 3, text: 'abc', labels: [], isBlurred: false }]);
  });

  it('blurs only the words of severe profanity or an identity attack', () => {
    const blurredText = (label: string, value: number) =>
      segmentBody('word', { [label]: score(value, [0, 4]) })[0]?.isBlurred;
    expect(blurredText('profanity', 0.85)).toBe(true);
    expect(blurredText('identityAttack', 0.8)).toBe(true);
    expect(blurredText('profanity', 0.4)).toBe(false);
    expect(blurredText('insult', 0.99)).toBe(false);
  });

  it('blurs what the server calls a slur, also in an excerpt', () => {
    const parts = segmentBody('a slur here', {}, null, [
      [2, 6],
      [9, 20],
      [30, 40],
    ]);
    expect(parts.filter(({ isBlurred }) => isBlurred).map(({ text }) => text)).toEqual(['slur', 're']);
    expect(parts.map(({ text }) => text).join('')).toBe('a slur here');
  });

  it('keeps words blurred when only another label is shown', () => {
    const [run] = segmentBody('word', { profanity: score(0.9, [0, 4]), spam: score(0.2, [0, 4]) }, 'spam');
    expect(run).toMatchObject({ labels: ['spam'], isBlurred: true });
  });

  it('returns no segments for an empty body', () => {
    expect(segmentBody('', {})).toEqual([]);
  });
});

describe('labelsWithSpans', () => {
  it('lists the labels that point at words, with the highest score first', () => {
    const scores = { spam: score(0.2, [0, 1]), insult: score(0.9, [0, 1]), threat: score(0.95) };
    expect(labelsWithSpans(scores)).toEqual(['insult', 'spam']);
  });
});
