import 'reflect-metadata';
import { loadSettings } from './platform/config/settings.js';
import { StartupError } from './platform/config/startup-error.js';
import { startProcess, type RunningProcess } from './process.js';
import { welcome } from './welcome.js';

/**
 * Ends the process once, in order; a second signal ends it at once. A start under way is let finish first: it takes
 * seconds, and what it has begun by then is stopped in one place.
 */
function stopOnSignal(starting: Promise<RunningProcess>): void {
  let stopping = false;
  const stop = (): void => {
    if (stopping) process.exit(130);
    stopping = true;
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

try {
  const starting = startProcess(loadSettings(process.env), (text) => console.log(text));
  stopOnSignal(starting);
  console.log(welcome(await starting));
} catch (error) {
  console.error(error instanceof StartupError ? error.message : error);
  process.exit(1);
}
