import { describe, expect, it } from '@jest/globals';
import { embedText } from '../shipped-scores.js';
import { intents } from './intents.js';
import { announcesSelfHarm } from './self-harm-announcements.js';

const labelsFound = async (text: string): Promise<string[]> =>
  Object.entries(await intents({ body: text, embedding: () => embedText(text) })).flatMap(
    ([label, { value, spans }]) => {
      expect(spans).toEqual([]);
      expect(value === 0 || (value >= 0.6 && value <= 0.75)).toBe(true);
      return value > 0 ? [label] : [];
    },
  );

// None of these sentences is in the training data.
describe('an intent', () => {
  it.each([
    ['insult', 'Did your carer type that for you, or did you manage it by yourself?'],
    ['threat', 'We know where your kids go to school, so think before you write again.'],
    ['threat', 'The world would be a better place if you stopped breathing.'],
    ['identityAttack', 'They come here, they take everything, and their lot will never be like us.'],
    ['sexual', 'I would love to see what she has on under that newsreader blouse.'],
  ])('is found as %s in %j', async (label, text) => {
    expect(await labelsFound(text)).toContain(label);
  });

  it.each([
    'The council should publish the contract and let us judge.',
    'I have read this paper for forty years and never written in before.',
    'My grandfather came here from Poland and worked in the pits.',
    'The striker was deadly in front of goal and they were hammered.',
    'What a beautiful dress, and what a speech.',
    'You are wrong about the tariff: it was cut in 2019, not 2021.',
  ])('is not found in %j', async (text) => {
    expect(await labelsFound(text)).toEqual([]);
  });

  it('is not found in a text that was not encoded', async () => {
    const scores = await intents({ body: 'x '.repeat(20), embedding: async () => null });
    expect(Object.values(scores).map(({ value }) => value)).toEqual([0, 0, 0, 0]);
  });
});

it('an announcement of self-harm is found in words that no phrase has', async () => {
  const body = 'I can do no more of this, after tonight nobody will have to put up with me.';
  expect(announcesSelfHarm({ body }, null)).toBe(false);
  expect(announcesSelfHarm({ body }, await embedText(body))).toBe(true);
});
