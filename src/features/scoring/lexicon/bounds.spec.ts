import { describe, expect, it } from '@jest/globals';
import { readText } from './reading.js';

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

// Counts operations instead of time, because timings under load prove nothing.
describe('20 kB of hostile text', () => {
  it.each(HOSTILE)('made of %j is read as a bounded number of tokens', (piece) => {
    const text = piece.repeat(BYTES / piece.length);
    const { tokens, compounds, spelled } = readText(text);
    expect(tokens.length).toBeLessThanOrEqual(text.length / 2 + 1);
    // Two kinds within a chunk and one between two words.
    expect(compounds.length).toBeLessThanOrEqual(3 * tokens.length);
    expect(Math.max(0, ...compounds.map(({ forms }) => forms.length))).toBeLessThanOrEqual(8);
    const letters = spelled.reduce((sum, run) => sum + run.letters.length, 0);
    expect(letters).toBeLessThanOrEqual(tokens.length);
  });
});
