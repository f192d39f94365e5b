import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { createApp } from './app.js';
import { Demo } from './demo/demo.plugin.js';
import { Sessions } from './features/moderators/sessions.service.js';
import { openDataFolder, type DataFolder } from './platform/config/data-folder.js';
import { checkPort, listenProblem } from './platform/config/listen-problem.js';
import { withPort, type Settings } from './platform/config/settings.js';
import { startEmbeddedPostgres } from './platform/database/embedded/embedded-postgres.js';
import { migrate } from './platform/database/migrate.js';
import { createLog, PinoLogger } from './platform/observability/logging.js';
import { Readiness } from './platform/observability/readiness.js';

/** A process of this product that serves; what it found or made on the way is told for the start block. */
export interface RunningProcess {
  readonly settings: Settings;
  /** Into the console, once; a worker has none. */
  readonly signInLink: string | null;
  readonly adminKey: string;
  /** True when this start made the admin key. */
  readonly adminKeyIsNew: boolean;
  /** Ends everything in order: HTTP, workers, pools, PostgreSQL. */
  stop(): Promise<void>;
}

type Cleanup = () => Promise<void> | void;

async function openDatabase(
  settings: Settings,
  cleanups: Cleanup[],
  progress: (text: string) => void,
): Promise<string> {
  if (settings.databaseUrl !== null) return settings.databaseUrl;
  const log = new Logger('postgres');
  const embedded = await startEmbeddedPostgres({
    dataDir: settings.dataDir,
    mayMove: !settings.dataDirChosen,
    log: (line) => log.warn({ event: 'postgres.said', line }),
    onProgress: progress,
  });
  cleanups.push(() => embedded.stop());
  return embedded.url;
}

async function secretsOf(
  settings: Settings,
  folder: DataFolder | null,
): Promise<{ adminKey: string; adminKeyIsNew: boolean; secretKey: string }> {
  const kept = settings.adminKey === null && folder ? await folder.adminKey() : null;
  const adminKey = settings.adminKey ?? kept!.value;
  const secretKey = settings.secretKey ?? (await folder!.secretKey()).value;
  return { adminKey, adminKeyIsNew: kept?.made ?? false, secretKey };
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
  const cleanups: Cleanup[] = [];
  const stop = async (): Promise<void> => {
    for (const cleanup of cleanups.splice(0).reverse()) await cleanup();
  };
  try {
    const hasDemo = asked.demo && asked.role !== 'worker';
    const needsFolder = asked.databaseUrl === null || asked.adminKey === null || hasDemo;
    // First: who starts the same thing twice is told so, and not that the port is taken.
    const folder = needsFolder
      ? await openDataFolder(asked.dataDir, { alone: asked.databaseUrl === null })
      : null;
    if (folder) cleanups.push(() => folder.release());
    // Known before the modules load, since links are made with it.
    const given = withPort(asked, await checkPort(asked));
    const logger = new PinoLogger(createLog(given.logLevel));
    Logger.overrideLogger(logger);

    const keys = await secretsOf(given, folder);
    const databaseUrl = await openDatabase(given, cleanups, progress);
    const migrated = await migrate(databaseUrl);
    if (migrated.length > 0) progress(`Database brought up to date (${migrated.length} migrations).`);

    const demo = hasDemo ? new Demo() : null;
    const app = await createApp({ settings: given, databaseUrl, ...keys }, logger, demo);
    cleanups.push(() => app.close());
    await app.listen(given.port, given.host).catch((error: unknown) => {
      throw listenProblem(error, given);
    });
    cleanups.push(() => app.get(Readiness).stop());
    await openDemo(demo, given, keys.adminKey);
    const signInLink = given.role === 'worker' ? null : await app.get(Sessions).bootstrapLink();
    return { settings: given, signInLink, ...keys, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
