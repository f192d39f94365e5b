import { describe, expect, it } from '@jest/globals';
import { StartupError } from '../config/startup-error.js';
import { databaseProblem } from './database-problem.js';

const url = 'postgres://owner:secret@db.internal:5433/comments';
const problemOf = (code: string): unknown => databaseProblem(Object.assign(new Error('x'), { code }), url);

describe('the error of the first database connection', () => {
  it.each([
    ['ECONNREFUSED', 'db.internal:5433'],
    ['ENOTFOUND', 'db.internal'],
    ['28P01', '"owner"'],
    ['3D000', '"comments"'],
    ['53300', 'max_connections'],
    ['57P03', 'again'],
    ['42501', 'use the owner'],
    ['25006', 'primary'],
    ['08P01', 'poolers'],
  ])('is one line with the remedy: %s', (code, part) => {
    const problem = problemOf(code) as StartupError;
    expect(problem).toBeInstanceOf(StartupError);
    expect(problem.message).toContain(part);
    expect(problem.message).not.toContain('secret');
    expect(problem.message).not.toContain('\n');
  });

  it('is returned unchanged when an operator cannot fix it', () => {
    const otherError = new Error('syntax error');
    expect(databaseProblem(otherError, url)).toBe(otherError);
    expect(databaseProblem(null, url)).toBeNull();
  });
});
