import { beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { LABEL_THRESHOLDS } from '../../sites/label-thresholds.builder.js';
import type { Label } from '../scores.js';
import { MODEL_LABELS, type ModelLabel } from './labels.js';
import { decodeModel } from './model-file.js';
import { scoreText } from './score-map.js';
import { Scorer } from './scorer.js';
import { SHIPPED_MODEL, scoreByModel } from './shipped-model.js';

const SCORED: readonly Label[] = [...MODEL_LABELS, 'severeToxicity'];
const valueOf = (text: string, label: Label): number => scoreByModel(text)[label]!.value;
const holding = (text: string): Label[] =>
  Object.entries(LABEL_THRESHOLDS).flatMap(([name, { hold }]) => {
    const label = name as Label;
    return valueOf(text, label) >= hold ? [label] : [];
  });

describe('the shipped model', () => {
  let scorer: Scorer;
  beforeAll(() => {
    scorer = new Scorer(decodeModel(readFileSync(SHIPPED_MODEL)));
  });

  it('is small and states its version and origin', () => {
    expect(readFileSync(SHIPPED_MODEL).length).toBeLessThanOrEqual(4_000_000);
    const { header } = scorer.model;
    expect(header.version).toMatch(/^\d+\.\d+\.\d+$/);
    expect(header.labels).toEqual([...MODEL_LABELS]);
    expect(header.training.rows).toBeGreaterThan(0);
  });

  it('refuses a file that is not a model or is cut off', () => {
    const bytes = readFileSync(SHIPPED_MODEL);
    expect(() => decodeModel(bytes.subarray(0, 2_000_000))).toThrow('cut off');
    expect(() => decodeModel(new Uint8Array(20))).toThrow('not a model file');
  });

  it.each([
    'You are a f*cking 1d10t, and “nobody” cares 🖕',
    'Go back to your country, scum',
    'The budget was passed on Tuesday.',
    '',
    '!!!',
  ])('explains a logit exactly by its shares: %j', (text) => {
    for (const [index, label] of MODEL_LABELS.entries()) {
      const { logit, rest, shares } = scorer.explain(text, label);
      expect(rest + shares.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(logit, 9);
      expect(scorer.probabilities(text)[index]).toBeCloseTo(1 / (1 + Math.exp(-logit)), 12);
    }
  });

  it.each([
    ['spam', 'I am a subscriber.'],
    ['spam', 'Check out the report at bbc.co.uk'],
    ['spam', 'Subscribe!'],
    ['toxicity', 'A pathological mess, garbage collection and all, and Islam besides.'],
  ] as const)('gives no ordinary word more than a limited share in %s: %j', (label, text) => {
    const unlimited = new Scorer(scorer.model, {});
    for (const sign of [1, -1]) {
      const largest = (by: Scorer): number =>
        Math.max(...by.explain(text, label).shares.map(({ share }) => sign * share));
      expect(largest(scorer)).toBeLessThanOrEqual(2.5);
      if (label === 'spam' && sign === 1) expect(largest(unlimited)).toBeGreaterThan(2.5);
    }
  });

  it('does not limit a word that is abusive by itself in toxicity', () => {
    const text = 'Idiots!';
    const [before, after] = [new Scorer(scorer.model, {}), scorer].map((by) => by.explain(text, 'toxicity'));
    expect(after).toEqual(before);
    expect(Math.max(...after.shares.map(({ share }) => share))).toBeGreaterThan(2.5);
  });

  it('names the features found in a clause', () => {
    const { shares } = scorer.explain('Women are vermin', 'identityAttack');
    expect(shares.flatMap(({ features }) => features)).toContain('dehumanising>group');
  });

  it('returns every label for any text, with a value in range and spans inside the text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        'you',
        'idiot',
        'f*ck',
        'i d i o t',
        '\n',
        ',',
        '!!',
        'kill',
        'http://a.example',
        '****',
        'a$$',
        "'",
        '🖕',
        '"',
        'ﷺ',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = pieces.join(' ');
        const scores = scoreText(scorer, text);
        expect(Object.keys(scores).sort()).toEqual([...SCORED].sort());
        for (const { value, spans } of Object.values(scores)) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
          for (const [start, end] of spans) expect(text.slice(start, end).length).toBe(end - start);
        }
        expect(scoreText(scorer, text)).toEqual(scores);
      }),
      { numRuns: 200 },
    );
  });

  it('reads a megabyte of any text up to its limit', () => {
    for (const piece of ['a', 'a ', 'f*', 'i d i o t ', '🖕', 'women are all vermin, '])
      expect(Object.keys(scoreText(scorer, piece.repeat(1_000_000 / piece.length)))).toHaveLength(
        SCORED.length,
      );
  });
});

describe('under the default policy', () => {
  it.each([
    'I call BS — Observe Crimea 2 coming to a screen near you soon !!',
    'This policy is bullshit',
    'Putin is a liar and a thug',
    'Biden is a moron, and so are the people who advise him.',
    'The damn thing is crap and the minister knows it.',
    'I respectfully disagree with the author',
    'As a gay man I found this article moving',
    'My grandmother was a Muslim refugee and proud of it.',
    'Black people are stopped by the police more often than whites.',
    'Trans women and gay men were both interviewed.',
    'It is wrong to say that Muslims are animals.',
    'Immigrants are not criminals.',
    'Hamas wants to kill Jews, and the world looks on.',
    'People called me an idiot for this.',
    'You are wrong about the deficit.',
    'Please don’t kill yourself over a football game.',
    'My wife will kill me when she sees the bill.',
    'This will kill the economy. Kill the bill!',
    'The suspect was shot dead by police.',
    'We will all die one day.',
    'I know where you are coming from.',
    'Watch your back when lifting boxes.',
    'When I go back to my country I miss the rain.',
    'Nurses earn 20 dollars an hour and work from home on no day.',
    'The casino economy needs cheap loans.',
    'Subscribe to the print edition for the crossword.',
    'The company made $1.2bn, up 15% on 2023; the A320 line sold 4x more, and the Galaxy A55 less.',
    // Emphasis, negation, oneself, a thing, a quotation
    'What the fuck is this?',
    'Holy shit, what a game.',
    'These fucking potholes ruined my tyres.',
    'Who the fuck approved this budget?',
    'Damn, gas prices are up again.',
    'He is not an idiot.',
    'Nobody here thinks you are stupid.',
    'Not everyone who disagrees with you is a moron.',
    'A stupid policy and a dumb idea.',
    'The stupid printer is broken again.',
    'It would be stupid to sell now.',
    'Idiotic decision by the referee.',
    'I was an idiot to believe them.',
    'How stupid was I to trust the bank.',
    'We were fools to trust this government.',
    'Stop calling people idiots.',
    'My brother called me a moron for buying it.',
    // Common comments below any story
    'Two women were killed by their husbands last year.',
    'Old people can’t afford heating.',
    'They should hang their heads in shame.',
    'Let’s kill this bill before it ruins our schools.',
    'Crime is up, and immigrants are not to blame.',
    'It’s a ridiculous waste of taxpayers’ money.',
    'The church protected abusers for decades.',
    'Israel bombed a hospital and nobody is held to account.',
    'Why are we still arguing about this? The science is settled.',
    'We need to stop treating addicts like criminals.',
    '/P.S./ U.S. and U.K., e.g. the U.S. hit back; a.k.a. 2 + 2 = 4.',
  ])('publishes: %s', (text) => {
    expect(holding(text)).toEqual([]);
  });

  it.each([
    ['identityAttack', 'n1gg3r'],
    ['identityAttack', 'f4gg0t'],
    ['identityAttack', 'k1ke'],
    ['identityAttack', 'those sp1cs'],
    ['identityAttack', 'tr4nny'],
    ['identityAttack', 'Muslims are animals'],
    ['identityAttack', 'Kill all jews'],
    ['identityAttack', 'Just go back to Africa then, just go back to your own country'],
    ['insult', 'You are a f*cking 1d10t'],
    ['insult', 'Go back to your country, scum'],
    ['insult', 'you moron'],
    ['insult', 'Your an idiot'],
    ['insult', 'Fuck you'],
    ['insult', '#FuckYou'],
    ['insult', 'You are not just an idiot, you are a liar'],
    ['insult', 'No, you are an idiot'],
    ['insult', 'You were an idiot to believe them'],
    ['insult', 'You and your stupid policy, moron'],
    ['toxicity', 'What the fuck is wrong with you'],
    ['toxicity', 'You are so fucking stupid'],
    ['insult', 'You piece of shit'],
    ['threat', 'I will kill you'],
    ['threat', 'Nice <!-- you fucking idiot, I will kill you --> day to all of my friends'],
    ['insult', 'Hello <b title="you fucking idiot"> to everybody in the town'],
    ['threat', 'I’ll k1ll you'],
    ['threat', 'kys'],
    ['threat', 'I know where you live'],
    ['threat', 'I hope you die'],
    ['threat', 'Somebody should shoot him'],
    ['threat', 'They deserve to be hanged'],
    ['sexual', 'suck my d1ck'],
    ['spam', 'Buy cheap followers at http://spam.example now!!!'],
    ['spam', 'Hot singles in your area, click here www.x.example'],
    ['spam', 'I earn $500 per day online, contact me on WhatsApp +1 234 567 8900'],
  ] as const)('holds for %s: %s', (label, text) => {
    expect(holding(text)).toContain(label);
  });
});

describe('score values', () => {
  it.each<[string, Label, '<=' | '>=', number]>([
    ['I call BS — Observe Crimea 2 coming to a screen near you soon !!', 'toxicity', '<=', 0.5],
    ['You are a f*cking 1d10t', 'insult', '>=', 0.9],
    ['Go back to your country, scum', 'toxicity', '>=', 0.8],
    ['I respectfully disagree with the author', 'toxicity', '<=', 0.1],
    ['As a gay man I found this article moving', 'toxicity', '<=', 0.15],
    ['Buy cheap followers at http://spam.example now!!!', 'spam', '>=', 0.9],
    ['Buy cheap followers at http://spam.example now!!!', 'toxicity', '<=', 0.3],
  ])('for %j, %s must be %s %d', (text, label, sign, bound) => {
    const value = valueOf(text, label);
    expect([value, sign === '<=' ? value <= bound : value >= bound]).toEqual([value, true]);
  });

  it('distinguish swearing from an insult', () => {
    const scores = scoreByModel('This policy is bullshit');
    expect(scores.profanity!.value).toBeGreaterThan(scores.insult!.value + 0.4);
  });

  it.each(
    'Scunthorpe|class assessment|$15bn|2020|Essex|niggardly|cockpit|spick and span|a chink in the armour|Penistone|cocktail|shiitake|assassin|therapist|homo sapiens|Maine Coon|cum laude'.split(
      '|',
    ),
  )('are low for the harmless text %s', (text) => {
    expect(SCORED.filter((label) => valueOf(text, label) >= 0.5)).toEqual([]);
  });
});

// Ways in which people disguise a word; each must be read like the plain word.
const DISGUISES: Record<string, (word: string) => string> = {
  'digits for letters': (word) =>
    word.replace(/[oiea]/g, (letter) => ({ o: '0', i: '1', e: '3', a: '4' })[letter]!),
  'signs for letters': (word) => word.replace(/[ias]/g, (letter) => ({ i: '!', a: '@', s: '$' })[letter]!),
  'a masked letter': (word) => `${word[0]}*${word.slice(2)}`,
  'spaces between': (word) => [...word].join(' '),
  'full stops between': (word) => [...word].join('.'),
  'hyphens between': (word) => [...word].join('-'),
  'stretched letters': (word) => word.replace(/[aeiou]/g, '$&$&$&$&'),
  'zero-width spaces': (word) => [...word].join('\u200b'),
  'combining marks': (word) => [...word].join('\u0336'),
  'Cyrillic letters': (word) =>
    word.replace(/[aeiocp]/g, (letter) => ({ a: 'а', e: 'е', i: 'і', o: 'о', c: 'с', p: 'р' })[letter]!),
  'full-width letters': (word) =>
    word.replace(/[a-z]/g, (letter) => String.fromCodePoint(letter.codePointAt(0)! + 0xfee0)),
  'bold letters': (word) =>
    word.replace(/[a-z]/g, (letter) => String.fromCodePoint(letter.codePointAt(0)! - 97 + 0x1d41a)),
  accents: (word) => word.replace(/[aeiou]/g, '$&\u0301').normalize('NFC'),
  capitals: (word) => word.toUpperCase(),
  'small capitals': (word) =>
    word.replace(/[a-z]/g, (letter) => 'ᴀʙᴄᴅᴇꜰɢʜɪᴊᴋʟᴍɴᴏᴘqʀꜱᴛᴜᴠᴡxʏᴢ'[letter.charCodeAt(0) - 97]),
  'letters in black boxes': (word) =>
    word.replace(/[a-z]/g, (letter) => String.fromCodePoint(letter.codePointAt(0)! + 0x1f170 - 97)),
  'letters of flags, apart': (word) =>
    [...word].map((letter) => String.fromCodePoint(letter.codePointAt(0)! + 0x1f1e6 - 97)).join('\u200b'),
  'heaps of marks': (word) => [...word].map((letter) => `${letter}\u0300\u0316\u0323\u0489`).join(''),
  'a bold letter of Markdown': (word) => `**${word[0]}**${word.slice(1)}`,
  'emphasis of Markdown': (word) => `_${word}_`,
  'a hashtag': (word) => `#${word}`,
};

describe('disguised words', () => {
  const words = ['idiot', 'moron', 'scumbag', 'bastard', 'retard', 'bullshit', 'asshole', 'dickhead'];
  it.each(Object.keys(DISGUISES))('written with %s score the same as plain words', (name) => {
    for (const word of words) {
      const plain = scoreByModel(`You are a ${word}`);
      const disguised = scoreByModel(`You are a ${DISGUISES[name](word)}`);
      for (const label of MODEL_LABELS) {
        const difference = Math.abs(plain[label]!.value - disguised[label]!.value);
        expect([word, label, difference <= 0.1 ? 'alike' : difference]).toEqual([word, label, 'alike']);
      }
    }
  });

  it('are covered by spans, without the small words around them', () => {
    const text = 'You are an idiot, and everybody here knows that you are!';
    const { spans } = scoreByModel(text).insult!;
    expect(spans.map(([start, end]) => text.slice(start, end))).toEqual(['idiot']);
  });

  it('are covered by spans as they were written', () => {
    const text = '👍 You are a f*cking 1d10t, and this is b.u.l.l.s.h.i.t';
    const marked = (label: ModelLabel): string[] =>
      scoreByModel(text)[label]!.spans.map(([start, end]) => text.slice(start, end));
    expect(marked('insult').join(' ')).toContain('1d10t');
    expect(marked('profanity').join(' ')).toContain('f*cking');
  });
});
