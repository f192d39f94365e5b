import type { Reason } from '../wire.js';

/** A reason as it is edited; `id` stays while everything else of it changes. */
export interface ReasonRow extends Reason {
  id: number;
  /** Not saved yet: its code may still follow its name. */
  isNew: boolean;
}

/** So many stand on keys of their own. */
export const KEYED = 9;
export const MAX_REASONS = 50;

export const rowsOf = (reasons: readonly Reason[]): ReasonRow[] =>
  reasons.map((reason, id) => ({ ...reason, id, isNew: false }));

export const reasonsOf = (rows: readonly ReasonRow[]): Reason[] =>
  rows.map(({ code, label, text }) => ({ code, label, text }));

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
export function moved(rows: readonly ReasonRow[], at: number, by: -1 | 1): ReasonRow[] {
  const [one, other] = [rows[at], rows[at + by]];
  if (!one || !other) return [...rows];
  return rows.with(at, other).with(at + by, one);
}

/** With a name or a text changed; the code of a new one follows its name. */
export function changed(
  rows: readonly ReasonRow[],
  id: number,
  change: Partial<Pick<Reason, 'label' | 'text'>>,
): ReasonRow[] {
  const others = rows.filter((row) => row.id !== id).map(({ code }) => code);
  return rows.map((row) => {
    if (row.id !== id) return row;
    const next = { ...row, ...change };
    return row.isNew && change.label !== undefined ? { ...next, code: codeFor(change.label, others) } : next;
  });
}

/** With an empty one at the end. */
export function extended(rows: readonly ReasonRow[]): ReasonRow[] {
  const id = Math.max(-1, ...rows.map((row) => row.id)) + 1;
  const code = codeFor(
    '',
    rows.map((row) => row.code),
  );
  return [...rows, { id, code, label: '', text: '', isNew: true }];
}
