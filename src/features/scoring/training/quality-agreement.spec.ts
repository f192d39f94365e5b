import { describe, expect, it } from '@jest/globals';
import { DIMENSIONS } from '../encoder/sentence-encoder.js';
import { QualityHead } from '../quality/quality-head.js';
import { qualityAgreement } from './quality-agreement.js';

describe('the agreement of the quality head with ratings', () => {
  const head = QualityHead.load();
  const embedding = new Float32Array(DIMENSIONS);
  const texts = Array.from({ length: 100 }, (_, at) => 'word '.repeat(at + 1));

  it('is measured over all arguments and within fifths of similar length', () => {
    // Longer arguments rate higher, but within each fifth the shorter ones do.
    const list = texts.map((text, at) => ({
      text,
      embedding,
      quality: Math.floor(at / 20) * 20 + (19 - (at % 20)),
    }));
    const { lines, lengthAlone } = qualityAgreement(head, [...list].reverse());
    expect(lines).toBe(100);
    expect(lengthAlone.all).toBeGreaterThan(0.9);
    expect(lengthAlone.withinFifths).toEqual([-1, -1, -1, -1, -1]);
    expect(lengthAlone.withLength).toBe(1);
  });

  it('is perfect if the ratings are the scores', () => {
    const list = texts.map((text) => ({
      text,
      embedding,
      quality: head.argumentQuality(text, embedding).forItsLength,
    }));
    expect(qualityAgreement(head, list).forItsLength.all).toBeCloseTo(1, 10);
  });
});
