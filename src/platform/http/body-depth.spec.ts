import { isDeeperThan } from './body-depth.js';

const nested = (depth: number): unknown => JSON.parse(`${'['.repeat(depth)}${']'.repeat(depth)}`) as unknown;

it('measures how deeply lists and objects are nested', () => {
  expect(isDeeperThan(2, 'text')).toBe(false);
  expect(isDeeperThan(2, { a: [{}] })).toBe(false);
  expect(isDeeperThan(2, { a: [{ b: 1 }] })).toBe(true);
  expect(isDeeperThan(64, nested(64))).toBe(false);
});

it('handles nesting that would overflow a recursive function', () => {
  expect(isDeeperThan(64, nested(60_000))).toBe(true);
});
