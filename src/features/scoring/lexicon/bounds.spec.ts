import { describe, expect, it } from '@jest/globals';
import { nationPhrases, phrases, spamPhrases } from './lexicon.js';
import { PhraseMatcher } from './phrase-matcher.js';
import { readText } from './reading.js';
import { resolveWords } from './resolve.js';

const BYTES = 20_000;
const HOSTILE = [
  'a',
  'a ',
  'f*',
  'f***k ',
  'kill ',
  'go back to your ',
  'i will ',
  'women are all just nothing but the ',
  'buy cheap ',
  'a1!',
  '.',
  "a'",
  'f u c k ',
  'a--b ',
  'hope that you ',
  'earn a b c ',
  'ж',
  '🖕',
];

// Work is counted, not timed: a machine under load proves nothing.
describe('20 kB of anything', () => {
  it.each(HOSTILE)('of %j is read in few pieces', (piece) => {
    const text = piece.repeat(BYTES / piece.length);
    const { tokens, compounds, spelled } = readText(text);
    expect(tokens.length).toBeLessThanOrEqual(text.length / 2 + 1);
    // Two kinds within a chunk and one between two words.
    expect(compounds.length).toBeLessThanOrEqual(3 * tokens.length);
    expect(Math.max(0, ...compounds.map(({ forms }) => forms.length))).toBeLessThanOrEqual(8);
    const letters = spelled.reduce((sum, run) => sum + run.letters.length, 0);
    expect(letters).toBeLessThanOrEqual(tokens.length);
  });

  it.each(HOSTILE)('of %j takes steps in proportion to its words', (piece) => {
    const [some, many] = [BYTES / 10, BYTES].map((bytes) =>
      resolveWords(readText(piece.repeat(bytes / piece.length))),
    );
    for (const matcher of [phrases, nationPhrases, spamPhrases] as PhraseMatcher<unknown>[]) {
      const stepsPerWord = (words: typeof some): number => {
        matcher.match(words);
        return matcher.steps / Math.max(1, words.length);
      };
      const few = stepsPerWord(some);
      const all = stepsPerWord(many);
      expect(all).toBeLessThanOrEqual(few * 1.2 + 1);
      expect(all).toBeLessThan(1500);
    }
  });
});

describe('a phrase matcher', () => {
  const sentence = (text: string) =>
    text.split(' ').map((word) => ({ text: word.replace('.', ''), sentence: 0 }));
  const matches = (pattern: string, text: string): [number, number][] =>
    new PhraseMatcher([[1, pattern]], { be: ['is', 'are'] })
      .match(sentence(text))
      .map(({ from, to }) => [from, to]);

  it.each<[string, string, [number, number][]]>([
    [
      'a b',
      'x a b a b',
      [
        [1, 3],
        [3, 5],
      ],
    ],
    ['a|c b', 'c b', [[0, 2]]],
    ['a x? b', 'a b', [[0, 2]]],
    [
      'x? a b',
      'x a b',
      [
        [0, 3],
        [1, 3],
      ],
    ],
    ['a ..2 b', 'a x x b', [[0, 4]]],
    ['a ..1 b', 'a x x b', []],
    ['a @be b', 'a are b', [[0, 3]]],
    ['^ a', 'x a', []],
    ['a $', 'a a', [[1, 2]]],
  ])('finds %s in %s', (pattern, text, expected) => {
    expect(matches(pattern, text)).toEqual(expected);
  });

  it('does not look beyond a sentence', () => {
    const words = [
      { text: 'a', sentence: 0 },
      { text: 'b', sentence: 1 },
    ];
    expect(
      new PhraseMatcher(
        [
          [1, 'a b'],
          [2, 'a ..1 b'],
        ],
        {},
      ).match(words),
    ).toEqual([]);
    expect(
      new PhraseMatcher(
        [
          [1, 'a $'],
          [2, '^ b'],
        ],
        {},
      ).match(words),
    ).toHaveLength(2);
  });

  it.each(['..1 a', '$', '@no a'])('refuses the pattern %s', (pattern) => {
    expect(() => matches(pattern, 'a')).toThrow();
  });
});
