import { describe, expect, it } from '@jest/globals';
import { mentionAt, completeMention } from './mention.js';

describe('mentionAt', () => {
  it('returns the start of a name after an @ at the cursor', () => {
    expect(mentionAt('Hello @An', 9)).toEqual({ from: 6, start: 'An' });
    expect(mentionAt('@', 1)).toEqual({ from: 0, start: '' });
    expect(mentionAt('(@Amara Os', 10)).toEqual({ from: 1, start: 'Amara Os' });
  });

  it('returns nothing inside an address, far after the @, on another line or before the @', () => {
    expect(mentionAt('a@b', 3)).toBeNull();
    expect(mentionAt('@one two three four', 19)).toBeNull();
    expect(mentionAt('@Ann\n', 5)).toBeNull();
    expect(mentionAt('Hello @An', 3)).toBeNull();
  });
});

describe('completeMention', () => {
  it('inserts the name and moves the cursor behind it', () => {
    expect(completeMention('Hello @An, you', 9, { from: 6, start: 'An' }, 'Ann Lee')).toEqual({
      text: 'Hello @Ann Lee, you',
      at: 14,
    });
    expect(completeMention('@An', 3, { from: 0, start: 'An' }, 'Ann')).toEqual({ text: '@Ann ', at: 5 });
  });
});
