import { describe, expect, it } from '@jest/globals';
import type { JudgedText } from '../../features/scoring/site-model/automatic-share.js';
import { randomFrom } from '../../features/scoring/training/random.js';
import { automaticDecisions } from './automatic-decisions.js';

/** Texts whose probability is the true one in the middle, and too certain or not at all outside of it. */
const texts = (count: number, isRefused: (probability: number, random: number) => boolean): JudgedText[] => {
  const random = randomFrom(7);
  return Array.from({ length: count }, () => {
    const probability = random();
    return { probability, isRefused: isRefused(probability, random()), weight: 1 };
  });
};

describe('decisions without a person', () => {
  it('are as many as the scores are sure of', () => {
    const sure = texts(10_000, (probability, random) => {
      if (probability < 0.3) return false;
      return probability > 0.8 || random < 0.5;
    });
    const { lines, publish, refuse } = automaticDecisions(sure, 0.01, 1);
    expect(lines).toBe(10_000);
    expect(publish.share).toBeGreaterThan(0.28);
    expect(publish.share).toBeLessThan(0.32);
    expect(publish.wrong).toBeLessThan(0.012);
    expect(refuse.share).toBeGreaterThan(0.18);
    expect(refuse.share).toBeLessThan(0.22);
    expect(refuse.wrong).toBeLessThan(0.012);
  });

  it('are none if the scores say nothing, and all with an error that is high enough', () => {
    const noise = texts(2_000, (_, random) => random < 0.4);
    const none = { share: 0, wrong: null };
    expect(automaticDecisions(noise, 0.01, 1)).toMatchObject({ publish: none, refuse: none });
    expect(automaticDecisions(noise, 0.5, 1).publish).toMatchObject({ share: expect.closeTo(1, 1) });
    expect(automaticDecisions([], 0.01, 1)).toMatchObject({ lines: 0, publish: none, refuse: none });
  });
});
