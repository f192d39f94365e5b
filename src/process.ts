import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { createApp } from './app.js';
import { Demo } from './demo/demo.plugin.js';
import { Sessions } from './features/moderators/sessions.service.js';
import { listenProblem } from './platform/config/listen-problem.js';
import type { Settings } from './platform/config/settings.js';
import { Connections } from './platform/http/connections.js';
import { Readiness } from './platform/observability/readiness.js';
import { openRuntime } from './runtime.js';

/** A process of this product that serves; what it found or made on the way is told for the start block. */
export interface RunningProcess {
  readonly settings: Settings;
  /** Into the console, once; a worker has none. */
  readonly signInLink: string | null;
  readonly adminKey: string;
  readonly adminKeyIsNew: boolean;
  /** Ends everything in order: HTTP, workers, pools, PostgreSQL. */
  stop(): Promise<void>;
}

/** The demo calls the API as any publisher's server would: over HTTP, at the address that just began to listen. */
async function openDemo(demo: Demo | null, settings: Settings, adminKey: string): Promise<void> {
  if (!demo) return;
  const host = ['0.0.0.0', '::'].includes(settings.host) ? '127.0.0.1' : settings.host;
  const apiUrl = `http://${host.includes(':') ? `[${host}]` : host}:${settings.port}`;
  const stateFile = join(settings.dataDir, 'demo.json');
  const log = new Logger('demo');
  await demo.open({ apiUrl, publicUrl: settings.publicUrl, adminKey, stateFile }, (error) =>
    log.warn({ event: 'demo.conversation-stopped', error }),
  );
}

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
  const demo = asked.demo && asked.role !== 'worker' ? new Demo() : null;
  const opened = await openRuntime(asked, { serves: true, keepsFiles: demo !== null, progress });
  const { runtime, cleanups, logger } = opened;
  const { settings, adminKey } = runtime;
  try {
    const app = await createApp(runtime, logger, demo);
    cleanups.push(() => app.close());
    await app.listen(settings.port, settings.host).catch((error: unknown) => {
      throw listenProblem(error, settings);
    });
    cleanups.push(() => {
      app.get(Readiness).stop();
      return app.get(Connections).drain();
    });
    await openDemo(demo, settings, adminKey);
    const signInLink = settings.role === 'worker' ? null : await app.get(Sessions).bootstrapLink();
    const { adminKeyIsNew } = opened;
    return { settings, signInLink, adminKey, adminKeyIsNew, stop: () => opened.close() };
  } catch (error) {
    await opened.close();
    throw error;
  }
}
