import { describe, expect, it } from '@jest/globals';
import type { Row } from '../../features/scoring/training/dataset.js';
import { countOutcomes, drawRows } from './policy-outcomes.js';

const row = (labels: Row['labels'], domain = 'news', lang?: string): Row => ({
  text: 'A text.',
  labels,
  source: 'test',
  domain,
  ...(lang === undefined ? {} : { lang }),
});

describe('the outcomes of a policy', () => {
  it('are counted by label, by domain, by language and in total', () => {
    const outcomes = countOutcomes([
      { row: row({ toxicity: 0.2, insult: 0 }), action: 'hold' },
      { row: row({ toxicity: 0 }, 'forum'), action: 'publish' },
      { row: row({ toxicity: 0 }, 'forum', 'de'), action: 'reject' },
      { row: row({ toxicity: 1, insult: 0.4 }), action: 'reject' },
      { row: row({ toxicity: 0.5 }), action: 'publish' },
    ]);
    expect(outcomes).toEqual({
      lines: 5,
      labels: {
        toxicity: { harmless: 3, heldHarmless: 1 / 3, rejectedHarmless: 1, positive: 2, caught: 0.5 },
        insult: { harmless: 2, heldHarmless: 0.5, rejectedHarmless: 1, positive: 0, caught: null },
      },
      total: { harmless: 3, heldHarmless: 1 / 3, rejectedHarmless: 1, positive: 2, caught: 0.5 },
      domains: {
        forum: { harmless: 2, heldHarmless: 0, rejectedHarmless: 1, positive: 0, caught: null },
        news: { harmless: 1, heldHarmless: 1, rejectedHarmless: 0, positive: 2, caught: 0.5 },
      },
      languages: { de: { harmless: 1, heldHarmless: 0, rejectedHarmless: 1, positive: 0, caught: null } },
    });
  });

  it('leave out of the total what nobody called harmless', () => {
    const { total, labels } = countOutcomes([
      { row: row({ identityAttack: 0 }), action: 'hold' },
      { row: row({ spam: 0 }), action: 'publish' },
      { row: row({ identityAttack: 1 }), action: 'hold' },
    ]);
    expect(total).toMatchObject({ harmless: 1, heldHarmless: 0, positive: 1, caught: 1 });
    expect(labels.identityAttack).toMatchObject({ harmless: 1, heldHarmless: 1 });
  });
});

describe('a draw of lines', () => {
  const rows = Array.from({ length: 1_000 }, (_, at) => row({ toxicity: at / 1_000 }));

  it('depends on the seed alone, and keeps the order of the file', () => {
    const drawn = drawRows(rows, 100, 1);
    const degrees = drawn.map(({ labels }) => labels.toxicity!);
    expect(drawn).toEqual(drawRows(rows, 100, 1));
    expect(drawn).not.toEqual(drawRows(rows, 100, 2));
    expect(new Set(drawn).size).toBe(100);
    expect(degrees).toEqual([...degrees].sort((a, b) => a - b));
    expect(degrees.reduce((sum, degree) => sum + degree, 0) / 100).toBeCloseTo(0.5, 1);
  });

  it('is the whole file if that has fewer lines', () => {
    expect(drawRows(rows, 5_000, 1)).toEqual(rows);
  });
});
