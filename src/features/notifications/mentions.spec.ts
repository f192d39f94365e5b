import { describe, expect, it } from '@jest/globals';
import { findMentioned } from './mentions.js';

const people = ['Ann', 'Ann Lee', 'Zoë', 'عمر', 'Piet-Jan', 'Ann'].map((name, n) => ({
  id: String(n),
  name,
}));
const ids = (body: string) => findMentioned(body, people).map(({ id }) => id);

describe('mentions', () => {
  it('match whole names after an @, in any case and script', () => {
    expect(ids('@zoë and @عمر, what do you say?')).toEqual(['2', '3']);
    expect(ids('Ask @PIET-JAN.')).toEqual(['4']);
    expect(ids('@Zoe\u0308!')).toEqual(['2']);
  });

  it('match the longest name, and everyone who has it', () => {
    expect(ids('@Ann Lee knows')).toEqual(['1']);
    expect(ids('@Ann Leeds knows')).toEqual(['0', '5']);
    expect(ids('@Ann, @Ann Lee')).toEqual(['0', '1', '5']);
  });

  it('do not match longer words and email addresses', () => {
    expect(ids('@Anna and @Zoëlla')).toEqual([]);
    expect(ids('mail@ann.example')).toEqual([]);
    expect(ids('Ann said so @')).toEqual([]);
  });
});
