import { expect, it } from '@jest/globals';
import { rolesUpTo, isWidening } from './roles.js';

it('offers the roles that the staff member may grant', () => {
  expect(rolesUpTo('owner')).toEqual(['owner', 'admin', 'moderator', 'viewer']);
  expect(rolesUpTo('admin')).toEqual(['admin', 'moderator', 'viewer']);
});

it('detects when a role change removes the limit to sections', () => {
  const limited = { sections: ['Sport'] };
  expect([isWidening(limited, 'admin'), isWidening(limited, 'owner'), isWidening(limited, 'viewer')]).toEqual(
    [true, true, false],
  );
  expect(isWidening({ sections: null }, 'admin')).toBe(false);
});
