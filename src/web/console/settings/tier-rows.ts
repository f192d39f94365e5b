import type { NewTier, Tier } from '../api-types.js';

/** A row of the table while it is edited. */
export interface TierRow {
  /** A stable React key while the row is edited. */
  readonly id: number;
  readonly key: string;
  readonly name: string;
  /** The text as typed. */
  readonly rank: string;
  readonly upgradeUrl: string;
  readonly badge: string;
  /** Already saved. Its key is used by other systems and cannot change. */
  readonly isSaved: boolean;
  /** Will be removed when the table is saved. */
  readonly isRemoved: boolean;
}

export interface TierError {
  /** The row’s `id`. */
  readonly row: number;
  readonly field: 'key' | 'name' | 'rank' | 'upgradeUrl' | 'badge';
  readonly text: string;
}

const RANK_STEP = 10;
let nextId = 0;

export const rowsOf = (tiers: readonly Tier[]): TierRow[] =>
  [...tiers]
    .sort((a, b) => a.rank - b.rank)
    .map(({ key, name, rank, upgradeUrl, badge }) => ({
      id: nextId++,
      key,
      name,
      rank: String(rank),
      upgradeUrl: upgradeUrl ?? '',
      badge: badge ?? '',
      isSaved: true,
      isRemoved: false,
    }));

/** Adds a row ranked above all others. */
export function addRow(rows: readonly TierRow[]): TierRow[] {
  const ranks = rows.map(({ rank }) => Number(rank)).filter(Number.isInteger);
  const rank = String(ranks.length === 0 ? RANK_STEP : Math.max(...ranks) + RANK_STEP);
  const blank = { key: '', name: '', upgradeUrl: '', badge: '', isSaved: false, isRemoved: false };
  return [...rows, { id: nextId++, rank, ...blank }];
}

/** Changes a row. The key of a new tier follows its name until the key is edited. */
export function changeRow(rows: readonly TierRow[], id: number, part: Partial<TierRow>): TierRow[] {
  return rows.map((row) => {
    if (row.id !== id) return row;
    const keyFollowsName = part.name !== undefined && !row.isSaved && row.key === keyOf(row.name);
    return { ...row, ...part, ...(keyFollowsName ? { key: keyOf(part.name ?? '') } : {}) };
  });
}

/** For example `Insider Gold` → `insider-gold`. */
export const keyOf = (name: string): string =>
  name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f]/g, '')
    .toLowerCase()
    .replace(/[^a-z0-9._]+/g, '-')
    .replace(/^[-._]+|[-._]+$/g, '')
    .slice(0, 64);

const remainingRows = (rows: readonly TierRow[]): TierRow[] => rows.filter(({ isRemoved }) => !isRemoved);

/** The tiers to send, or the first invalid row. */
export function tiersOf(rows: readonly TierRow[]): { tiers: NewTier[] } | { fault: TierError } {
  const remaining = remainingRows(rows);
  for (const [index, row] of remaining.entries()) {
    const fault = (field: TierError['field'], text: string) => ({ fault: { row: row.id, field, text } });
    if (row.name.trim() === '') return fault('name', 'Enter a name.');
    if (row.key.trim() === '') return fault('key', 'Enter a key.');
    if (remaining.findIndex(({ key }) => key.trim() === row.key.trim()) < index)
      return fault('key', 'Another tier has this key.');
    if (!/^-?\d{1,9}$/.test(row.rank.trim())) return fault('rank', 'Enter a whole number.');
  }
  return {
    tiers: remaining.map(({ key, name, rank, upgradeUrl, badge }) => ({
      key: key.trim(),
      name: name.trim(),
      rank: Number(rank),
      upgradeUrl: upgradeUrl.trim() || null,
      badge: badge.trim() || null,
    })),
  };
}

/**
 * Finds the row and field of a server error; null if its pointer names neither. The server's pointers count only the
 * rows that were sent.
 */
export function faultAt(rows: readonly TierRow[], pointer: string, text: string): TierError | null {
  const [, line, field] = pointer.split('/');
  const row = remainingRows(rows)[Number(line)];
  const fields = ['key', 'name', 'rank', 'upgradeUrl', 'badge'] as const;
  const matchedField = fields.find((name) => name === field);
  if (!row || !matchedField) return null;
  // The server's message starts with the API name of the field. Replace it, because the message is shown next to the
  // field.
  return {
    row: row.id,
    field: matchedField,
    text: text.startsWith(`${matchedField} `) ? `It${text.slice(matchedField.length)}` : text,
  };
}

/** The number of rows that differ from the saved tiers. */
export function countOf(rows: readonly TierRow[], tiers: readonly Tier[]): number {
  return rows.filter((row) => {
    if (!row.isSaved || row.isRemoved) return true;
    const saved = tiers.find(({ key }) => key === row.key);
    return (
      saved === undefined ||
      saved.name !== row.name.trim() ||
      String(saved.rank) !== row.rank.trim() ||
      (saved.upgradeUrl ?? '') !== row.upgradeUrl.trim() ||
      (saved.badge ?? '') !== row.badge.trim()
    );
  }).length;
}
