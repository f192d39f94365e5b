import { describe, expect, it } from '@jest/globals';
import { isDatabaseUnavailable } from './database-unavailable.js';

const error = (message: string, code?: string): Error => Object.assign(new Error(message), { code });

describe('isDatabaseUnavailable', () => {
  it.each([
    error('the database system is not yet accepting connections', '57P03'),
    error('terminating connection due to administrator command', '57P01'),
    error('server closed the connection', '08006'),
    error('connect ECONNREFUSED 127.0.0.1:5432', 'ECONNREFUSED'),
    error('Connection terminated unexpectedly'),
    error('Client has encountered a connection error and is not queryable'),
    error('timeout exceeded when trying to connect'),
    error('cannot execute INSERT in a read-only transaction', '25006'),
    error('could not extend file: No space left on device', '53100'),
    error('sorry, too many clients already', '53300'),
    error('terminating connection due to idle-in-transaction timeout', '25P03'),
    error('canceling statement due to statement timeout', '57014'),
    error('canceling statement due to lock timeout', '55P03'),
  ])('is true for %s', (failure) => {
    expect(isDatabaseUnavailable(failure)).toBe(true);
  });

  it.each([error('current transaction is aborted', '25P02'), error('duplicate key', '23505'), 'gone', null])(
    'is false for %s',
    (other) => {
      expect(isDatabaseUnavailable(other)).toBe(false);
    },
  );
});
