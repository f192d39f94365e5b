import { expect, it } from '@jest/globals';
import { rolesUpTo } from './roles.js';

it('offers the roles that somebody may give', () => {
  expect(rolesUpTo('owner')).toEqual(['owner', 'admin', 'moderator', 'viewer']);
  expect(rolesUpTo('admin')).toEqual(['admin', 'moderator', 'viewer']);
});
