import type { Settings } from './platform/config/settings.js';
import { openRuntime } from './runtime.js';
import type { RunningProcess } from './serve.js';

/**
 * Starts everything that `settings.role` requires: database, migrations, modules, HTTP.
 *
 * @param progress called with one short line per step that takes time
 * @throws StartupError with the remedy; everything started before is stopped again
 */
export async function startProcess(
  requestedSettings: Settings,
  progress: (text: string) => void,
): Promise<RunningProcess> {
  const withDemo = requestedSettings.demo && requestedSettings.role !== 'worker';
  // Loading the modules reads about three thousand files and takes two seconds. They load while PostgreSQL starts, and
  // only if the local checks pass.
  let loading: Promise<typeof import('./serve.js')> | undefined;
  const opened = await openRuntime(requestedSettings, {
    listens: true,
    storesFiles: withDemo,
    progress,
    onChecksPassed: () => {
      loading = import('./serve.js');
      // The error is reported where the promise is awaited below.
      loading.catch(() => undefined);
    },
  });
  try {
    const { serve } = await (loading ?? import('./serve.js'));
    return await serve(opened, withDemo);
  } catch (error) {
    await opened.close();
    throw error;
  }
}
