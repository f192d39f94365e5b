import { describe, expect, it } from '@jest/globals';
import { encodeModel } from '../model/model-file.js';
import { Scorer } from '../model/scorer.js';
import { generateSyntheticSentences } from './synthetic-sentences.js';
import { trainModel } from './train-model.js';

const own = generateSyntheticSentences(1).filter((_, index) => index % 100 === 0);
const train = (seed: number) =>
  trainModel(own, [], own.slice(0, 50), { seed, version: '0.0.0', onProgress: () => undefined });

describe('model training', () => {
  const model = train(1);

  it('produces the same file for the same rows and seed', () => {
    expect(Buffer.compare(encodeModel(train(1)), encodeModel(model))).toBe(0);
  });

  it('learns from its examples', () => {
    const scorer = new Scorer(model);
    const toxicity = (text: string): number => scorer.probabilities(text)[0];
    expect(toxicity('You are an idiot')).toBeGreaterThan(toxicity('I disagree with the article') + 0.3);
  });

  it('records what the model was trained on', () => {
    const { training } = model.header;
    expect(training).toMatchObject({ seed: 1, rows: own.length, ownSentences: 0, sources: ['own'] });
    expect(training.examples.toxicity!.positives).toBeGreaterThan(100);
    expect(training.validation.toxicity!.nearFloats).toBeGreaterThan(0.9);
  });
});
