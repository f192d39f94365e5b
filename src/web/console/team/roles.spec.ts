import { expect, it } from '@jest/globals';
import { rolesUpTo, widens } from './roles.js';

it('offers the roles that somebody may give', () => {
  expect(rolesUpTo('owner')).toEqual(['owner', 'admin', 'moderator', 'viewer']);
  expect(rolesUpTo('admin')).toEqual(['admin', 'moderator', 'viewer']);
});

it('knows when a role ends a limit to sections', () => {
  const limited = { sections: ['Sport'] };
  expect([widens(limited, 'admin'), widens(limited, 'owner'), widens(limited, 'viewer')]).toEqual([
    true,
    true,
    false,
  ]);
  expect(widens({ sections: null }, 'admin')).toBe(false);
});
