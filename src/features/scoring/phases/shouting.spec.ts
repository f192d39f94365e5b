import { describe, expect, it } from '@jest/globals';
import { buildPhaseInput } from './phase-input.builder.js';
import { shouting } from './shouting.js';

const scored = (body: string) => shouting(buildPhaseInput({ body })).shouting!;

describe('the shouting score', () => {
  it.each(['THIS IS WHAT HAPPENS WHEN NOBODY LISTENS', 'ЭТО СОВЕРШЕННО НЕВОЗМОЖНО ТЕРПЕТЬ ДАЛЬШЕ'])(
    'is high for %j',
    (body) => {
      expect(scored(body).value).toBeGreaterThanOrEqual(0.9);
      expect(scored(`${body}!!!`).value).toBe(1);
    },
  );

  it.each([
    '𝐓𝐇𝐈𝐒 𝐈𝐒 𝐖𝐇𝐀𝐓 𝐇𝐀𝐏𝐏𝐄𝐍𝐒 𝐖𝐇𝐄𝐍 𝐍𝐎𝐁𝐎𝐃𝐘 𝐋𝐈𝐒𝐓𝐄𝐍𝐒',
    'ＴＨＩＳ ＩＳ ＷＨＡＴ ＨＡＰＰＥＮＳ ＷＨＥＮ ＮＯＢＯＤＹ ＬＩＳＴＥＮＳ',
    'T H I S  I S  W H A T  H A P P E N S  W H E N  N O B O D Y  L I S T E N S',
    'T H I S I S W H A T H A P P E N S W H E N N O B O D Y L I S T E N S',
    'Y.O.U N.E.V.E.R L.I.S.T.E.N A.N.Y M.O.R.E',
  ])('is high for %j, written in other letters', (body) => {
    const { value, spans } = scored(body);
    expect(value).toBeGreaterThanOrEqual(0.8);
    expect(spans.at(-1)![1]).toBe(body.length);
  });

  it.each([
    'I agree.',
    'The initials J. R. R. and U. S. A. stand in the book that I read, and so do A B C and D.',
    'WOW',
    'NATO, the EU and the USA agreed with the UN on Tuesday.',
    'That is NOT what the minister said in the interview.',
    'HTTPS://PAPER.EXAMPLE/ONE/TWO/THREE is where I read it yesterday',
    '这是一篇非常有意思的文章，谢谢作者',
    '1234567890 !!!!!!',
  ])('is 0 for %j', (body) => {
    expect(scored(body)).toEqual({ value: 0, spans: [] });
  });

  it('is partial for a text that shouts in part, with the spans', () => {
    const body = 'I have told you before: STOP TAKING OUR MONEY NOW please';
    const { value, spans } = scored(body);
    expect(value).toBeGreaterThan(0.2);
    expect(value).toBeLessThan(0.7);
    expect(spans.map(([start, end]) => body.slice(start, end))).toEqual([
      'STOP',
      'TAKING',
      'OUR',
      'MONEY',
      'NOW',
    ]);
  });
});
