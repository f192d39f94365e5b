import { describe, expect, it } from '@jest/globals';
import { changed, codeFor, extended, moved, reasonsOf, rowsOf } from './reason-rows.js';

const ROWS = rowsOf([
  { code: 'abuse', label: 'Abuse', text: 'It attacks a person.' },
  { code: 'spam', label: 'Spam', text: 'It advertises.' },
]);

describe('codeFor', () => {
  it('makes what the server takes of any name', () => {
    expect(codeFor('Off topic', [])).toBe('off-topic');
    expect(codeFor('Beleidigung: Völker & Länder', [])).toBe('beleidigung-volker-lander');
    expect(codeFor('3. Names of victims', [])).toBe('names-of-victims');
    expect(codeFor('مسيء', [])).toBe('reason');
    expect(codeFor('x'.repeat(60), [])).toHaveLength(28);
  });

  it('calls no two the same', () => {
    expect(codeFor('Spam', ['spam', 'spam-2'])).toBe('spam-3');
  });
});

it('moves one past another, and not beyond the ends', () => {
  const codes = (rows: readonly { code: string }[]) => rows.map(({ code }) => code);
  expect(codes(moved(ROWS, 1, -1))).toEqual(['spam', 'abuse']);
  expect(codes(moved(ROWS, 0, -1))).toEqual(['abuse', 'spam']);
  expect(codes(moved(ROWS, 1, 1))).toEqual(['abuse', 'spam']);
});

it('lets the code of a new one follow its name, and leaves that of a saved one', () => {
  const rows = extended(ROWS);
  const named = changed(changed(rows, 2, { label: 'Spam' }), 0, { label: 'Insults' });
  expect(reasonsOf(named)).toEqual([
    { code: 'abuse', label: 'Insults', text: 'It attacks a person.' },
    { code: 'spam', label: 'Spam', text: 'It advertises.' },
    { code: 'spam-2', label: 'Spam', text: '' },
  ]);
  expect(new Set(named.map(({ id }) => id)).size).toBe(3);
});
