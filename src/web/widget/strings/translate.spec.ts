import { describe, expect, it } from '@jest/globals';
import { account, first, later } from './en.js';
import { createTranslator } from './translate.js';
import { formatTimeAgo } from './time-ago.js';

describe('createTranslator', () => {
  it('fills in placeholders and chooses plural forms', () => {
    const t = createTranslator({ ...first, ...later, ...account }, 'en');
    expect(t('total', { n: 1 })).toBe('1 comment');
    expect(t('total', { n: 12_345 })).toBe('12,345 comments');
    expect(t('replyTo', { name: 'Ada {n}' })).toBe('Reply to Ada {n}');
  });

  it('falls back to the general form where the catalogue lacks a plural form of the language', () => {
    const t = createTranslator(first, 'ar');
    expect(t('total', { n: 3 })).toMatch(/comments$/);
  });

  it('returns an empty text for strings that are not loaded', () => {
    expect(createTranslator(first, 'en')('deleteYes')).toBe('');
  });
});

describe('formatTimeAgo', () => {
  const now = Date.parse('2026-11-23T12:00:00Z');
  it('returns a relative time for a week, and then the date', () => {
    expect(formatTimeAgo('2026-11-23T12:00:30Z', now, 'en')).toBe('now');
    expect(formatTimeAgo('2026-11-23T11:58:30Z', now, 'en')).toBe('1 minute ago');
    expect(formatTimeAgo('2026-11-23T09:00:00Z', now, 'en')).toBe('3 hours ago');
    expect(formatTimeAgo('2026-11-22T11:00:00Z', now, 'en')).toBe('yesterday');
    expect(formatTimeAgo('2026-11-10T10:30:00Z', now, 'en')).toBe('Nov 10');
    expect(formatTimeAgo('2025-11-10T10:30:00Z', now, 'en')).toBe('Nov 10, 2025');
  });
});
