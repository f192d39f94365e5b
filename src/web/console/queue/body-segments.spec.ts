import type { Score } from '../api-types.js';
import { labelsWithSpans, segmentBody } from './body-segments.js';

const score = (value: number, ...spans: Score['spans']): Score => ({ value, spans });

describe('segmentBody', () => {
  it('joins to the whole body whatever the spans', () => {
    const body = 'You 🙂 complete moron, you';
    const segments = segmentBody(body, {
      insult: score(0.8, [7, 21], [16, 21]),
      toxicity: score(0.7, [0, 3], [10, 26]),
    });
    expect(segments.map(({ text }) => text).join('')).toBe(body);
  });

  it('names the surest label of a run first', () => {
    const [, both] = segmentBody('ab cd', { insult: score(0.6, [3, 5]), toxicity: score(0.9, [3, 5]) });
    expect(both?.labels).toEqual(['toxicity', 'insult']);
  });

  it('ignores spans outside of the body and inside out', () => {
    const segments = segmentBody('abc', { spam: score(0.9, [2, 9], [3, 1], [-1, 2]) });
    expect(segments).toEqual([{ start: 0, end: 3, text: 'abc', labels: [], veiled: false }]);
  });

  it('veils words of a severe profanity or identity attack, and of nothing else', () => {
    const veiled = (label: string, value: number) =>
      segmentBody('word', { [label]: score(value, [0, 4]) })[0]?.veiled;
    expect(veiled('profanity', 0.85)).toBe(true);
    expect(veiled('identityAttack', 0.8)).toBe(true);
    expect(veiled('profanity', 0.4)).toBe(false);
    expect(veiled('insult', 0.99)).toBe(false);
  });

  it('veils what the server calls a slur, also where a text is shown as its beginning alone', () => {
    const cut = segmentBody('a slur here', {}, null, [
      [2, 6],
      [9, 20],
      [30, 40],
    ]);
    expect(cut.filter(({ veiled }) => veiled).map(({ text }) => text)).toEqual(['slur', 're']);
    expect(cut.map(({ text }) => text).join('')).toBe('a slur here');
  });

  it('keeps words veiled when another label is shown alone', () => {
    const [run] = segmentBody('word', { profanity: score(0.9, [0, 4]), spam: score(0.2, [0, 4]) }, 'spam');
    expect(run).toMatchObject({ labels: ['spam'], veiled: true });
  });

  it('has nothing to cut in an empty body', () => {
    expect(segmentBody('', {})).toEqual([]);
  });
});

describe('labelsWithSpans', () => {
  it('lists labels that point at words, the highest score first', () => {
    const scores = { spam: score(0.2, [0, 1]), insult: score(0.9, [0, 1]), threat: score(0.95) };
    expect(labelsWithSpans(scores)).toEqual(['insult', 'spam']);
  });
});
