import type { PolicyReason, Reason } from '../api-types.js';

/** A reason while it is edited; `id` stays the same when its other fields change. */
export interface ReasonRow extends PolicyReason {
  id: number;
  /** Not saved yet, so its code still follows its name. */
  isNew: boolean;
}

/** The number of reasons that have a keyboard shortcut. */
export const MAX_SHORTCUTS = 9;
export const MAX_REASONS = 50;

export const rowsOf = (reasons: readonly PolicyReason[]): ReasonRow[] =>
  reasons.map((reason, id) => ({ ...reason, id, isNew: false }));

/** The reasons as saved, without languages that have no text. */
export const reasonsOf = (rows: readonly ReasonRow[]): PolicyReason[] =>
  rows.map(({ code, label, text, texts = {} }) => {
    const nonEmpty = Object.entries(texts).filter(([, value]) => value.trim() !== '');
    return { code, label, text, ...(nonEmpty.length > 0 ? { texts: Object.fromEntries(nonEmpty) } : {}) };
  });

/**
 * The text used for a language, and its source: the site's own text, the built-in text, or the site's text for all
 * other languages.
 */
export function reasonText(
  row: ReasonRow,
  language: string,
  builtIn: readonly Reason[],
): { text: string; from: 'own' | 'built-in' | 'others' } {
  const own = row.texts?.[language] ?? '';
  if (own.trim() !== '') return { text: own, from: 'own' };
  // Built-in translations apply only while the reason's text is the built-in one. The server does the same.
  const builtInReason = builtIn.find(({ code, text }) => code === row.code && text === row.text);
  const builtInText = builtInReason?.texts[language];
  return builtInText === undefined
    ? { text: row.text, from: 'others' }
    : { text: builtInText, from: 'built-in' };
}

/** Sets the text for one language; an empty language means all languages without a text of their own. */
export const withText = (
  rows: readonly ReasonRow[],
  id: number,
  language: string,
  text: string,
): ReasonRow[] =>
  rows.map((row) => {
    if (row.id !== id) return row;
    return language === '' ? { ...row, text } : { ...row, texts: { ...row.texts, [language]: text } };
  });

/** Creates a unique code for a reason from its name: lower-case letters, digits and hyphens. */
export function codeFor(label: string, usedCodes: readonly string[]): string {
  const slug = label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 28)
    .replace(/-+$/, '');
  const base = slug || 'reason';
  for (let n = 1; ; n++) {
    const code = n === 1 ? base : `${base}-${n}`;
    if (!usedCodes.includes(code)) return code;
  }
}

/** Moves a row up (-1) or down (1); a row at the end stays where it is. */
export function moveRow(rows: readonly ReasonRow[], index: number, by: -1 | 1): ReasonRow[] {
  const [row, neighbour] = [rows[index], rows[index + by]];
  if (!row || !neighbour) return [...rows];
  return rows.with(index, neighbour).with(index + by, row);
}

/** Renames a row. The code of a new row follows its name. */
export function renameRow(rows: readonly ReasonRow[], id: number, label: string): ReasonRow[] {
  const others = rows.filter((row) => row.id !== id).map(({ code }) => code);
  return rows.map((row) => {
    if (row.id !== id) return row;
    return { ...row, label, ...(row.isNew ? { code: codeFor(label, others) } : {}) };
  });
}

/** Adds an empty row at the end. */
export function addRow(rows: readonly ReasonRow[]): ReasonRow[] {
  const id = Math.max(-1, ...rows.map((row) => row.id)) + 1;
  const code = codeFor(
    '',
    rows.map((row) => row.code),
  );
  return [...rows, { id, code, label: '', text: '', isNew: true }];
}
