import type { PolicyReason, Reason } from '../api-types.js';

/** A reason as it is edited; `id` stays while everything else of it changes. */
export interface ReasonRow extends PolicyReason {
  id: number;
  /** Not saved yet: its code may still follow its name. */
  isNew: boolean;
}

/** So many stand on keys of their own. */
export const KEYED = 9;
export const MAX_REASONS = 50;

export const rowsOf = (reasons: readonly PolicyReason[]): ReasonRow[] =>
  reasons.map((reason, id) => ({ ...reason, id, isNew: false }));

/** As they are saved: languages in which nothing is written are left out. */
export const reasonsOf = (rows: readonly ReasonRow[]): PolicyReason[] =>
  rows.map(({ code, label, text, texts = {} }) => {
    const written = Object.entries(texts).filter(([, words]) => words.trim() !== '');
    return { code, label, text, ...(written.length > 0 ? { texts: Object.fromEntries(written) } : {}) };
  });

/** What is read in a language, and whose words they are: the site's own, the built-in ones, or those for all others. */
export function reasonText(
  row: ReasonRow,
  language: string,
  builtIn: readonly Reason[],
): { text: string; from: 'own' | 'built-in' | 'others' } {
  const own = row.texts?.[language] ?? '';
  if (own.trim() !== '') return { text: own, from: 'own' };
  // Built-in words go with the built-in text alone, as at the server.
  const words = builtIn.find(({ code, text }) => code === row.code && text === row.text)?.texts[language];
  return words === undefined ? { text: row.text, from: 'others' } : { text: words, from: 'built-in' };
}

/** With words in one language; an empty language stands for all that have none. */
export const withText = (
  rows: readonly ReasonRow[],
  id: number,
  language: string,
  words: string,
): ReasonRow[] =>
  rows.map((row) => {
    if (row.id !== id) return row;
    return language === '' ? { ...row, text: words } : { ...row, texts: { ...row.texts, [language]: words } };
  });

/** What programs and records call a reason of that name: lower-case letters, digits and hyphens, none twice. */
export function codeFor(label: string, taken: readonly string[]): string {
  const plain = label
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^[^a-z]+|-+$/g, '')
    .slice(0, 28)
    .replace(/-+$/, '');
  const base = plain || 'reason';
  for (let n = 1; ; n++) {
    const code = n === 1 ? base : `${base}-${n}`;
    if (!taken.includes(code)) return code;
  }
}

/** One further up (-1) or down (1); the ends stay where they are. */
export function moveRow(rows: readonly ReasonRow[], at: number, by: -1 | 1): ReasonRow[] {
  const [one, other] = [rows[at], rows[at + by]];
  if (!one || !other) return [...rows];
  return rows.with(at, other).with(at + by, one);
}

/** With another name; the code of a new one follows it. */
export function renameRow(rows: readonly ReasonRow[], id: number, label: string): ReasonRow[] {
  const others = rows.filter((row) => row.id !== id).map(({ code }) => code);
  return rows.map((row) => {
    if (row.id !== id) return row;
    return { ...row, label, ...(row.isNew ? { code: codeFor(label, others) } : {}) };
  });
}

/** With an empty one at the end. */
export function addRow(rows: readonly ReasonRow[]): ReasonRow[] {
  const id = Math.max(-1, ...rows.map((row) => row.id)) + 1;
  const code = codeFor(
    '',
    rows.map((row) => row.code),
  );
  return [...rows, { id, code, label: '', text: '', isNew: true }];
}
