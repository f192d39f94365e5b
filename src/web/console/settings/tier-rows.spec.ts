import { expect, it } from '@jest/globals';
import { changeRow, countOf, addRow, faultAt, keyOf, rowsOf, tiersOf } from './tier-rows.js';

const TIERS = [
  { key: 'gold', name: 'Gold', rank: 30, upgradeUrl: 'https://news.example/gold', badge: null },
  { key: 'insider', name: 'Insider', rank: 20, upgradeUrl: null, badge: 'I' },
];

it('lists tiers by rank and returns them unchanged', () => {
  const rows = rowsOf(TIERS);
  expect(rows.map(({ key }) => key)).toEqual(['insider', 'gold']);
  expect(tiersOf(rows)).toEqual({ tiers: [TIERS[1], TIERS[0]] });
  expect(countOf(rows, TIERS)).toBe(0);
});

it('adds a new tier at the top, with a key derived from its name until one is typed', () => {
  let rows = addRow(rowsOf(TIERS));
  const { id, rank } = rows[2]!;
  expect(rank).toBe('40');
  rows = changeRow(rows, id, { name: 'Insider Plus' });
  expect(rows[2]!.key).toBe('insider-plus');
  rows = changeRow(rows, id, { key: 'plus' });
  rows = changeRow(rows, id, { name: 'Insider Plus Plus' });
  expect(rows[2]!.key).toBe('plus');
  rows = changeRow(rows, rows[0]!.id, { name: 'Member' });
  expect([rows[0]!.key, countOf(rows, TIERS)]).toEqual(['insider', 2]);
});

it('leaves out tiers marked for removal', () => {
  const rows = rowsOf(TIERS);
  const changed = changeRow(rows, rows[1]!.id, { isRemoved: true });
  expect(tiersOf(changed)).toEqual({ tiers: [TIERS[1]] });
  expect(countOf(changed, TIERS)).toBe(1);
});

it.each([
  [{ name: ' ' }, 'name'],
  [{ key: '' }, 'key'],
  [{ key: 'insider' }, 'key'],
  [{ rank: '1.5' }, 'rank'],
  [{ rank: '' }, 'rank'],
])('reports the error in %j before it is sent', (part, field) => {
  const rows = rowsOf(TIERS);
  expect(tiersOf(changeRow(rows, rows[1]!.id, part))).toEqual({
    fault: { row: rows[1]!.id, field, text: expect.any(String) },
  });
});

it('shows a server error in the row that it concerns', () => {
  const rows = rowsOf(TIERS);
  const changed = changeRow(rows, rows[0]!.id, { isRemoved: true });
  expect(faultAt(changed, '/0/upgradeUrl', 'upgradeUrl must be a URL')).toEqual({
    row: rows[1]!.id,
    field: 'upgradeUrl',
    text: 'It must be a URL',
  });
  expect(faultAt(changed, '/7/key', 'no')).toBeNull();
  expect(faultAt(changed, '', 'no')).toBeNull();
});

it.each([
  ['Insider Gold', 'insider-gold'],
  ['  Ämter & Würden! ', 'amter-wurden'],
  ['会員', ''],
])('derives a key from %j', (name, key) => expect(keyOf(name)).toBe(key));
