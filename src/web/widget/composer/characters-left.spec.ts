import { describe, expect, it } from '@jest/globals';
import { charactersLeft } from './characters-left.js';

describe('charactersLeft', () => {
  it('returns null far from the limit, and the remaining number near and beyond it', () => {
    expect(charactersLeft('a'.repeat(4500), 5000)).toBeNull();
    expect(charactersLeft('a'.repeat(4501), 5000)).toBe(499);
    expect(charactersLeft('a'.repeat(5003), 5000)).toBe(-3);
  });

  it('counts what the reader sees as one character once', () => {
    expect(charactersLeft('👨‍👩‍👧‍👦'.repeat(600), 5000)).toBeNull();
    expect(charactersLeft('🇩🇪'.repeat(4900), 5000)).toBe(100);
    expect(charactersLeft(`${'a'.repeat(4600)}   \n`, 5000)).toBe(400);
  });

  it('starts at the last tenth of a small limit', () => {
    expect(charactersLeft('a'.repeat(108), 120)).toBeNull();
    expect(charactersLeft('a'.repeat(110), 120)).toBe(10);
  });
});
