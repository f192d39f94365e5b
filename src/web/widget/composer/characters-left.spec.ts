import { describe, expect, it } from '@jest/globals';
import { charactersLeft } from './characters-left.js';

describe('charactersLeft', () => {
  it('shows nothing far from the limit, and the count near and beyond it', () => {
    expect(charactersLeft('a'.repeat(4500), 5000)).toBeNull();
    expect(charactersLeft('a'.repeat(4501), 5000)).toBe(499);
    expect(charactersLeft('a'.repeat(5003), 5000)).toBe(-3);
  });

  it('counts each character that the reader sees once', () => {
    expect(charactersLeft('👨‍👩‍👧‍👦'.repeat(600), 5000)).toBeNull();
    expect(charactersLeft('🇩🇪'.repeat(4900), 5000)).toBe(100);
    expect(charactersLeft(`${'a'.repeat(4600)}   \n`, 5000)).toBe(400);
  });

  it('starts at the last tenth of a small limit', () => {
    expect(charactersLeft('a'.repeat(108), 120)).toBeNull();
    expect(charactersLeft('a'.repeat(110), 120)).toBe(10);
  });
});
