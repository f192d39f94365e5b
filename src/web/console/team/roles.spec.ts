import { expect, it } from '@jest/globals';
import { rolesUpTo, isWidening } from './roles.js';

it('offers the roles that somebody may give', () => {
  expect(rolesUpTo('owner')).toEqual(['owner', 'admin', 'moderator', 'viewer']);
  expect(rolesUpTo('admin')).toEqual(['admin', 'moderator', 'viewer']);
});

it('knows when a role ends a limit to sections', () => {
  const limited = { sections: ['Sport'] };
  expect([isWidening(limited, 'admin'), isWidening(limited, 'owner'), isWidening(limited, 'viewer')]).toEqual(
    [true, true, false],
  );
  expect(isWidening({ sections: null }, 'admin')).toBe(false);
});
