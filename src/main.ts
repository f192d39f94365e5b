import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { loadSettings } from './platform/config/settings.js';
import { StartupError } from './platform/config/startup-error.js';
import { IdleHeapCollector } from './platform/idle-heap-collector.js';
import { startProcess } from './process.js';
import type { RunningProcess } from './serve.js';
import { formatStartupMessage } from './startup-message.js';

/** A second signal within this time is the same Ctrl-C: the terminal sends it to the process, and npm forwards it. */
const DUPLICATE_SIGNAL_MS = 1_000;

/**
 * Shuts down the process gracefully on the first signal and exits immediately on a second one. A start that is still in
 * progress finishes first. That takes seconds, and `RunningProcess.stop` then stops everything.
 */
function stopOnSignal(starting: Promise<RunningProcess>): void {
  let firstAt: number | null = null;
  const stop = (): void => {
    if (firstAt !== null) {
      if (performance.now() - firstAt > DUPLICATE_SIGNAL_MS) process.exit(130);
      return;
    }
    firstAt = performance.now();
    starting
      .then((running) => running.stop())
      .then(
        () => process.exit(0),
        (error: unknown) => {
          console.error(error);
          process.exit(1);
        },
      );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
}

/**
 * How far the heap may grow, in percent of the live data, before it is collected. By default V8 lets it grow fourfold
 * if there is room, and a worker that drains a backlog would take 450 MB instead of the 80 MB that it needs.
 */
const WORKER_HEAP_GROWTH_PERCENT = 30;

try {
  const settings = loadSettings(process.env);
  if (settings.role === 'worker') setFlagsFromString(`--heap-growing-percent=${WORKER_HEAP_GROWTH_PERCENT}`);
  const starting = startProcess(settings, (text) => console.log(text));
  stopOnSignal(starting);
  const running = await starting;
  new IdleHeapCollector().start();
  console.log(formatStartupMessage(running));
} catch (error) {
  console.error(error instanceof StartupError ? error.message : error);
  process.exit(1);
}
