import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { buildPhaseInput } from './phase-input.builder.js';
import { wordLists } from './word-lists.js';

const found = (body: string, ...banned: string[]): string[] => {
  const scores = wordLists(buildPhaseInput({ body, wordLists: { banned } }));
  return scores.bannedWords!.spans.map(([start, end]) => body.slice(start, end));
};

describe('word lists', () => {
  it('score 1 for a listed word and 0 otherwise, separately for banned and suspect', () => {
    const scores = wordLists(
      buildPhaseInput({
        body: 'A frobnicator, twice.',
        wordLists: { banned: ['gadget'], suspect: ['frobnicator'] },
      }),
    );
    expect(scores).toEqual({
      bannedWords: { value: 0, spans: [] },
      suspectWords: { value: 1, spans: [[2, 13]] },
    });
  });

  it.each([
    ['gadget', 'Gadget'],
    // Readers see markup as it was typed.
    ['gadget', 'Nice <!-- you gadget --> day to all'],
    ['gadget', 'Hello <b title="you gadget"> to all'],
    ['gadget', 'Hello <b gadget> to all'],
    ['gadget', "the gadget's end"],
    ['gadget', 'g4dg3t'],
    ['gadget', 'g@dget'],
    ['gadget', 'g a d g e t'],
    ['gadget', 'g.a.d.g.e.t'],
    ['gadget', 'gad get'],
    ['gadget', 'ga-dget'],
    ['gadget', 'gaaaadget'],
    ['gadget', 'g\u200badget'],
    ['gadget', 'gаdgеt'],
    ['gadget', 'ＧＡＤＧＥＴ'],
    ['gadget', 'g*dget'],
    ['gadg*', 'gadgetry'],
    ['*dget', 'a gadget'],
    ['*adge*', 'gadgets'],
    ['g*g*t', 'gadget'],
    ['5g', 'a 5G mast'],
    ['c0vid', 'c0vid'],
    ['big gadget', 'the BIG   gadget!'],
    ['big gad*', 'big, gadgets'],
    ['Straße', 'STRASSE'],
    ['гаджет', 'Гаджет'],
    ['垃圾', '这是垃圾新闻'],
    ['🖕', 'so 🖕 there'],
  ])('find %s in %j', (word, body) => {
    expect(found(body, word)).toHaveLength(1);
  });

  it.each([
    ['gadget', 'gadgets inspector'],
    ['gadg*', 'a badge'],
    ['*dget', 'gadgets'],
    ['ass', 'class assessment'],
    ['hit', 'shirt, white'],
    ['big gadget', 'big red gadget'],
    ['5g', 'sg'],
    ['нить', 'пить'],
    ['*', 'anything'],
  ])('do not find %s in %j', (word, body) => {
    expect(found(body, word)).toEqual([]);
  });

  it('return the spans of the words', () => {
    expect(found('A g.a.d.g.e.t and a big, G4DGET — w*rd', 'gadget', 'word')).toEqual([
      'g.a.d.g.e.t',
      'G4DGET',
      'w*rd',
    ]);
  });

  it('find any listed word in a text that consists of it', () => {
    const word = fc.string({ unit: fc.constantFrom(...'abcdexyz0159äßжщ漢*'), minLength: 1, maxLength: 12 });
    fc.assert(
      fc.property(word, fc.array(word, { maxLength: 5 }), (entry, others) => {
        fc.pre(entry.replaceAll('*', '').length > 0);
        const text = entry.replaceAll('*', 'q');
        expect(found(`so ${text} there`, ...others, entry).length).toBeGreaterThan(0);
      }),
      { numRuns: 500 },
    );
  });

  it('take bounded time for patterns made to be slow', () => {
    const patterns = [
      'a*a*a*a*a*a*a*a*a*a*a*a*b',
      '*a*a*a*a*a*a*a*b*',
      '(a+)+$',
      '.*.*.*',
      `${'*a'.repeat(49)}`,
    ];
    for (const body of [
      'a'.repeat(20_000),
      'a '.repeat(10_000),
      `${'a'.repeat(59)} `.repeat(330),
      'a*'.repeat(10_000),
    ]) {
      expect(() => found(body, ...patterns)).not.toThrow();
    }
  });
});
