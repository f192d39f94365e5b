import { describe, expect, it } from '@jest/globals';
import { charactersLeft } from './length.js';

describe('charactersLeft', () => {
  it('is silent far from the limit and counts near it and beyond', () => {
    expect(charactersLeft('a'.repeat(4500))).toBeNull();
    expect(charactersLeft('a'.repeat(4501))).toBe(499);
    expect(charactersLeft('a'.repeat(5003))).toBe(-3);
  });

  it('counts what the reader sees as one character once', () => {
    expect(charactersLeft('👨‍👩‍👧‍👦'.repeat(600))).toBeNull();
    expect(charactersLeft('🇩🇪'.repeat(4900))).toBe(100);
    expect(charactersLeft(`${'a'.repeat(4600)}   \n`)).toBe(400);
  });
});
