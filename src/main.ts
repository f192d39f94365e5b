import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { loadSettings } from './platform/config/settings.js';
import { StartupError } from './platform/config/startup-error.js';
import { IdleHeapCollector } from './platform/idle-heap-collector.js';
import { startProcess } from './process.js';
import type { RunningProcess } from './serve.js';
import { formatStartupMessage } from './startup-message.js';

/** One Ctrl-C may arrive twice: from the terminal, and forwarded by npm. */
const DUPLICATE_SIGNAL_MS = 1_000;

/**
 * Shuts down the process gracefully, once. A second Ctrl-C exits immediately. A start in progress is allowed to
 * finish first: it takes seconds, and everything it started is then stopped in one place.
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
const WORKER_HEAP_GROWS_PERCENT = 30;

try {
  const settings = loadSettings(process.env);
  if (settings.role === 'worker') setFlagsFromString(`--heap-growing-percent=${WORKER_HEAP_GROWS_PERCENT}`);
  const starting = startProcess(settings, (text) => console.log(text));
  stopOnSignal(starting);
  const running = await starting;
  new IdleHeapCollector().start();
  console.log(formatStartupMessage(running));
} catch (error) {
  console.error(error instanceof StartupError ? error.message : error);
  process.exit(1);
}
