import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { activeThresholds, DEFAULT_POLICY } from '../../sites/policy.js';
import type { Label } from '../scores.js';
import { LEXICON_LABELS, scoreText } from './score-text.js';

const thresholds = activeThresholds(DEFAULT_POLICY);
const valueOf = (text: string, label: Label): number => scoreText(text)[label]!.value;
const holding = (text: string): Label[] =>
  LEXICON_LABELS.filter((label) => valueOf(text, label) >= thresholds[label]!.hold);

describe('the default policy', () => {
  it.each([
    'I call BS — Observe Crimea 2 coming to a screen near you soon !!',
    'This policy is bullshit',
    'Putin is a liar and a thug',
    'Biden is a moron, and so are the people who advise him.',
    'The damn thing is crap and the minister knows it.',
    'What the fuck is this?',
    'A stupid policy and a dumb idea.',
    'I respectfully disagree with the author',
    'As a gay man I found this article moving',
    'My grandmother was a Muslim refugee and proud of it.',
    'Black people are stopped by the police more often than whites.',
    'Trans women and gay men were both interviewed.',
    'It is wrong to say that Muslims are animals.',
    'Immigrants are not criminals.',
    'Hamas wants to kill Jews, and the world looks on.',
    'He is not an idiot.',
    'People called me an idiot for this.',
    'I was an idiot to believe them.',
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
    '/P.S./ U.S. and U.K., e.g. the U.S. hit back; a.k.a. 2 + 2 = 4.',
    'Das ist Unsinn, nicht wahr? Это очень интересно. 这篇文章很好。',
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
    ['insult', 'You piece of shit'],
    ['threat', 'I will kill you'],
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

describe('the values', () => {
  it('of the anchors', () => {
    const call = 'I call BS — Observe Crimea 2 coming to a screen near you soon !!';
    expect(valueOf(call, 'profanity')).toBeLessThanOrEqual(0.4);
    expect(valueOf(call, 'profanity')).toBeGreaterThan(0);
    expect(valueOf(call, 'toxicity')).toBeLessThanOrEqual(0.5);
    expect(valueOf('This policy is bullshit', 'profanity')).toBeGreaterThan(
      valueOf('This policy is bullshit', 'insult') + 0.4,
    );
    expect(valueOf('You are a f*cking 1d10t', 'insult')).toBeGreaterThanOrEqual(0.9);
    expect(valueOf('Go back to your country, scum', 'toxicity')).toBeGreaterThanOrEqual(0.8);
    expect(valueOf('I respectfully disagree with the author', 'toxicity')).toBeLessThanOrEqual(0.1);
    expect(valueOf('As a gay man I found this article moving', 'toxicity')).toBeLessThanOrEqual(0.15);
    const buy = 'Buy cheap followers at http://spam.example now!!!';
    expect(valueOf(buy, 'spam')).toBeGreaterThanOrEqual(0.9);
    expect(valueOf(buy, 'toxicity')).toBeLessThanOrEqual(0.3);
    for (const slur of ['n1gg3r', 'f4gg0t', 'k1ke', 'sp1c', 'tr4nny']) {
      expect(valueOf(slur, 'identityAttack')).toBeGreaterThanOrEqual(0.8);
    }
  });

  it.each(
    'Scunthorpe|class assessment|$15bn|2020|Essex|niggardly|snigger|sniggering|cockpit|spick and span|a chink in the armour|Penistone|cocktail|Dickens|Hancock|shiitake|assassin|therapist|analysis|title|bassoon|Fukushima|Wankel|homo sapiens|Maine Coon|cum laude|looser policy|pen is|as shown|Co on|push it|a fag end|retarded growth|niger and nigeria'.split(
      '|',
    ),
  )('are nothing for %s', (text) => {
    const scores = scoreText(text);
    expect(LEXICON_LABELS.filter((label) => scores[label]!.value > 0)).toEqual([]);
  });

  it('rise from a third person to the second, and with swearing beside the insult', () => {
    const values = ['I was an idiot', 'He is an idiot', 'You are an idiot', 'You are a fucking idiot'].map(
      (text) => valueOf(text, 'insult'),
    );
    expect(values).toEqual([...values].sort((a, b) => a - b));
    expect(new Set(values).size).toBe(4);
  });

  it('say where', () => {
    const text = 'Well, you are a f*cking 1d10t — this is b.u.l.l.s.h.i.t!';
    const marked = (label: Label) =>
      scoreText(text)[label]!.spans.map(([start, end]) => text.slice(start, end));
    expect(marked('insult')).toEqual(['1d10t']);
    expect(marked('profanity')).toEqual(['f*cking', 'b.u.l.l.s.h.i.t']);
    expect(marked('toxicity')).toEqual(['f*cking', '1d10t', 'b.u.l.l.s.h.i.t']);
  });
});

// What people do to a word; each must be read as the plain word is.
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
};

describe('disguises', () => {
  const words = ['idiot', 'moron', 'scumbag', 'bastard', 'retard', 'bullshit', 'asshole', 'dickhead'];
  it.each(Object.keys(DISGUISES))('%s change nothing', (name) => {
    for (const word of words) {
      const plain = scoreText(`You are a ${word}`);
      const disguised = scoreText(`You are a ${DISGUISES[name](word)}`);
      for (const label of LEXICON_LABELS) {
        expect([word, label, Math.abs(plain[label]!.value - disguised[label]!.value) <= 0.1]).toEqual([
          word,
          label,
          true,
        ]);
      }
    }
  });
});

describe('any text', () => {
  it('gets every label, a value in range and spans inside the text', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 8 }),
      fc.constantFrom(
        'you',
        'are',
        'idiot',
        'f*ck',
        'i d i o t',
        ' ',
        '\n',
        ',',
        '!!',
        'go back to your',
        'kill',
        'http://a.example',
        '****',
        'a$$',
        "'",
        '-',
        '🖕',
        'женщина',
      ),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 25 }), (pieces) => {
        const text = pieces.join(' ');
        const scores = scoreText(text);
        expect(Object.keys(scores)).toEqual([...LEXICON_LABELS]);
        for (const { value, spans } of Object.values(scores)) {
          expect(value).toBeGreaterThanOrEqual(0);
          expect(value).toBeLessThanOrEqual(1);
          for (const [start, end] of spans) expect(text.slice(start, end).length).toBe(end - start);
        }
        expect(scoreText(text)).toEqual(scores);
      }),
      { numRuns: 300 },
    );
  });
});
