import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkBody, MAX_BODY_BYTES } from './body.js';

const limits = { minChars: 1, maxChars: 5000 };
const refusalCode = (raw: string, applied = limits) => {
  const check = checkBody(raw, applied);
  return check.ok ? null : check.code;
};

describe('checkBody', () => {
  it.each([
    ['  I call BS  ', '  I call BS'],
    ['\n\n one\t \r\n\r\n\r\n\r\n\r\ntwo\u00a0\n', ' one\n\n\ntwo'],
    ['cafe\u0301', 'café'],
    ['a\0b\u202ec', 'abc'],
    ['👍', '👍'],
  ])('stores %j as %j', (raw, body) => {
    expect(checkBody(raw, limits)).toMatchObject({ ok: true, body });
  });

  it('counts characters as readers see them', () => {
    expect(checkBody('👩\u200d👩\u200d👧 é', limits)).toMatchObject({ chars: 3 });
  });

  it.each(['', ' \n\t', '\u200b\u200b', '\u3164', '\u2800 \u2800', '\u202e', '\0', '\ud800'])(
    'refuses %j as empty',
    (raw) => {
      expect(refusalCode(raw)).toBe('empty');
    },
  );

  it('applies the length limits per visible character', () => {
    const customLimits = { minChars: 3, maxChars: 4 };
    expect(['👍👍', '👍👍👍', '👍👍👍👍', '👍👍👍👍👍'].map((raw) => refusalCode(raw, customLimits))).toEqual(
      ['too-short', null, null, 'too-long'],
    );
    expect(checkBody('👍', customLimits)).toMatchObject({
      message: 'A comment here needs at least 3 characters; this one has 1.',
    });
  });

  it('accepts 20,000 bytes and no more', () => {
    const customLimits = { minChars: 1, maxChars: 20_000 };
    expect(refusalCode('é'.repeat(MAX_BODY_BYTES / 2), customLimits)).toBeNull();
    expect(refusalCode('é'.repeat(MAX_BODY_BYTES / 2) + 'e', customLimits)).toBe('too-large');
    // U+1D160 takes four bytes in UTF-8; composed, it takes twelve.
    expect(refusalCode('\u{1d160}'.repeat(MAX_BODY_BYTES / 4), customLimits)).toBe('too-large');
  });

  it('leaves a body that it already normalized unchanged', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 200 }), (raw) => {
        const check = checkBody(raw, limits);
        if (check.ok) expect(checkBody(check.body, limits)).toEqual(check);
      }),
      { numRuns: 500 },
    );
  });
});
