import type { Settings } from './platform/config/settings.js';
import { openRuntime } from './runtime.js';
import type { RunningProcess } from './serve.js';

/**
 * Starts what `settings.role` asks for: database, migrations, modules, HTTP.
 *
 * @param progress told one short line per step that takes time
 * @throws StartupError with the remedy; whatever was started by then is stopped again
 */
export async function startProcess(
  asked: Settings,
  progress: (text: string) => void,
): Promise<RunningProcess> {
  const withDemo = asked.demo && asked.role !== 'worker';
  // Some three thousand files, two seconds: a start that is refused does not load them, and one that is not does so
  // while PostgreSQL comes up.
  let loading: Promise<typeof import('./serve.js')> | undefined;
  const opened = await openRuntime(asked, {
    serves: true,
    keepsFiles: withDemo,
    progress,
    onClear: () => {
      loading = import('./serve.js');
      // Whoever waits for it below is told.
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
