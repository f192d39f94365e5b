import { describe, expect, it } from '@jest/globals';
import { encodeLanguageModel } from '../language-models/language-model-file.js';
import { scoreWith } from '../language-models/language-scorer.js';
import type { Row } from './dataset.js';
import { trainLanguageModel } from './train-language-model.js';

const WORDS = ['Brücke', 'Schule', 'Wetter', 'Zeitung', 'Garten', 'Steuer', 'Stadt', 'Haus'];
const rows: Row[] = Array.from({ length: 240 }, (_, at) => {
  const isAbusive = at % 3 === 0;
  const topic = `${WORDS[at % 8]} und ${WORDS[(at * 5 + 3) % 8]}`;
  return {
    text: isAbusive ? `Du Schwachkopf mit ${topic}` : `Ich mag ${topic}`,
    labels: { toxicity: isAbusive ? 1 : 0 },
    source: 'made up',
    domain: 'news',
    lang: 'de',
  };
});
const options = { language: 'de', seed: 3, version: 'test', words: ['miststück'] };

describe('trainLanguageModel', () => {
  it('learns what is abusive, and gives the same file for the same rows', () => {
    const model = trainLanguageModel(rows, rows, options);
    expect(model.header.training.rocAuc.toxicity).toEqual({ inSource: 1, leftOut: {} });
    const value = (text: string): number => scoreWith(model, text).toxicity!.value;
    expect(value('So ein Schwachkopf')).toBeGreaterThan(value('Ich mag den Park'));
    expect(value('miststück')).toBeGreaterThan(value('Ich mag den Park'));
    expect(encodeLanguageModel(trainLanguageModel(rows, rows, options))).toEqual(encodeLanguageModel(model));
  });

  it('refuses rows without a degree', () => {
    expect(() => trainLanguageModel([], [], options)).toThrow('no texts in de');
  });
});
