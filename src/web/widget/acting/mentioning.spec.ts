import { describe, expect, it } from '@jest/globals';
import { beingMentioned, complete } from './mentioning.js';

describe('beingMentioned', () => {
  it('is the beginning of a name behind an @ at the cursor', () => {
    expect(beingMentioned('Hello @An', 9)).toEqual({ from: 6, start: 'An' });
    expect(beingMentioned('@', 1)).toEqual({ from: 0, start: '' });
    expect(beingMentioned('(@Amara Os', 10)).toEqual({ from: 1, start: 'Amara Os' });
  });

  it('is nothing in an address, far behind the @, on another line or before it', () => {
    expect(beingMentioned('a@b', 3)).toBeNull();
    expect(beingMentioned('@one two three four', 19)).toBeNull();
    expect(beingMentioned('@Ann\n', 5)).toBeNull();
    expect(beingMentioned('Hello @An', 3)).toBeNull();
  });
});

describe('complete', () => {
  it('puts the name in and the cursor behind it', () => {
    expect(complete('Hello @An, you', 9, { from: 6, start: 'An' }, 'Ann Lee')).toEqual({
      text: 'Hello @Ann Lee, you',
      at: 14,
    });
    expect(complete('@An', 3, { from: 0, start: 'An' }, 'Ann')).toEqual({ text: '@Ann ', at: 5 });
  });
});
