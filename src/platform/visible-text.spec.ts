import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { countChars, isBlank, truncateChars, visibleText } from './visible-text.js';

describe('visibleText', () => {
  it.each([
    ['composes characters', 'e\u0301', 'é'],
    ['normalises line ends', 'a\r\nb\rc\u2028d\u0085e', 'a\nb\nc\nd\ne'],
    ['replaces tabs by spaces', 'a\tb', 'a b'],
    ['drops NUL and control characters', 'a\0b\x07c\x9bd\x7f', 'abcd'],
    ['drops broken surrogates', 'a\ud83db\udc00', 'ab'],
    ['reads an override as it is displayed', 'a\u202eevil\u202c \u2066x\u2069', 'alive x'],
    ['ends an override with its line', '\u202e(olleh)\nworld', '(hello)\nworld'],
    ['reads nested overrides', '\u202e\u202edc ba\u202c \u202d1 2\u202c\u202c', '1 2 ab cd'],
    ['reads neighbouring overrides as one', '\u202ec\u202c\u202eb\u202c\u202ea\u202c', 'abc'],
    ['reads isolates in right-to-left text', '\u2067\u2066bad\u2069\u2066so \u2069\u2069', 'so bad'],
    [
      'keeps letters together under an override',
      '\u202ee\u0301\u0302n👩\u200d👧a\u202c',
      'a👩\u200d👧né\u0302',
    ],
    ['keeps the order of right-to-left letters', '\u202eשלום, world\u202c', 'שלום, world'],
    ['reads text under an unfinished override', 'ok \u202a\u202b\u2067\u202eba', 'ok ab'],
    ['ignores terminators that end nothing', '\u202c\u2069a\u2069\u202cb', 'ab'],
    ['drops direction marks among left-to-right letters', 'id\u200eio\u200ft', 'idiot'],
    ['keeps direction marks beside right-to-left letters', 'שלום\u200f!', 'שלום\u200f!'],
    ['drops zero-width characters in a word', 'id\u200bi\u2060o\ufefft\u00ad s\u200ct\u200dop', 'idiot stop'],
    ['keeps the joiner of a family', '👩\u200d👩\u200d👧', '👩\u200d👩\u200d👧'],
    ['keeps the joiner after a skin tone and a selector', '👩🏽\u200d🚀 🏳️\u200d🌈', '👩🏽\u200d🚀 🏳️\u200d🌈'],
    ['drops a joiner that joins an emoji to a word', '👩\u200dword', '👩word'],
    ['keeps the non-joiner of Persian', 'می\u200cخواهم', 'می\u200cخواهم'],
    ['keeps the joiner of Devanagari', 'क्\u200dष', 'क्\u200dष'],
    [
      'keeps the tags of a flag',
      '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
      '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}',
    ],
    ['drops text made of tag characters', 'hi\u{e0068}\u{e0069}\u{e007f}', 'hi'],
    ['keeps a keycap and a heart', '1\ufe0f\u20e3 ❤\ufe0f', '1\ufe0f\u20e3 ❤\ufe0f'],
    ['drops variation selectors after letters', 'a\ufe0fb\u{e0101}', 'ab'],
    ['drops Hangul fillers', 'a\u3164\u115fb', 'ab'],
    ['limits stacked marks', 'Z' + '\u0335\u0301'.repeat(9) + 'a', 'Ź\u0335\u0335a'],
    ['keeps Vietnamese', 'Tiếng Việt nặng', 'Tiếng Việt nặng'],
    ['keeps Thai and Hebrew with points', 'ที่นี้ בְּרֵאשִׁית', 'ที่นี้ בְּרֵאשִׁית'.normalize('NFC')],
  ])('%s', (_, raw, visible) => {
    expect(visibleText(raw)).toBe(visible);
  });

  it('does not change further on a second pass, for random input', () => {
    const specialCharacter = fc.constantFrom(
      ...'\u200d\u200c\u200b\u202b\u202c\u202d\u202e\u2066\u2067\u2069\u0301\u0323\ufe0f\u{e0067}\u{e007f}👩🏽🏴aéमہ1\u20e3\n\r\t\0'.match(
        /./gsu,
      )!,
    );
    const anyText = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(specialCharacter, { maxLength: 40 }).map((parts) => parts.join('')),
    );
    fc.assert(
      fc.property(anyText, (raw) => {
        const once = visibleText(raw);
        expect(visibleText(once)).toBe(once);
        expect(once.isWellFormed()).toBe(true);
        expect(once).not.toMatch(/[\0\u202a-\u202e\u2066-\u2069\u200b]/);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('text length', () => {
  it.each([
    ['plain text', 10],
    ['naïve — “so”', 12],
    ['👩\u200d👩\u200d👧', 1],
    ['🇩🇪🇫🇷', 2],
    ['नमस्ते', 3],
    ['e\u0301', 1],
    ['', 0],
  ])('counts %s as %d', (text, chars) => {
    expect(countChars(text)).toBe(chars);
  });

  it('is the same with both ways of counting', () => {
    const all = Array.from({ length: 0x2100 }, (_, code) => String.fromCharCode(code));
    for (const char of all)
      expect(countChars(`a${char}b`)).toBe([...new Intl.Segmenter().segment(`a${char}b`)].length);
  });

  it('truncates only between whole characters', () => {
    expect(truncateChars('👩\u200d👩\u200d👧👍x', 2)).toBe('👩\u200d👩\u200d👧👍');
    expect(truncateChars('abc', 3)).toBe('abc');
  });

  it.each([' \n', '\u2800', '\u200f', '\u3000\u00a0', '\u0301'])('recognises %j as blank', (text) => {
    expect(isBlank(text)).toBe(true);
  });
});
