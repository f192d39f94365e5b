import { describe, expect, it } from '@jest/globals';
import { loadShippedModels } from '../shipped-scores.js';
import { HELD_OUT_CATEGORIES } from './abusive-texts/held-out-sentences.js';
import {
  fairness,
  heldOutResults,
  suiteResults,
  suiteSentences,
  type SuiteSentence,
} from './functional-suite.js';
import { generateSyntheticSentences } from './synthetic-sentences.js';

const models = await loadShippedModels();

describe('the functional suite', () => {
  const sentences = suiteSentences();
  const hateSentences = sentences.filter(({ label }) => label === 'identityAttack');

  it('is large and balanced, and differs in large part from the training data', () => {
    expect(sentences.length).toBeGreaterThanOrEqual(1500);
    const hateful = hateSentences.filter(({ positive }) => positive).length / hateSentences.length;
    expect(hateful).toBeGreaterThan(0.4);
    expect(hateful).toBeLessThan(0.65);
    expect(sentences.filter(({ unseen }) => unseen).length).toBeGreaterThan(sentences.length / 3);
    const trainingTexts = new Set(generateSyntheticSentences(1).map(({ text }) => text.toLowerCase()));
    expect(sentences.filter(({ unseen, text }) => unseen && trainingTexts.has(text.toLowerCase()))).toEqual(
      [],
    );
  });

  // The limits are slightly below the shipped model's results: see docs/model-card.md.
  it('is passed by the shipped model', () => {
    const { seen, unseen, functions } = suiteResults(models);
    expect(seen).toBeGreaterThanOrEqual(0.9);
    expect(unseen).toBeGreaterThanOrEqual(0.76);
    for (const { name, correct, total } of functions)
      expect([name, correct / total >= 0.3]).toEqual([name, true]);
  });

  it('is also passed in functions that were not in the training data, hateful or not', () => {
    const scorer = models;
    const share = (chosen: readonly SuiteSentence[]): number =>
      chosen.filter(({ text, positive }) => scorer.probabilities(text)[4] >= 0.5 === positive).length /
      chosen.length;
    const unseen = hateSentences.filter((sentence) => sentence.unseen);
    expect(share(unseen.filter(({ positive }) => positive))).toBeGreaterThanOrEqual(0.6);
    expect(share(unseen.filter(({ positive }) => !positive))).toBeGreaterThanOrEqual(0.8);
  });

  it('has held-out sentences that are not in the training data', () => {
    const trainingTexts = new Set(generateSyntheticSentences(1).map(({ text }) => text.toLowerCase()));
    expect(
      HELD_OUT_CATEGORIES.flatMap(({ sentences }) => sentences).filter((text) =>
        trainingTexts.has(text.toLowerCase()),
      ),
    ).toEqual([]);
    const { functions, hateful, harmless } = heldOutResults(models);
    const share = (isRetest: boolean): number => {
      const chosen = functions.filter(({ name }) => name.startsWith('second set: ') === isRetest);
      const sum = (of: 'correct' | 'total'): number => chosen.reduce((all, each) => all + each[of], 0);
      return sum('correct') / sum('total');
    };
    expect(share(false)).toBeGreaterThanOrEqual(0.8);
    // Sentences written for the functions with the worst results.
    expect(share(true)).toBeGreaterThanOrEqual(0.55);
    expect(hateful).toBeGreaterThanOrEqual(0.67);
    expect(harmless).toBeGreaterThanOrEqual(0.9);
  });

  it('finds no group that scores as attacked when it is only mentioned', () => {
    const { worst, spread } = fairness(models);
    expect(worst).toBeLessThanOrEqual(0.1);
    expect(spread).toBeLessThanOrEqual(0.05);
  });
});
