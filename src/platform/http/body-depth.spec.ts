import { isDeeperThan } from './body-depth.js';

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown;

it('counts how often lists and objects stand inside each other', () => {
  expect(isDeeperThan(2, 'text')).toBe(false);
  expect(isDeeperThan(2, { a: [{}] })).toBe(false);
  expect(isDeeperThan(2, { a: [{ b: 1 }] })).toBe(true);
  expect(isDeeperThan(64, nested(64))).toBe(false);
});

it('takes what recursion could not', () => {
  expect(isDeeperThan(64, nested(60_000))).toBe(true);
});
