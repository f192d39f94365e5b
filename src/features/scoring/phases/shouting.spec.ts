import { describe, expect, it } from '@jest/globals';
import { aPhaseInput } from './phase-input.builder.js';
import { shouting } from './shouting.js';

const scored = (body: string) => shouting(aPhaseInput({ body })).shouting!;

describe('shouting', () => {
  it.each(['THIS IS WHAT HAPPENS WHEN NOBODY LISTENS', 'ЭТО СОВЕРШЕННО НЕВОЗМОЖНО ТЕРПЕТЬ ДАЛЬШЕ'])(
    'is all of %j',
    (body) => {
      expect(scored(body).value).toBeGreaterThanOrEqual(0.9);
      expect(scored(`${body}!!!`).value).toBe(1);
    },
  );

  it.each([
    'I agree.',
    'WOW',
    'NATO, the EU and the USA agreed with the UN on Tuesday.',
    'That is NOT what the minister said in the interview.',
    'HTTPS://PAPER.EXAMPLE/ONE/TWO/THREE is where I read it yesterday',
    '这是一篇非常有意思的文章，谢谢作者',
    '1234567890 !!!!!!',
  ])('is nothing of %j', (body) => {
    expect(scored(body)).toEqual({ value: 0, spans: [] });
  });

  it('is part of a text that is loud in part, and says where', () => {
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
