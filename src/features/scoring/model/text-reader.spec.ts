import { describe, expect, it } from '@jest/globals';
import { MAX_UNITS, TextReader } from './text-reader.js';

const reader = new TextReader();
const wordsOf = (text: string): string[] => {
  const read = reader.read(text);
  return Array.from({ length: read.count }, (_, token) => read.textOf(token));
};

describe('a text is read', () => {
  it.each([
    ['You are an idiot.', 'you are an idiot .'],
    ['You are a f*cking 1d10t', 'you are a fucking idiot'],
    ['i d i o t', 'idiot'],
    ['You i.d.i.o.t!', 'you idiot !'],
    ['You idioooot', 'you idiot'],
    ['an id\u200biot', 'an idiot'],
    ['an іdіоt', 'an idiot'],
    ['ＩＤＩＯＴ', 'idiot'],
    ['𝐢𝐝𝐢𝐨𝐭', 'idiot'],
    ['i̶d̶i̶o̶t̶', 'idiot'],
    ['bull shit', 'bullshit'],
    ['Don’t, he’s right', 'dont , hes right'],
    ['sooo cooool', 'so cool'],
    ['In 2020 it was $15bn', 'in 0000 it was $ 00bn'],
    ['🖕 you', 'middlefinger you'],
    ['and/or well-known', 'and or well known'],
    ['see https://www.bbc.example/x?y=1 now', 'see httpurl bbc. example. now'],
    ['@someone hello', 'usermention hello'],
    ['', ''],
  ])('%j as %j', (text, words) => {
    expect(wordsOf(text).join(' ')).toBe(words);
  });

  it.each(['Scunthorpe', 'class assessment', 'Essex', 'pen is', 'push it', 'a shift', 'Dickens', 'cockpit'])(
    '%j as it is',
    (text) => {
      expect(wordsOf(text).join(' ')).toBe(text.toLowerCase());
    },
  );

  it('with the offsets of the text as it was', () => {
    const text = '👍 You f*ck\u200bing  i d i o t, “b.u.l.l.s.h.i.t”';
    const read = reader.read(text);
    const parts = Array.from({ length: read.count }, (_, token) => [
      read.textOf(token),
      text.slice(read.from[token], read.to[token]),
    ]);
    expect(Object.fromEntries(parts)).toMatchObject({
      you: 'You',
      fucking: 'f*ck\u200bing',
      idiot: 'i d i o t',
      bullshit: 'b.u.l.l.s.h.i.t',
      thumbsup: '👍',
    });
  });

  it.each([
    'a',
    'a ',
    'f*',
    'f***k ',
    "a'",
    'f u c k ',
    'a--b ',
    '.',
    'ж',
    '🖕',
    'a1!',
    '"',
    'ﷺ',
    '@',
    'http://',
    '\u0300',
  ])('up to its bound, whatever it is made of: %j', (piece) => {
    const read = reader.read(piece.repeat(1_000_000 / piece.length));
    expect(read.count).toBeLessThanOrEqual(2 * MAX_UNITS);
    for (let token = 0; token < read.count; token += 97) {
      expect(read.from[token]).toBeLessThanOrEqual(read.to[token]);
      expect(read.to[token]).toBeLessThanOrEqual(MAX_UNITS);
    }
  });
});
