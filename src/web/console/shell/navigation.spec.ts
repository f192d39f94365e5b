import { expect, it } from '@jest/globals';
import type { SiteRef } from '../api-types.js';
import { navigationKeys, navigationFor } from './navigation.js';

const aSite = (role: SiteRef['role'], sections: string[] | null = null): SiteRef => ({
  id: 'site',
  name: 'Paper',
  role,
  sections,
  needsSecondFactor: false,
});

it('gives each page a letter of its own', () => {
  const letters = navigationFor(aSite('owner')).map(({ key }) => key);
  expect(new Set(letters).size).toBe(letters.length);
});

it.each([
  ['owner', null, ['Held', 'Sample', 'Quality', 'Policy', 'Audit'], []],
  ['moderator', null, ['Held', 'Sample', 'Quality'], ['Policy', 'Audit']],
  [
    'moderator',
    ['World'],
    ['Held', 'Search', 'Readers', 'Stories'],
    ['Sample', 'Overview', 'Quality', 'Policy'],
  ],
] as const)('opens only pages that the role may see: %s of %j', (role, sections, visible, hidden) => {
  const site = aSite(role, sections && [...sections]);
  const names = navigationFor(site).map(({ name }) => name);
  expect(names).toEqual(expect.arrayContaining([...visible]));
  expect(names.filter((name) => (hidden as readonly string[]).includes(name))).toEqual([]);
  expect(Object.keys(navigationKeys(site))).toHaveLength(names.length);
});
