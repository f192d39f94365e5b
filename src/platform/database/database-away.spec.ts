import { describe, expect, it } from '@jest/globals';
import { isDatabaseAway } from './database-away.js';

const error = (message: string, code?: string): Error => Object.assign(new Error(message), { code });

describe('isDatabaseAway', () => {
  it.each([
    error('the database system is not yet accepting connections', '57P03'),
    error('terminating connection due to administrator command', '57P01'),
    error('server closed the connection', '08006'),
    error('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'),
    error('Connection terminated unexpectedly'),
    error('Client has encountered a connection error and is not queryable'),
  ])('says yes to %s', (away) => {
    expect(isDatabaseAway(away)).toBe(true);
  });

  it.each([
    error('canceling statement due to user request', '57014'),
    error('duplicate key', '23505'),
    'gone',
    null,
  ])('says no to %s', (other) => {
    expect(isDatabaseAway(other)).toBe(false);
  });
});
