import { join } from 'node:path';
import { formatNumber, type Figure } from '../figure.js';
import { percentile } from '../load.js';
import { ROOT } from '../servers.js';
import { texts } from './scoring-texts.js';

interface Scoring {
  scoreByModel(text: string): unknown;
}

const PER_SECOND = 15_000;
const P99_MS = 2;
// Twice the time for the longest text that the scorer reads. A text of a megabyte is truncated to that length.
const HOSTILE_MS = 250;

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** Measures only the local model, on one core, in CPU time, which other load on the machine hardly affects. */
export async function measureScoring(): Promise<Figure[]> {
  const startedAt = performance.now();
  const { scoreByModel } = (await import(
    join(ROOT, 'dist/features/scoring/model/shipped-model.js')
  )) as Scoring;
  scoreByModel('');
  const loadMs = performance.now() - startedAt;
  const figure = (
    name: string,
    value: string,
    baseline: string,
    ratio: number,
    operator: '>=' | '<=',
  ): Figure => ({
    name: `scoring: ${name}`,
    value,
    baseline,
    ratio,
    target: { operator, ratio: 1 },
  });

  const short = texts(300, 2000);
  for (const text of short) scoreByModel(text);
  const rssBefore = process.memoryUsage().rss;
  const rates = Array.from({ length: 5 }, () => {
    const startMs = cpuMs();
    for (const text of short) scoreByModel(text);
    return (short.length * 1000) / Math.max(1, cpuMs() - startMs);
  }).sort((a, b) => a - b);
  const rate = rates[Math.floor(rates.length / 2)];

  // Use elapsed time here, because CPU time would include compiler and garbage collector threads, which do not delay
  // comments. The code is already warm, and the median round rules out noise.
  const long = texts(5000, 500);
  const p99s = Array.from({ length: 6 }, () =>
    percentile(
      long.map((text) => {
        const startMs = performance.now();
        scoreByModel(text);
        return performance.now() - startMs;
      }),
      0.99,
    ),
  )
    .slice(1)
    .sort((a, b) => a - b);
  const p99 = p99s[Math.floor(p99s.length / 2)];

  const worst = Math.max(
    ...[
      'a',
      'a ',
      'f*',
      'f***k ',
      'i d i o t ',
      '🖕',
      '"',
      'ﷺ',
      'n1gg3r',
      'women are vermin, ',
      '\u0300',
    ].map((piece) => {
      const text = piece.repeat(1_000_000 / piece.length);
      const startMs = cpuMs();
      scoreByModel(text);
      return cpuMs() - startMs;
    }),
  );
  const grownMb = (process.memoryUsage().rss - rssBefore) / 1e6;
  return [
    figure('load', `${formatNumber(loadMs)} ms`, '150 ms allowed', loadMs / 150, '<='),
    figure(
      '300 characters, one core',
      `${formatNumber(rate)}/s`,
      `${formatNumber(PER_SECOND)}/s required`,
      rate / PER_SECOND,
      '>=',
    ),
    figure('5,000 characters, p99', `${formatNumber(p99)} ms`, `${P99_MS} ms allowed`, p99 / P99_MS, '<='),
    figure(
      'the worst megabyte',
      `${formatNumber(worst)} ms`,
      `${HOSTILE_MS} ms allowed`,
      worst / HOSTILE_MS,
      '<=',
    ),
    figure(
      'memory growth during scoring',
      `${formatNumber(grownMb)} MB`,
      '40 MB allowed',
      grownMb / 40,
      '<=',
    ),
  ];
}
