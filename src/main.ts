import 'reflect-metadata';
import { setFlagsFromString } from 'node:v8';
import { loadSettings } from './platform/config/settings.js';
import { StartupError } from './platform/config/startup-error.js';
import { IdleHeapCollector } from './platform/idle-heap-collector.js';
import { startProcess } from './process.js';
import type { RunningProcess } from './serve.js';
import { formatStartupMessage } from './startup-message.js';

/** The same signal within this time is the same Ctrl-C: the terminal sends it to the process, and npm forwards it. */
const DUPLICATE_SIGNAL_MS = 500;
/** Less than the 30 seconds after which docker-compose.yml has the process killed. */
const LONGEST_STOP_MS = 29_000;

/**
 * Shuts down the process gracefully on the first signal and exits immediately on a second one. SIGTERM comes from an
 * orchestrator, whose load balancer still sends requests for a moment (`DRAIN_SECONDS`). Ctrl-C (SIGINT) does not wait.
 * A start that is still in progress finishes first. That takes seconds, and `RunningProcess.stop` then stops everything.
 */
function stopOnSignal(starting: Promise<RunningProcess>): void {
  let first: { readonly signal: NodeJS.Signals; readonly at: number } | null = null;
  const stop = (signal: NodeJS.Signals): void => {
    if (first !== null) {
      if (signal !== first.signal || performance.now() - first.at > DUPLICATE_SIGNAL_MS) process.exit(130);
      return;
    }
    first = { signal, at: performance.now() };
    setTimeout(() => process.exit(1), LONGEST_STOP_MS).unref();
    starting
      .then((running) => running.stop({ drain: signal === 'SIGTERM' }))
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
