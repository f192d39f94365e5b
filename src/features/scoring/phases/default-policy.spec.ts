import { describe, expect, it } from '@jest/globals';
import { DEFAULT_POLICY } from '../../sites/policy.js';
import { LABELS } from '../scores.js';
import { runPhases } from './index.js';
import { buildPhaseInput } from './phase-input.builder.js';
import { tidyBody } from '../../comments/body.js';

/** The labels for which the default policy holds a known reader's comment; empty if it is published. */
async function heldFor(raw: string): Promise<string[]> {
  const { scores, failures } = await runPhases(buildPhaseInput({ body: tidyBody(raw), language: 'en' }));
  expect(failures).toEqual([]);
  const { thresholds } = DEFAULT_POLICY.moderation;
  return LABELS.filter((label) => scores[label]!.value >= (thresholds[label].hold ?? Infinity));
}

const RLO = '\u202e';
const PDF = '\u202c';
const backwards = (text: string): string => [...text].reverse().join('');

/** Displayed as the text although it is written backwards. */
const overridden = (text: string): string => RLO + backwards(text) + PDF;

/** Displayed as the text although each word or letter is isolated and they are written in reverse order. */
const isolated = (text: string, separator: string): string =>
  `\u2067${text
    .split(separator)
    .reverse()
    .map((part) => `\u2066${part}\u2069`)
    .join(separator)}\u2069`;

describe.each([
  {
    about: 'abuse in emoji',
    held: [
      '😀😀😀🖕🖕',
      '🖕',
      '🖕🏿',
      '🖕🏻🖕🏼🖕🏽🖕🏾',
      '🖕\ufe0f',
      'Great article, thank you 😀🖕',
      'Thanks for your view 🖕🏽 have a nice day',
      '❤️❤️❤️❤️❤️❤️❤️❤️🖕\ufe0e',
      '🐍🤡',
      '🤡🐍🤡🐍',
      '👉🤡',
      '🤡👈🏽',
      '🫵🤡',
      '🫵🏾 🐷',
      '💩🤡💩',
      '🐀🐍',
      'you 🤡',
      'u 🐍🐍',
      '🔫👉you',
      '🔫👉 you',
      'you 👉🔫',
      '🔪🫵',
      '👉🏻🔪',
      '💣👉 u',
      // Racists use it alone, so a person looks at it.
      '🐒',
      '🐒🍌',
      '🍌🐵🍌',
      '🖕🏼 this',
      'Oh 🖕 off',
      '🫵🏿🤡💩',
      '👉🏻🐖',
      'You 🐀🐀🐀!',
      '🔪👉🏽you',
      '👈🔫',
      '🐍🐍🤡🤡🐍',
      '🪓🫵',
    ],
    published: [
      '😀😀😀',
      '❤️❤️👍🏽',
      '😂😂😂😂',
      '🐍',
      '🐍🌿🦎',
      '🐶🐱🐰',
      '🙈🙉🙊',
      '👉👉👉',
      '👉 https://www.bbc.co.uk/news',
      '🍌🍓🥝 smoothie',
      '☝🏽👌🏽👏🏽',
      '🎃👻💀',
      'Water pistol fight in the park 🔫💦 on Sunday',
      '👏👏👏 well done everyone',
      '🤞🤟✌️',
      'See you 👉 Saturday',
      '🥳🎂🎈',
      '🙊 oops',
      '👉😀',
      '😂🤣💀',
      '🙈',
      '🐕🐈',
      '😡😡😡',
    ],
  },
  {
    about: 'text shown backwards by bidirectional controls',
    held: [
      overridden('kill yourself'),
      overridden('you are a filthy faggot'),
      overridden('I will kill you, John'),
      `John, ${overridden('go hang yourself')} please`,
      `${RLO}${backwards('go and kill yourself')}`,
      `Nice article.\n${RLO}${backwards('kill all the jews')}\nThanks.`,
      overridden('stupid fucking idiot'),
      `I say ${overridden('nigger')}, so what`,
      // Overridden twice, with an override in the other direction inside.
      `${RLO}${backwards('yourself')} \u202dkill${PDF}${PDF}`,
      `${RLO}${RLO}${backwards('kill yourself')}${PDF}${PDF}`,
      `\u2067${RLO}${backwards('kill yourself')}${PDF}\u2069`,
      `\u202b${overridden('kill yourself')}${PDF}`,
      isolated('kill yourself', ' '),
      isolated('kill yourself', ''),
      overridden('kíll yoursélf'.normalize('NFD')),
      'k\u202ei\u202cl\u202el\u202c yourself',
      `go ki${overridden('ll yours')}elf`,
    ],
    published: [
      overridden('The budget was passed on Tuesday'),
      overridden('What a lovely photograph (the second one)'),
      'Nice \u2068article\u2069, thank you',
      `\u202aThe council meets at noon${PDF}`,
      `I agree ${RLO}with you${PDF} on this`.replace('with you', backwards('with you')),
      '\u2067The library opens again\u2069',
      'The \u2066new\u2069 bridge opens \u2066on Monday\u2069',
      `${RLO}`,
      `Good point.${PDF}${PDF}`,
      `${RLO}${PDF}Thanks for the recipe`,
      `\u202dThe trains were late again${PDF}`,
    ],
  },
  {
    about: 'abuse in the words of an address',
    held: [
      'https://example.com/kill-yourself-john',
      'https://example.com/kill_yourself_john',
      'https://example.com/kill/yourself/john',
      'https://example.com/john?say=kill+yourself',
      'https://example.com/#go-kill-yourself',
      'https://example.com/k1ll-y0urs3lf',
      'https://example.com/%6b%69%6c%6c-yourself',
      'https://example.com/kill%20yourself%20john',
      'https://kill-yourself-john.example',
      'https://kill.yourself.john.example/x',
      'http://www.go-hang-yourself.example.com',
      'www.example.com/you-stupid-fucking-idiot',
      'example.com/you-stupid-fucking-idiot',
      'See https://example.com/i-will-kill-you-john for more',
      'https://example.com/john-you-are-a-filthy-nigger',
      'https://example.com/gas-the-jews',
      '[Read this](https://example.com/kill-yourself-john)',
      'https://example.com/all-muslims-are-filthy-rats.html',
      'https://i-will-kill-you-john.example',
      'https://x.example/we-will-find-you-and-shoot-you',
      'https://x.example/you-dumb-bitch',
      'https://x.example/?q=send+the+immigrants+back+in+coffins',
      'https://x.example/your-family-will-die-tonight',
    ],
    published: [
      'https://www.bbc.co.uk/news/world-europe-67890123',
      'https://www.nytimes.com/2024/05/03/us/suicide-prevention-hotline.html',
      'https://www.theguardian.com/world/2023/nov/12/man-shot-dead-by-police-in-london',
      'Source: https://www.reuters.com/world/us/man-charged-after-threat-to-kill-senator-2024-03-01/',
      'https://www.samaritans.org/how-we-can-help/if-youre-having-difficult-time/',
      'https://en.wikipedia.org/wiki/To_Kill_a_Mockingbird',
      'https://en.wikipedia.org/wiki/Scunthorpe_problem explains it',
      'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
      'https://docs.google.com/document/d/1aBcD3fGh-K1lLmN_0pQrStUvWxYz/edit',
      'https://www.essex.gov.uk/topic/libraries',
      'https://www.imdb.com/title/tt0266697/kill-bill-vol-1',
      'https://www.nhs.uk/conditions/breast-cancer-in-women/symptoms/',
      'https://www.amazon.co.uk/gp/product/B08N5WRWNW/ref=ox_sc_act_title_1?smid=A3P5ROKL5A1OLE&psc=1',
      'The report is here: https://www.un.org/en/genocideprevention/hate-speech',
      'https://www.cnn.com/2023/07/12/health/gun-deaths-children/index.html',
      'https://www.rspca.org.uk/adviceandwelfare/pets/dogs/behaviour',
      'https://www.bbc.co.uk/news/man-threatens-to-kill-mp',
      'https://www.nytimes.com/2023/11/12/us/politics/trump-vermin-rhetoric-fascists.html',
      'https://www.bbc.com/news/world-africa-genocide-rwanda-tutsi-cockroaches',
      'https://www.independent.co.uk/news/uk/crime/murder-knife-stabbing-london-teenager-b123.html',
      'https://stackoverflow.com/questions/1234/how-to-kill-a-child-process',
      'https://www.plannedparenthood.org/learn/stds-hiv-safer-sex',
    ],
  },
  {
    about: 'advertisements with a link',
    held: [
      'Buy cheap viagra pills online… https://pills.example',
      'Buy viagra online without prescription https://rx.example/viagra',
      'Cheap cialis and viagra, free shipping worldwide: http://meds.example',
      'Order xanax online, no prescription needed, overnight delivery www.meds.example.com',
      'Best online casino bonus! Claim your 100 free spins now https://spin.example',
      'Cheap replica Rolex watches, 80% off, order now https://watch.example',
      'Buy Instagram followers and likes cheap → https://followers.example',
      'Earn $5000 a week working from home, sign up here https://money.example',
      'Get a payday loan approved in minutes, no credit check: https://loan.example',
      'Make money fast with bitcoin trading, guaranteed profits! https://coins.example',
      'Lose 20 pounds in a week with these diet pills, order today https://slim.example',
      'Buy real passports and driving licences online at the best price https://docs.example',
      'Hot singles in your area, click here https://date.example',
      'Visit https://casino.example for the best online slots and free bonus',
      'We sell cheap generic Viagra. [Order here](https://pills.example)',
      'Discount designer handbags, free shipping, shop now at https://bags.example',
      'Need weight loss fast? Try our keto gummies, 50% off today: https://a.example',
      'Order authentic Ray Bans for $19.99, free shipping! https://a.example',
      'Double your bitcoin in 24 hours, guaranteed returns https://a.example',
      'V1agra and c1alis at best prices https://a.example',
      'Buy tramadol online cheap at pharma-store.com',
    ],
    published: [
      'My doctor prescribed viagra, and it helped. https://www.nytimes.com/2023/06/01/well/viagra.html',
      'Background on such medicines: https://www.who.int/health-topics/substandard-and-falsified-medical-products',
      'People who buy cheap viagra pills online often get fakes: https://www.fda.gov/drugs/counterfeit-medicine',
      'Do not buy viagra online without a prescription, see https://www.nhs.uk/medicines/sildenafil-viagra/',
      'My doctor prescribed viagra.',
      'The government wants to limit online casino bonuses, says https://www.bbc.co.uk/news/business-1234',
      'I buy my bread at the market, it is cheap. https://www.example.com/market',
      'Police seized replica Rolex watches worth millions https://www.theguardian.com/uk-news/rolex',
      'Bitcoin lost half its value in a year. https://www.ft.com/content/bitcoin',
      'Payday loans ruin families; the report is here https://www.citizensadvice.org.uk/payday-loans',
      'You can order the book online from your local shop: https://uk.bookshop.org/p/books/1',
      'Viagra was first tested for the heart https://en.wikipedia.org/wiki/Sildenafil',
      'Diet pills killed a student, the inquest heard https://www.bbc.co.uk/news/uk-england-1',
      'Buy cheap, buy twice, as my father said. https://www.example.com/tools',
      'Why are drugs so cheap in Canada? https://www.nytimes.com/canada-drugs',
      'They earn $5000 a week while nurses strike https://www.theguardian.com/nhs-pay',
      'Apply for your driving licence at the official site, it is cheap: https://www.gov.uk/apply-for-licence',
      'Find the real numbers on casino licences here: https://www.gamblingcommission.gov.uk/statistics',
      'I got a cheap loan from my credit union: https://www.example.org/union',
      'Become a subscriber and read the best reporting: https://www.nytimes.com',
      'My doctor prescribed viagra and the pills were cheap at https://www.boots.com',
    ],
  },
  {
    about: 'calls to hang oneself',
    held: [
      'Go hang yourself',
      'hang yourself',
      'Hang yourself, John.',
      'go hang yourself from a tree',
      'Please hang yourself with a nice rope',
      'go hang yourself a little faster',
      'Hang yourself a noose',
      'hang yourself some time soon',
      'You should hang yourself this weekend',
      'hang yourself in front of a nice picture',
      'Why don’t you hang yourself? A nice picture that would be.',
      'hang yourself you picture of misery',
      'go hang yourself a second time',
      'just hang yourself on the wall',
      'hang yourself some more',
      'do us a favour and hang yourself the moment you get home',
      'hang yourself a dozen times',
      'go hang yourself a slow, painful death',
      'go hang yourself some other day',
      'hang yourself a nice strong rope',
      'hang yourself these days',
      'shoot yourself a hole in the head',
    ],
    published: [
      'Hang yourself a nice picture',
      'go hang yourself a nice picture on the wall',
      'hang yourself some lights',
      'Hang yourself a mirror in the hall.',
      'You could hang yourself some curtains there',
      'Just hang yourself a few shelves and the room looks bigger',
      'Hang yourself a hammock in the garden and relax',
      'Why not hang yourself a calendar in the kitchen?',
      'Hang urself a poster lol',
      'Hang yourself another painting by Monet',
      'go hang yourself a wreath for Christmas',
      'Hang yourself a big old map of the world',
      'Hang yourselves some bunting for the street party',
      'Hang yourself two lamps over the table',
      'shoot yourself a deer',
      'go shoot yourself a nice film in the holidays',
    ],
  },
])('by default, $about', ({ held, published }) => {
  it.each(held)('is held: %j', async (body) => {
    expect(await heldFor(body)).not.toEqual([]);
  });

  it.each(published)('is not found in %j', async (body) => {
    expect(await heldFor(body)).toEqual([]);
  });
});
