import { join } from 'node:path';
import { formatNumber, type Figure } from '../figure.js';
import { percentile } from '../load.js';
import { ROOT } from '../servers.js';
import { texts } from './scoring-texts.js';

interface Encoder {
  embed(text: string): Float32Array;
}

const MEDIAN_MS = 5;
const P99_MS = 20;
const LOAD_MS = 500;
const MEMORY_MB = 80;

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/**
 * Measures only the sentence encoder, on one core. Each text is measured in CPU time, which does not include
 * waiting for a core.
 */
export async function measureEncoding(): Promise<Figure[]> {
  const rssBefore = process.memoryUsage().rss;
  const startedAt = performance.now();
  const { SentenceEncoder } = (await import(
    join(ROOT, 'dist/features/scoring/encoder/sentence-encoder.js')
  )) as { SentenceEncoder: { load(): Promise<Encoder> } };
  const encoder = await SentenceEncoder.load();
  const loadMs = performance.now() - startedAt;

  const short = texts(300, 100);
  const rounds = Array.from({ length: 10 }, () =>
    short.map((text) => {
      const startMs = cpuMs();
      encoder.embed(text);
      return cpuMs() - startMs;
    }),
  );
  const all = rounds.flat();
  // Use the best round of each text, in which other load on the core had the least effect.
  const fastest = short.map((_, index) => Math.min(...rounds.map((round) => round[index])));
  const grownMb = (process.memoryUsage().rss - rssBefore) / 1e6;
  const atMost = (name: string, value: number, unit: string, limit: number): Figure => ({
    name: `encoding: ${name}`,
    value: `${formatNumber(value)} ${unit}`,
    baseline: `${formatNumber(limit)} ${unit} allowed`,
    ratio: value / limit,
    target: { operator: '<=', ratio: 1 },
  });
  return [
    atMost('load', loadMs, 'ms', LOAD_MS),
    atMost('300 characters, median', percentile(all, 0.5), 'ms', MEDIAN_MS),
    atMost('300 characters, median of each text’s best', percentile(fastest, 0.5), 'ms', MEDIAN_MS),
    atMost('300 characters, p99', percentile(all, 0.99), 'ms', P99_MS),
    atMost('memory', grownMb, 'MB', MEMORY_MB),
  ];
}
