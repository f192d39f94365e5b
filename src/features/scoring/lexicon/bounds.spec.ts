import { describe, expect, it } from '@jest/globals';
import { readText } from './reading.js';

const TEXT_CHARS = 20_000;
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

// Bounds the size of the result instead of the time, because timings depend on the machine’s load.
describe('20,000 UTF-16 units of hostile text', () => {
  it.each(HOSTILE)('made of %j is read as a bounded number of tokens', (piece) => {
    const text = piece.repeat(TEXT_CHARS / piece.length);
    const { tokens, compounds, spelled } = readText(text);
    expect(tokens.length).toBeLessThanOrEqual(text.length / 2 + 1);
    // A token belongs to at most two compounds within its chunk, and to one with the next word.
    expect(compounds.length).toBeLessThanOrEqual(3 * tokens.length);
    expect(Math.max(0, ...compounds.map(({ forms }) => forms.length))).toBeLessThanOrEqual(8);
    const letters = spelled.reduce((sum, run) => sum + run.letters.length, 0);
    expect(letters).toBeLessThanOrEqual(tokens.length);
  });
});
