import { expect, it } from '@jest/globals';
import { sortBySite, sitesText } from './key-labels.js';

const SITES = ['a', 'b', 'c', 'd'].map((id) => ({ id, name: `Site ${id}` }));

it.each([
  [null, 'Every site'],
  [['a'], 'Site a'],
  [['a', 'b', 'c'], 'Site a, Site b, Site c'],
  [['a', 'b', 'c', 'd'], 'Site a, Site b and 2 more'],
  [['z'], 'a deleted site'],
])('names the sites of a key for %j', (sites, text) => expect(sitesText({ sites }, SITES)).toBe(text));

it('lists the keys of this site first', () => {
  const key = (id: string, sites: string[] | null) => ({
    id,
    sites,
    name: id,
    scopes: [],
    prefix: 'pbk_',
    unread: { mode: 'error' as const },
    createdAt: '2026-11-29T00:00:00Z',
    lastUsedAt: null,
  });
  const keys = [key('1', ['b']), key('2', ['a']), key('3', null)];
  expect(sortBySite(keys, 'a').map(({ id }) => id)).toEqual(['2', '3', '1']);
});
