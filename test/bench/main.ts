import { BenchEnvironments, machine } from './bench-environments.js';
import { meetsTarget, type Figure } from './figure.js';
import { measureEncoding } from './scenarios/encoding.js';
import { measureImport } from './scenarios/import.js';
import { measureLatency } from './scenarios/latency.js';
import { measurePosting } from './scenarios/posting.js';
import { measureQueue } from './scenarios/queue.js';
import { measureReading } from './scenarios/reading.js';
import { measureScoring } from './scenarios/scoring.js';
import { measureStart } from './scenarios/start.js';
import { WEBHOOKS } from './scenarios/webhooks.js';
import type { BenchEnvironment } from './scenarios/bench-environment.js';

const BOTH_BACKENDS: Readonly<Record<string, (environment: BenchEnvironment) => Promise<Figure[]>>> = {
  reading: measureReading,
  posting: measurePosting,
  latency: measureLatency,
};

const args = process.argv.slice(2);
const asJson = args.includes('--json');
const valuesOf = (option: string): string[] | undefined =>
  args.includes(option) ? args[args.indexOf(option) + 1]?.split(',') : undefined;
const only = valuesOf('--only');
const backends = (['postgres', 'redis'] as const).filter(
  (backend) => valuesOf('--backend')?.includes(backend) ?? true,
);
const isChosen = (name: string): boolean => only?.includes(name) ?? true;

interface Row extends Figure {
  readonly backend: string;
  readonly holds: boolean;
}

const rows: Row[] = [];

function add(backend: string, figures: readonly Figure[]): void {
  for (const figure of figures) {
    rows.push({ backend, ...figure, holds: meetsTarget(figure) });
    if (asJson) continue;
    const { name, value, baseline, ratio, target } = figure;
    const verdict = meetsTarget(figure) ? 'holds ' : 'MISSED';
    console.log(
      `${verdict} ${ratio.toFixed(2)} ${target.operator} ${target.ratio}  ${name} [${backend}]: ${value}; ${baseline}`,
    );
  }
}

if (!asJson) console.log(machine());
if (isChosen('scoring')) add('no database', await measureScoring());
if (isChosen('encoding')) add('no database', await measureEncoding());
const environments = await BenchEnvironments.open();
try {
  for (const [name, measure] of Object.entries(BOTH_BACKENDS)) {
    if (!isChosen(name)) continue;
    for (const backend of backends) add(backend, await measure(await environments.make(backend)));
  }
  for (const [name, measure] of Object.entries(WEBHOOKS)) {
    if (!only?.includes('webhooks') && !only?.includes(name)) continue;
    for (const backend of backends) add(backend, await measure(await environments.make(backend)));
  }
  // A million comments take minutes, so these run only if they are named.
  if (only?.includes('queue')) add('postgres', await measureQueue(await environments.make('postgres')));
  if (only?.includes('import'))
    add(
      'postgres',
      await measureImport(
        await environments.make('postgres'),
        Number(valuesOf('--comments')?.[0] ?? 1_000_000),
      ),
    );
} finally {
  await environments.close();
}
if (isChosen('start')) add('embedded', await measureStart());
if (asJson) console.log(JSON.stringify({ machine: machine(), figures: rows }));
