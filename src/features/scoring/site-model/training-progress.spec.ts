import { expect, it } from '@jest/globals';
import { progressOf, reportTo, TRAINING_PHASES } from './training-progress.js';

it('grows from 0 to 1 over the phases', () => {
  const steps = TRAINING_PHASES.flatMap((phase) => [0, 1, 2].map((done) => progressOf(phase, done, 2)));
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
  expect([steps[0], steps.at(-1)]).toEqual([0, 1]);
  expect(progressOf('encoding', 0, 0)).toBe(progressOf('scoring', 0, 1));
});

it('saves every new phase, and the same one at most once a second', async () => {
  const saved: string[] = [];
  let now = 0;
  const report = reportTo(
    async (phase, progress) => void saved.push(`${phase} ${progress.toFixed(3)}`),
    () => now,
  );
  await report('reading', 0, 1);
  await report('encoding', 0, 10);
  await report('encoding', 5, 10);
  now = 1_000;
  await report('encoding', 6, 10);
  expect(saved).toEqual(['reading 0.000', 'encoding 0.050', 'encoding 0.320']);
});

it('goes on if saving fails', async () => {
  const report = reportTo(
    () => Promise.reject(new Error('away')),
    () => 0,
  );
  await expect(report('reading', 0, 1)).resolves.toBeUndefined();
});
