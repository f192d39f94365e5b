import { join } from 'node:path';
import { formatNumber, measureAlternately, type Figure } from '../figure.js';
import { percentile } from '../load.js';
import { ROOT } from '../servers.js';
import { texts } from './scoring-texts.js';

interface Modules {
  readonly encoder: { SentenceEncoder: { load(): Promise<{ embed(text: string): Float32Array }> } };
  readonly model: { scoreByModel(text: string): unknown };
  readonly shipped: { loadShippedModels(): Promise<{ labels(text: string): unknown }> };
}

const MEDIAN_MS = 5;
const P99_MS = 20;
const LOAD_MS = 500;
const MEMORY_MB = 80;
/** Multiples of the n-gram model's CPU time. Unlike a limit in milliseconds, they hardly depend on the machine. */
const MEDIAN_TIMES = 150;
const P99_TIMES = 250;
const ROUNDS = 10;

const load = <Name extends keyof Modules>(path: string): Promise<Modules[Name]> =>
  import(join(ROOT, 'dist/features/scoring', path)) as Promise<Modules[Name]>;

const cpuMs = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/** CPU time, which does not include waiting for a core. */
function cpuMsFor(work: () => unknown): number {
  const startMs = cpuMs();
  work();
  return cpuMs() - startMs;
}

/** Measures the sentence encoder on one core, alone and compared with the n-gram model, which it accompanies. */
export async function measureEncoding(): Promise<Figure[]> {
  const rssBefore = process.memoryUsage().rss;
  const startedAt = performance.now();
  const { SentenceEncoder } = await load<'encoder'>('encoder/sentence-encoder.js');
  const encoder = await SentenceEncoder.load();
  const loadMs = performance.now() - startedAt;

  const short = texts(300, 100);
  const rounds = Array.from({ length: ROUNDS }, () =>
    short.map((text) => cpuMsFor(() => encoder.embed(text))),
  );
  const grownMb = (process.memoryUsage().rss - rssBefore) / 1e6;
  const all = rounds.flat();
  // Use the best round of each text, in which other load on the core had the least effect.
  const fastest = short.map((_, index) => Math.min(...rounds.map((round) => round[index])));

  const { scoreByModel } = await load<'model'>('model/shipped-model.js');
  for (const text of texts(300, 2_000)) scoreByModel(text);
  // The median: the 99th percentile of such short times is mostly noise.
  const ngramMs = percentile(
    Array.from({ length: ROUNDS }, () => short.map((text) => cpuMsFor(() => scoreByModel(text)))).flat(),
    0.5,
  );
  const { labels } = await (await load<'shipped'>('shipped-scores.js')).loadShippedModels();
  const perSecond = (score: (text: string) => unknown): Promise<number> =>
    Promise.resolve((short.length * 1000) / cpuMsFor(() => short.forEach((text) => score(text))));
  const rates = await measureAlternately(
    ROUNDS,
    () => perSecond(labels),
    () => perSecond(scoreByModel),
  );

  const figure = (name: string, value: string, baseline: string, ratio: number, limit: number): Figure => ({
    name: `encoding: ${name}`,
    value,
    baseline,
    ratio,
    target: { operator: '<=', ratio: limit },
  });
  const atMost = (name: string, value: number, unit: string, limit: number): Figure =>
    figure(
      name,
      `${formatNumber(value)} ${unit}`,
      `${formatNumber(limit)} ${unit} allowed`,
      value / limit,
      1,
    );
  const againstNgrams = (name: string, encoderMs: number, limit: number): Figure =>
    figure(
      `300 characters, ${name}, against the n-gram model`,
      `${formatNumber(encoderMs)} ms`,
      `${ngramMs.toFixed(3)} ms in the median`,
      encoderMs / ngramMs,
      limit,
    );
  return [
    atMost('load', loadMs, 'ms', LOAD_MS),
    atMost('300 characters, median', percentile(all, 0.5), 'ms', MEDIAN_MS),
    atMost('300 characters, median of each text’s best', percentile(fastest, 0.5), 'ms', MEDIAN_MS),
    atMost('300 characters, p99', percentile(all, 0.99), 'ms', P99_MS),
    againstNgrams('median', percentile(all, 0.5), MEDIAN_TIMES),
    againstNgrams('p99', percentile(all, 0.99), P99_TIMES),
    figure(
      'comments scored with the encoder',
      `${formatNumber(rates.product)}/s`,
      `${formatNumber(rates.ceiling)}/s without it`,
      1 / rates.ratio,
      MEDIAN_TIMES,
    ),
    atMost('memory', grownMb, 'MB', MEMORY_MB),
  ];
}
