import { describe, expect, it } from '@jest/globals';
import { MIN_REASON_SCORE } from '../refusal.js';
import { dehumanising } from './dehumanising.js';
import { insults } from './insults.js';
import { sexualRemarks } from './sexual-remarks.js';
import { threats } from './threats.js';

// The patterns were written without these sentences; those that were used are in the newspaper suite.
describe.each([
  {
    name: 'threats',
    label: 'threat' as const,
    run: threats,
    found: [
      'I am going to break your legs',
      'We know where your kids go to school.',
      'Somebody should shoot that judge',
      'I hope she gets raped',
      'You will be found in a ditch.',
      'They should all be hanged from lamp posts',
      'Watch your back.',
    ],
    notFound: [
      'The judge read out the message: "I will kill you".',
      'He threatened to burn down the house, the court heard.',
      'My wife will kill me when she sees the bill.',
      'I hope nobody gets hurt.',
      'I will not hurt you.',
      'We will beat them on Saturday.',
      'The old mill was burned down in 1911.',
    ],
  },
  {
    name: 'insults',
    label: 'insult' as const,
    run: insults,
    found: [
      'You are a complete moron',
      'Stupid old cow.',
      'What a waste of oxygen this man is',
      'Crawl back under your rock',
      'He has the brain of a peanut',
      'Your mother should have swallowed you',
      'go and eat shit, all of you',
    ],
    notFound: [
      'You are not a moron.',
      'He called me a moron.',
      'I was a moron to believe it.',
      'Our old cow gave ten litres a day.',
      'It was a waste of money.',
      '"Crawl back under your rock" is what she wrote to the widow.',
      'You are wrong about the date.',
    ],
  },
  {
    name: 'dehumanising',
    label: 'identityAttack' as const,
    run: dehumanising,
    found: [
      'They breed like rats',
      'Send them back in coffins',
      'The holocaust is a hoax',
      'Those people are all thieves',
      'Hitler was right',
    ],
    notFound: [
      'Rabbits breed in spring.',
      'He says the holocaust was a hoax, and he is a liar for it: "the holocaust is a hoax".',
      'Those people are waiting for the bus.',
      'The replacement of the bridge is late.',
      'They sent them back home by train.',
    ],
  },
  {
    name: 'sexual remarks',
    label: 'sexual' as const,
    run: sexualRemarks,
    found: [
      'I would love to spank her all night',
      'show us your boobs',
      'She slept her way to the top',
      'what colour are your knickers, love',
    ],
    notFound: [
      'Saw three great tits in the garden.',
      'She works her way to the top.',
      'Show us your sources.',
      'I would love to help her on Saturday.',
    ],
  },
])('$name', ({ label, run, found, notFound }) => {
  const valueOf = (body: string): number => (run({ body }) as Record<string, { value: number }>)[label].value;

  it.each(found)('are found in %j', (body) => {
    expect(valueOf(body)).toBeGreaterThanOrEqual(MIN_REASON_SCORE);
  });

  it.each(notFound)('are not found in %j', (body) => {
    expect(valueOf(body)).toBe(0);
  });
});
