import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run } from './eval.js';

describe('npm run eval', () => {
  let folder: string;
  let printed: string[];
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'postbag-eval-'));
    printed = [];
    jest.spyOn(console, 'log').mockImplementation((line: string) => void printed.push(line));
    jest.spyOn(console, 'error').mockImplementation(() => undefined);
  });
  afterEach(() => {
    jest.restoreAllMocks();
    rmSync(folder, { recursive: true });
  });

  const fileOf = (...lines: object[]): string => {
    const file = join(folder, 'lines.jsonl');
    writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n'));
    return file;
  };
  const LINES = [
    { text: 'You are a complete idiot.', labels: { toxicity: 1, insult: 1 }, domain: 'news' },
    { text: 'The bridge opens on Monday.', labels: { toxicity: 0 }, domain: 'news' },
    { text: 'We should repair it because it is safer.', labels: { argumentQuality: 0.8 } },
    { text: 'It is bad.', labels: { argumentQuality: 0.2 } },
  ];

  it('measures labels, the default policy, decisions without a person and quality', async () => {
    expect(await run([fileOf(...LINES), '--json', '--no-suites'])).toBe(0);
    expect(JSON.parse(printed.join('\n'))).toEqual({
      rows: 4,
      commentsPerSecond: expect.any(Number),
      labels: {
        toxicity: expect.objectContaining({ rows: 2, positives: 1, rocAuc: 1, threshold: 0.5 }),
        insult: expect.objectContaining({ rows: 1, positives: 1, rocAuc: null }),
      },
      domains: { news: expect.any(Object) },
      policy: expect.objectContaining({
        lines: 4,
        ofLines: 4,
        seed: 1,
        total: { harmless: 1, heldHarmless: 0, rejectedHarmless: 0, positive: 1, caught: 1 },
      }),
      automatic: expect.objectContaining({ lines: 2, refusable: 1, wantedError: 0.01 }),
      quality: expect.objectContaining({ lines: 2 }),
    });
  });

  it('prints the same as Markdown tables', async () => {
    expect(await run([fileOf(...LINES), '--no-suites', '--policy', '2', '--wanted-error', '0.05'])).toBe(0);
    const report = printed.join('\n');
    expect(report).toContain('| `toxicity` | 2 | 1 | 1.0000 |');
    expect(report).toContain('Decisions by the default policy on 2 of 4 lines (seed 1)');
    expect(report).toContain('if at most 5.0 % of either may be wrong, on 2 lines of which 1 are toxic');
    expect(report).toContain("Spearman's correlation with the ratings of 2 arguments:");
  });

  it('leaves out the policy with --policy 0', async () => {
    expect(await run([fileOf(...LINES), '--json', '--no-suites', '--policy', '0'])).toBe(0);
    expect(JSON.parse(printed.join('\n'))).not.toHaveProperty('policy');
  });

  it.each([
    [['--head', 'kindness']],
    [['--policy', 'many']],
    [['--wanted-error', '1']],
    [['--seed=-1']],
    [['--no-suites']],
    [['one.jsonl', 'two.jsonl']],
  ])('refuses %j', async (args) => {
    expect(await run(args)).toBe(2);
    expect(printed).toEqual([]);
  });
});
