import { describe, expect, it } from '@jest/globals';
import type { ScoreMap } from '../scoring/scores.js';
import { topLabels } from './top-labels.js';

const scored = (values: Record<string, number>): ScoreMap =>
  Object.fromEntries(Object.entries(values).map(([label, value]) => [label, { value, spans: [] }]));

describe('topLabels', () => {
  it('are those that reach their threshold, ordered by how far they are above it', () => {
    const thresholds = { insult: { hold: 0.5 }, spam: { hold: 0.6 } };
    expect(topLabels(scored({ insult: 0.9, spam: 0.7, threat: 1 }), thresholds)).toEqual(['insult', 'spam']);
    expect(topLabels(scored({ insult: 0.6, spam: 0.9 }), thresholds)).toEqual(['spam', 'insult']);
    expect(topLabels(scored({ insult: 0.49 }), thresholds)).toEqual([]);
  });

  it('include the reason for a likely refusal only once', () => {
    const thresholds = { refusal: { hold: 0.08 }, spam: { hold: 0.6 }, insult: { hold: 0.5 } };
    const top = (values: Record<string, number>) => topLabels(scored(values), thresholds);
    expect(top({ refusal: 0.3, insult: 0.55, threat: 0.2 })).toEqual(['insult']);
    expect(top({ refusal: 0.1, insult: 0.3, toxicity: 0.7 })).toEqual(['toxicity']);
    expect(top({ refusal: 0.1, toxicity: 0.7, spam: 0.9 })).toEqual(['spam', 'toxicity']);
    expect(top({ refusal: 0.07, toxicity: 0.7 })).toEqual([]);
  });
});
