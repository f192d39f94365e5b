import { describe, expect, it } from '@jest/globals';
import {
  codeFor,
  addRow,
  moveRow,
  renameRow,
  reasonText,
  reasonsOf,
  rowsOf,
  withText,
} from './reason-rows.js';

const ROWS = rowsOf([
  { code: 'abuse', label: 'Abuse', text: 'It attacks a person.' },
  { code: 'spam', label: 'Spam', text: 'It advertises.' },
]);

describe('codeFor', () => {
  it('makes a valid code from any name', () => {
    expect(codeFor('Off topic', [])).toBe('off-topic');
    expect(codeFor('Beleidigung: Völker & Länder', [])).toBe('beleidigung-volker-lander');
    expect(codeFor('3. Names of victims', [])).toBe('names-of-victims');
    expect(codeFor('مسيء', [])).toBe('reason');
    expect(codeFor('x'.repeat(60), [])).toHaveLength(28);
  });

  it('never gives two reasons the same code', () => {
    expect(codeFor('Spam', ['spam', 'spam-2'])).toBe('spam-3');
  });
});

it('moves a reason past its neighbour, but not beyond either end', () => {
  const codes = (rows: readonly { code: string }[]) => rows.map(({ code }) => code);
  expect(codes(moveRow(ROWS, 1, -1))).toEqual(['spam', 'abuse']);
  expect(codes(moveRow(ROWS, 0, -1))).toEqual(['abuse', 'spam']);
  expect(codes(moveRow(ROWS, 1, 1))).toEqual(['abuse', 'spam']);
});

it('derives the code of a new reason from its name, and keeps the code of a saved one', () => {
  const rows = addRow(ROWS);
  const renamed = renameRow(renameRow(rows, 2, 'Spam'), 0, 'Insults');
  expect(reasonsOf(renamed)).toEqual([
    { code: 'abuse', label: 'Insults', text: 'It attacks a person.' },
    { code: 'spam', label: 'Spam', text: 'It advertises.' },
    { code: 'spam-2', label: 'Spam', text: '' },
  ]);
  expect(new Set(renamed.map(({ id }) => id)).size).toBe(3);
});

describe('reason texts in a language', () => {
  const builtIn = [
    { code: 'spam', label: 'Spam', text: 'It advertises.', texts: { de: 'Das ist Werbung.' } },
  ];
  const spam = (rows: typeof ROWS) => rows[1]!;

  it('use the site’s own text, then the built-in one, then the default for all languages', () => {
    expect(reasonText(spam(ROWS), 'de', builtIn)).toEqual({ text: 'Das ist Werbung.', from: 'built-in' });
    expect(reasonText(spam(ROWS), 'it', builtIn)).toEqual({ text: 'It advertises.', from: 'others' });
    const own = spam(withText(ROWS, 1, 'de', 'Keine Werbung.'));
    expect(reasonText(own, 'de', builtIn)).toEqual({ text: 'Keine Werbung.', from: 'own' });
  });

  it('use a built-in translation only where the default text is the built-in one', () => {
    const rows = withText(ROWS, 1, '', 'No adverts, please.');
    expect(reasonText(spam(rows), 'de', builtIn)).toEqual({ text: 'No adverts, please.', from: 'others' });
  });

  it('are saved only when they are not empty', () => {
    const rows = withText(withText(ROWS, 1, 'de', 'Keine Werbung.'), 0, 'fr', '  ');
    expect(reasonsOf(rows)).toEqual([
      { code: 'abuse', label: 'Abuse', text: 'It attacks a person.' },
      { code: 'spam', label: 'Spam', text: 'It advertises.', texts: { de: 'Keine Werbung.' } },
    ]);
    expect(reasonsOf(withText(rows, 1, 'de', ''))[1]).not.toHaveProperty('texts');
  });
});
