import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { loadSettings } from './platform/config/settings.js';
import { StartupError } from './platform/config/startup-error.js';
import { IdleHeapCollector } from './platform/idle-heap-collector.js';
import { startProcess } from './process.js';
import type { RunningProcess } from './serve.js';
import { formatStartupMessage } from './startup-message.js';

/** One Ctrl-C may arrive twice: from the terminal, and passed on by npm. */
const SAME_PRESS_MS = 1_000;

/**
 * Ends the process once, in order; who presses again ends it at once. A start under way is let finish first: it takes
 * seconds, and what it has begun by then is stopped in one place.
 */
function stopOnSignal(starting: Promise<RunningProcess>): void {
  let firstAt: number | null = null;
  const stop = (): void => {
    if (firstAt !== null) {
      if (performance.now() - firstAt > SAME_PRESS_MS) process.exit(130);
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
 * How far the heap may grow beyond what was alive before it is collected. V8 by itself lets it grow fourfold where
 * there is room, and a worker that drains a backlog would take 450 MB for the 80 that it needs.
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
