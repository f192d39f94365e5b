import { describe, expect, it } from '@jest/globals';
import { excerptOf } from './excerpt.js';

describe('excerptOf', () => {
  it('is a short text without its marks', () => {
    expect(excerptOf('The **third** one.\n\n> a promise')).toBe('The third one. a promise');
  });

  it('ends a long one behind a word', () => {
    const excerpt = excerptOf('**Words** and '.repeat(40));
    expect(excerpt).toMatch(/^Words and Words .* (Words|and)…$/);
    expect(excerpt.length).toBeLessThanOrEqual(161);
    expect(excerpt.length).toBeGreaterThan(140);
  });

  it('cuts one endless word between characters that a person sees', () => {
    const family = '👨‍👩‍👧‍👦';
    const excerpt = excerptOf(family.repeat(200));
    expect(excerpt.replaceAll(family, '')).toBe('…');
    expect(excerpt.length).toBeLessThanOrEqual(161);
  });
});
