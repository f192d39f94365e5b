import { describe, expect, it } from '@jest/globals';
import { MITIGATIONS } from './mitigated-insults.js';
import { TextReader } from './text-reader.js';

const reader = new TextReader();
/** Lists the words of a text that are mitigated, each with the kind of mitigation, such as "idiot: denied". */
function mitigationsIn(text: string): string[] {
  const { count, mitigation } = reader.read(text);
  return Array.from({ length: count }, (_, token) => token)
    .filter((token) => mitigation[token] !== 0)
    .map((token) => `${reader.textOf(token)}: ${MITIGATIONS[mitigation[token]]}`);
}

describe('offensive words', () => {
  it.each([
    ['She is not an idiot.', 'idiot: denied'],
    ['Our mayor was never a liar', 'liar: denied'],
    ['I don’t think they are stupid', 'stupid: denied'],
    ['Not everyone who disagrees with you is a moron.', 'moron: denied'],
    ['We were fools to sign', 'fools: of oneself'],
    ['I’m such an idiot', 'idiot: of oneself'],
    ['How stupid was I to wait', 'stupid: of oneself'],
    ['A stupid law', 'stupid: of a thing'],
    ['You are not stupid, it is the plan', 'stupid: denied'],
    ['A stupid plan, and you know it', 'stupid: of a thing'],
    ['The new headline is pathetic', 'pathetic: of a thing'],
    ['It would be stupid to sell', 'stupid: of a thing'],
    ['They called me a moron for it', 'moron: said'],
    ['Stop calling voters idiots', 'idiots: said'],
    ['What the fuck is that?', 'fuck: emphasis'],
    ['I am so f*cking late', 'fucking: emphasis'],
    ['It’s all bullshit if you ask me', 'bullshit: emphasis'],
    ['Why the hell did it close?', 'hell: mild emphasis'],
  ])('are mitigated when they attack nobody: %s', (text, word) => {
    expect(mitigationsIn(text)).toContain(word);
  });

  it.each([
    'It is not the plan that is stupid, it is you',
    'The plan is stupid, and so are you.',
    'The plan is not stupid, it’s you',
    'A stupid plan, and that means you',
    'You are an idiot.',
    'No, you are an idiot.',
    'You are not just an idiot',
    'Isn’t he an idiot?',
    'aren’t you a moron',
    'You were a fool to sign',
    'How stupid are you?',
    'the man that is stupid',
    'You stupid man and your plan',
    'I call him a moron',
    'You don’t think, moron',
    'You are fucking late',
    'Fuck you',
    'who the fuck do you think you are',
    'she is a piece of shit',
    'fucking Muslims',
    'Shut the fuck up',
    'go to hell',
  ])('are not mitigated when they attack somebody: %s', (text) => {
    expect(mitigationsIn(text)).toEqual([]);
  });
});
