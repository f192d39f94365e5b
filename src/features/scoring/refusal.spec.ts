import { describe, expect, it } from '@jest/globals';
import { addRefusal, refusalReason, refusalWith, withRefusal } from './refusal.js';
import type { Label, Score, ScoreMap } from './scores.js';

const scored = (values: Partial<Record<Label, number>>): ScoreMap =>
  Object.fromEntries(
    Object.entries(values).map(([label, value]): [string, Score] => [label, { value, spans: [[0, 4]] }]),
  );

const CALM = { toxicity: 0.05, insult: 0.02, identityAttack: 0.01, sexual: 0.01, threat: 0 };
const refusal = (values: Partial<Record<Label, number>>): number => addRefusal(scored(values)).refusal!.value;

describe('refusal', () => {
  it('rises with toxicity and insult together', () => {
    const [calm, toxic, both] = [
      refusal(CALM),
      refusal({ ...CALM, toxicity: 0.8 }),
      refusal({ ...CALM, toxicity: 0.8, insult: 0.59 }),
    ];
    expect(calm).toBeLessThan(0.03);
    expect(toxic).toBeGreaterThan(2 * calm);
    expect(both).toBeGreaterThan(0.08);
  });

  it('is at least the score of a specific label that is a reason of its own', () => {
    expect(refusal({ ...CALM, threat: 0.7 })).toBe(0.7);
    expect(refusal({ ...CALM, threat: 0.59 })).toBe(refusal(CALM));
  });

  it('reaches the default threshold at the usual one for toxicity if a model scores nothing else', () => {
    expect(refusal({ toxicity: 0.8 })).toBeCloseTo(0.08, 3);
    expect(refusal({ toxicity: 0.4 })).toBeLessThan(0.02);
  });

  it('is given the reason of the most severe label, else toxicity', () => {
    expect(refusalReason(scored({ ...CALM, insult: 0.6, identityAttack: 0.7 }))).toBe('identityAttack');
    expect(refusalReason(scored(CALM))).toBe('toxicity');
  });

  it('has the spans of both if the score of a phase raises it', () => {
    const raised = refusalWith({ value: 0.1, spans: [[0, 4]] }, { insult: { value: 0.8, spans: [[9, 12]] } });
    expect(raised).toEqual({
      value: 0.8,
      spans: [
        [0, 4],
        [9, 12],
      ],
    });
  });
});

describe('swear words', () => {
  /** A model that takes every swear word for abuse. */
  const read = async (text: string) => ({
    scores: scored(/fuck/i.test(text) ? { ...CALM, toxicity: 0.98, insult: 0.7 } : CALM),
    languages: ['en'],
  });
  const refusalOf = async (text: string): Promise<number> =>
    (await withRefusal(text, read)).scores.refusal!.value;

  it('are no reason to refuse a comment if they are about nobody, and keep their scores', async () => {
    const { scores } = await withRefusal('Fuck cancer.', read);
    expect(scores.toxicity!.value).toBe(0.98);
    expect(scores.refusal!.value).toBe(refusal(CALM));
  });

  it('are a reason if they are about somebody', async () => {
    expect(await refusalOf('Fuck you, Dave.')).toBe(0.7);
  });
});
