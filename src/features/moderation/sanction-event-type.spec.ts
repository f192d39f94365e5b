import { describe, expect, it } from '@jest/globals';
import { sanctionEventType } from './sanction-event-type.js';

describe('the event type of a sanction change', () => {
  it.each([
    ['normal', 'banned', 'reader.banned'],
    ['banned', 'banned', 'reader.banned'],
    ['normal', 'warned', 'reader.warned'],
    ['suspended', 'normal', 'reader.reinstated'],
    ['banned', 'trusted', 'reader.reinstated'],
    ['normal', 'trusted', null],
    ['trusted', 'pre-moderated', null],
    ['normal', 'normal', null],
  ])('from %s to %s is %s', (before, after, type) => {
    expect(sanctionEventType(before, after)).toBe(type);
  });
});
