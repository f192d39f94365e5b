import { describe, expect, it, jest } from '@jest/globals';
import { StepBudget, TooManyStepsError } from './step-budget.js';
import { WordList } from './word-list.js';
import { WordPatterns } from './word-patterns.js';

/** The maximum number that a policy accepts. */
const WORDS = 5_000;
/** Allows a busy machine more time than the second that the budget permits. */
const MAX_TEST_MS = 6_000;

// Returns the same numbers on every run (Numerical Recipes' generator).
function numbers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor((state / 2 ** 32) * limit);
  };
}

const random = numbers(7);
const pick = (from: readonly string[]): string => from[random(from.length)];
const some = (count: number, from: readonly string[]): string[] =>
  Array.from({ length: count }, () => pick(from));
const words = (count: number, chars: number, from = ['a', 'b']): string =>
  Array.from({ length: count }, () => some(chars, from).join('')).join(' ');

const hostile: Readonly<Record<string, string[]>> = {
  'stars everywhere': Array.from({ length: WORDS }, () => `*${some(40, ['a', 'a', 'b']).join('*')}*`),
  'one phrase again and again': Array.from({ length: WORDS }, (_, i) => `${'a '.repeat(44)}x${i}`),
  'phrases of stars': Array.from(
    { length: WORDS },
    () => `${some(24, ['a', '*a', 'a*', '*a*']).join(' ')} x`,
  ),
  'stretched letters': Array.from(
    { length: WORDS },
    (_, i) => 'a'.repeat(1 + (i % 60)) + 'b'.repeat(1 + (i % 37)),
  ),
  'rows of signs': Array.from({ length: WORDS }, (_, i) => `${'💩'.repeat(1 + (i % 40))}😡${i % 700}`),
};
const bodies: Readonly<Record<string, string>> = {
  'long words': words(330, 59),
  'digits for letters': words(2_200, 8, ['a', '4', 'b', '8']),
  'single letters': 'a '.repeat(10_000),
  'stretched words': Array.from(
    { length: 500 },
    (_, i) => 'a'.repeat(3 + (i % 30)) + 'b'.repeat(3 + (i % 23)),
  ).join(' '),
  signs: '💩'.repeat(9_000),
};

describe('a word list', () => {
  it.each(Object.keys(hostile))('finishes in time, or gives up, with %s', (name) => {
    const list = new WordList(hostile[name]);
    for (const [what, body] of Object.entries(bodies)) {
      // Measures CPU time, so that other load on the machine does not matter.
      const startedAt = process.cpuUsage();
      try {
        list.find(body);
      } catch (error) {
        expect(error).toBeInstanceOf(TooManyStepsError);
      }
      expect([what, process.cpuUsage(startedAt).user / 1000 < MAX_TEST_MS]).toEqual([what, true]);
    }
  });

  it('of ordinary size reads the longest comment well within the budget', () => {
    const list = new WordList(
      Array.from({ length: WORDS }, (_, i) => `${pick(['', '*'])}w${i.toString(36)}${pick(['', '*'])}`),
    );
    const body = words(3_000, 5, [...'abcdefghijklmnopqrstuvwxyz0123456789']);
    expect(() => list.find(body)).not.toThrow();
  });

  it('finds the longest of phrases that start the same', () => {
    const body = 'A very big red gadget, a big gadget.';
    const spans = new WordList(['big', 'big red', 'big red gad*', 'big red car']).find(body);
    expect(spans.map(([start, end]) => body.slice(start, end))).toEqual(['big red gadget', 'big']);
  });

  it('finds emoji as written', () => {
    const body = 'Well 💩💩 and 🖕';
    const spans = new WordList(['💩', '💩💩', '🖕']).find(body);
    expect(spans.map(([start, end]) => body.slice(start, end))).toEqual(['💩💩', '💩', '🖕']);
  });
});

describe('spaced-out letters', () => {
  it('are looked up only where they could start a listed word', () => {
    const list = new WordList(['fuck', 'fucker', 'idiot']);
    const exactly = jest.spyOn(WordPatterns.prototype, 'exactly');
    try {
      list.find('1 '.repeat(9_900));
      list.find('a b c d '.repeat(2_400));
      expect(exactly).not.toHaveBeenCalled();
      list.find('f u c k '.repeat(2_400));
      expect(exactly.mock.calls.length).toBeLessThanOrEqual(2 * 2_400);
    } finally {
      exactly.mockRestore();
    }
  });

  it('are found as the longest word that they spell', () => {
    const body = 'Well, f u c k e r x, and i d i o t.';
    const spans = new WordList(['fuck', 'fucker', 'idiot']).find(body);
    expect(spans.map(([start, end]) => body.slice(start, end))).toEqual(['f u c k e r', 'i d i o t']);
  });

  it('match a three-letter word only when no other letters follow', () => {
    const list = new WordList(['gay']);
    expect(list.find('so g a y, ok')).toHaveLength(1);
    expect(list.find('so g a y s, ok')).toHaveLength(0);
  });
});

describe('an emoji with wildcards', () => {
  it('matches the emoji anywhere', () => {
    const body = 'Well💩 and 🖕!';
    const spans = new WordList(['*💩*', '🖕*', '*', '**']).find(body);
    expect(spans.map(([start, end]) => body.slice(start, end))).toEqual(['💩', '🖕']);
  });
});

describe('a step budget', () => {
  it('throws when it is used up', () => {
    const budget = new StepBudget(10);
    budget.spend(10);
    expect(() => budget.spend(1)).toThrow(TooManyStepsError);
  });
});
