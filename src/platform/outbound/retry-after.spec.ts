import { expect, it } from '@jest/globals';
import { parseRetryAfter } from './retry-after.js';

it('Retry-After is read as seconds or a date', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  expect(parseRetryAfter('120', now)).toBe(120_000);
  expect(parseRetryAfter('Mon, 23 Nov 2026 12:01:00 GMT', now)).toBe(60_000);
  expect(parseRetryAfter('Monday, 23-Nov-26 12:01:00 GMT', now)).toBe(60_000);
  expect(parseRetryAfter('Mon, 23 Nov 2026 11:00:00 GMT', now)).toBe(0);
  for (const bad of [undefined, '', '-5', 'soon', '1.5']) expect(parseRetryAfter(bad, now)).toBeNull();
});
