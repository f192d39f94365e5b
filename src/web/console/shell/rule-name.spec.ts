import { expect, it } from '@jest/globals';
import { ruleName } from './rule-name.js';

it('names every rule, also one that is not in the list', () => {
  expect(ruleName('all-clear')).toBe('All scores below their thresholds');
  expect(ruleName('score-identity-attack')).toBe('Identity attack');
});
