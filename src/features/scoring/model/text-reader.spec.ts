import { describe, expect, it } from '@jest/globals';
import { MAX_UNITS, TextReader } from './text-reader.js';

const reader = new TextReader();
const wordsOf = (text: string): string[] => {
  const read = reader.read(text);
  return Array.from({ length: read.count }, (_, token) => read.textOf(token));
};

describe('the text reader', () => {
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
    // Letters separated by marks, emoji and lines
    ['you i - d - i - o - t', 'you idiot'],
    ['i 🙂 d 🙂 i 🙂 o 🙂 t', 'idiot'],
    ['i🙂d🙂i🙂o🙂t now', 'idiot now'],
    ['i. d. i. o. t.', 'idiot .'],
    ['i, d, i, o, t!', 'idiot !'],
    ['[i] [d] [i] [o] [t]', 'idiot'],
    ['i • d • i • o • t', 'idiot'],
    ['i → d → i → o → t', 'idiot'],
    ['i\n-\nd\n-\ni\n-\no\n-\nt', 'idiot'],
    ['i\nd\ni\no\nt', 'idiot'],
    ['k - i - l - l - a - l - l - j - e - w - s', 'kill all jews'],
    ['a r - e - t - a - r - d', 'a retard'],
    ['ｉ - 𝐝 - i - о - t', 'idiot'],
    // Letters that look like others or are upside down
    ['🇮🇩🇮🇴🇹', 'idiot'],
    ['🇸🇱🇺🇹', 'slut'],
    ['ʇoᴉpᴉ', 'idiot'],
    ['sɯᴉlsnɯ', 'muslims'],
    ['ʇoᴉpᴉ uɐ ǝɹɐ noʎ', 'you are an idiot'],
    ['an idᴉot', 'an idiot'],
    ['ldlot', 'idiot'],
    ['stupld musllms', 'stupid muslims'],
    ['k111', 'kill'],
    ['fu(king', 'fucking'],
    ['(unt', 'cunt'],
    ['you (i)(d)(i)(o)(t)!', 'you idiot !'],
    ['{i}{d}{i}{o}{t}', 'idiot'],
    ['([i] [d] [i] [o] [t])', 'idiot )'],
    ['(i d i o t)', '( idiot )'],
    ['klll all musllms', 'kill all muslims'],
    // Tags between the letters, which a page does not show
    ['id<b></b>iot', 'idiot'],
    ['<i>i</i>d<em class="x">i</em>o<!-- -->t', 'idiot'],
    ['f<b></b>*ck', 'fuck'],
    ['i<br>d<br/>i<br />o<br>t', 'idiot'],
    ['you<br>idiot', 'you idiot'],
    // Words with spaces in them, with a missing letter, and several in one
    ['wo men are st upid', 'women are stupid'],
    ['I h ate wo m en', 'i hate women'],
    ['sc u m', 'scum'],
    ['disab led pe ople', 'disabled people'],
    ['g a y people', 'gay people'],
    ['wmen, blck peple', 'women , black people'],
    ['gaypeopleshould be shot', 'gay people should be shot'],
    ['getridofdisabledpeople', 'get rid of disabled people'],
    // Words that are none of these
    ['worth less than it is', 'worth less than it is'],
    ['a hole, who re-opened it, be heading home', 'a hole , who re opened it , be heading home'],
    ['pick a site, the moon is pure', 'pick a site , the moon is pure'],
    ['I am. Wo, men', 'i am . wo , men'],
    ['Not bad, as Ian says', 'not bad , as ian says'],
    // Backwards, with a hint
    ['toidi, read it backwards', 'idiot , read it backwards'],
    ['toidi na era uoy (reversed)', 'you are an idiot ( reversed )'],
    ['kill all swej in reverse', 'kill all jews in reverse'],
    // Several words written as one
    ['Ihatewomen', 'i hate women'],
    ['killallgays', 'kill all gays'],
    ['muslimsarescum', 'muslims are scum'],
    ['I haet Jwes', 'i hate jews'],
  ])('reads %j as %j', (text, words) => {
    expect(wordsOf(text).join(' ')).toBe(words);
  });

  it.each(['Scunthorpe', 'class assessment', 'Essex', 'pen is', 'push it', 'a shift', 'Dickens', 'cockpit'])(
    'leaves %j as it is',
    (text) => {
      expect(wordsOf(text).join(' ')).toBe(text.toLowerCase());
    },
  );

  it.each([
    ['F - B - I', 'f - b - i'],
    ['a - b - c - d', 'a - b - c - d'],
    ['A, B, C or D', 'a , b , c or d'],
    ['A | B | C | D', 'a | b | c | d'],
    ['J. R. R. Tolkien', 'j . r . r . tolkien'],
    ['🇩🇪🇫🇷🇮🇹', 'emoji emoji emoji'],
    ['(until fully)', '( until fully )'],
    ['Is it A? I think so', 'is it a ? i think so'],
    ['x 🙂 y 🙂 z', 'x smile y smile z'],
    ['therapists and menaces', 'therapists and menaces'],
    ['I <3 it, 2 < 3 and 4 > 1', 'i < 0 it , 0 < 0 and 0 > 0'],
    ['<sarcasm>great</sarcasm>', '< sarcasm great sarcasm >'],
    ['toidi', 'toidi'],
    ['the gals live backwards', 'the gals live backwards'],
    [
      'it came in reverse order, the star of the evening',
      'it came in reverse order , the star of the evening',
    ],
  ])('finds nothing hidden in %j', (text, words) => {
    expect(wordsOf(text).join(' ')).toBe(words);
  });

  it('keeps the offsets of spaced-out letters', () => {
    const text = 'Oh i 🙂 d 🙂 i 🙂 o 🙂 t, 🇮🇩🇮🇴🇹';
    const read = reader.read(text);
    const found = Array.from({ length: read.count }, (_, token) => token)
      .filter((token) => read.textOf(token) === 'idiot')
      .map((token) => text.slice(read.from[token], read.to[token]));
    expect(found).toEqual(['i 🙂 d 🙂 i 🙂 o 🙂 t', '🇮🇩🇮🇴🇹']);
  });

  it('keeps the offsets of letters between tags and of words written backwards', () => {
    const text = 'You <b>id</b>iot, and a toidi (backwards)';
    const read = reader.read(text);
    const found = Array.from({ length: read.count }, (_, token) => token)
      .filter((token) => read.textOf(token) === 'idiot')
      .map((token) => text.slice(read.from[token], read.to[token]));
    expect(found).toEqual(['id</b>iot', 'toidi']);
  });

  it('keeps the offsets of the original text', () => {
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
    '<',
    '<b',
    '<b>',
    '<br>a',
    'toidi backwards ',
  ])('stops at its limit for text made of %j', (piece) => {
    const read = reader.read(piece.repeat(1_000_000 / piece.length));
    expect(read.count).toBeLessThanOrEqual(2 * MAX_UNITS);
    for (let token = 0; token < read.count; token += 97) {
      expect(read.from[token]).toBeLessThanOrEqual(read.to[token]);
      expect(read.to[token]).toBeLessThanOrEqual(MAX_UNITS);
    }
  });
});
