import { describe, expect, it } from '@jest/globals';
import { LABELS } from '../scores.js';
import { PHASES, runPhases, isNewReader } from './index.js';
import { buildPhaseInput } from './phase-input.builder.js';

describe('scoring phases', () => {
  it('score every label of an ordinary comment', async () => {
    const { scores, failures } = await runPhases(buildPhaseInput());
    expect(failures).toEqual([]);
    expect(Object.keys(scores).sort()).toEqual([...LABELS].sort());
    for (const { value, spans } of Object.values(scores)) {
      expect(value).toBeLessThan(0.1);
      expect(spans).toEqual([]);
    }
  });

  it('cover all labels together', () => {
    expect(new Set(PHASES.flatMap(({ labels }) => labels))).toEqual(new Set(LABELS));
  });

  it('leave out the labels of a failed phase, even when another phase scored them', async () => {
    const error = new Error('out of order');
    const { scores, failures } = await runPhases(buildPhaseInput(), [
      {
        name: 'a',
        labels: ['spam', 'links'],
        run: () => ({ spam: { value: 0.9, spans: [] }, links: { value: 0.1, spans: [] } }),
      },
      { name: 'b', labels: ['spam', 'insult'], run: () => Promise.reject(error) },
    ]);
    expect(scores).toEqual({ links: { value: 0.1, spans: [] } });
    expect(failures).toEqual([{ phase: 'b', error }]);
  });

  it('fail when they do not return one of their labels', async () => {
    const { scores, failures } = await runPhases(buildPhaseInput(), [
      { name: 'a', labels: ['spam', 'links'], run: () => ({ spam: { value: 0.9, spans: [] } }) },
    ]);
    expect(scores).toEqual({});
    expect(failures[0].error).toEqual(new Error('phase a gave no score for links'));
  });

  it('give the same scores for the same input', async () => {
    const input = buildPhaseInput({
      body: 'You are a clown, see https://a.example',
      reader: { isNew: true },
    });
    expect(await runPhases(input)).toEqual(await runPhases(input));
  });
});

describe('isNewReader', () => {
  it.each([
    [0, 100, true],
    [2, 100, true],
    [3, 100, false],
    [50, 0.5, true],
  ])('with %d published comments in %d days: %s', (publishedCount, tenureDays, isNew) => {
    expect(isNewReader({ publishedCount, tenureDays })).toBe(isNew);
  });
});
