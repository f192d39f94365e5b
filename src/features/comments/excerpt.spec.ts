import { describe, expect, it } from '@jest/globals';
import { excerptOf } from './excerpt.js';

describe('excerptOf', () => {
  it('returns short text without its Markdown', () => {
    expect(excerptOf('The **third** one.\n\n> a promise')).toBe('The third one. a promise');
  });

  it('cuts long text after a word', () => {
    const excerpt = excerptOf('**Words** and '.repeat(40));
    expect(excerpt).toMatch(/^Words and Words .* (Words|and)…$/);
    expect(excerpt.length).toBeLessThanOrEqual(161);
    expect(excerpt.length).toBeGreaterThan(140);
  });

  it('cuts a single very long word between visible characters', () => {
    const family = '👨‍👩‍👧‍👦';
    const excerpt = excerptOf(family.repeat(200));
    expect(excerpt.replaceAll(family, '')).toBe('…');
    expect(excerpt.length).toBeLessThanOrEqual(161);
  });
});
