import { Logger } from '@nestjs/common';
import type { Runtime } from './app.module.js';
import { openDataFolder, type DataFolder } from './platform/config/data-folder.js';
import { checkPort } from './platform/config/listen-problem.js';
import { withPort, type Settings } from './platform/config/settings.js';
import { startEmbeddedPostgres } from './platform/database/embedded/embedded-postgres.js';
import { createLog, PinoLogger } from './platform/observability/logging.js';

type Cleanup = () => Promise<void> | void;

/** What exists before the Nest modules are created: the keys, a database with this version's schema, and a logger. */
export interface OpenRuntime {
  readonly runtime: Runtime;
  readonly logger: PinoLogger;
  /** True if this start created the admin key. */
  readonly adminKeyIsNew: boolean;
  /** `close` runs them in reverse order. Code that builds on the runtime adds its own. */
  readonly cleanups: Cleanup[];
  close(): Promise<void>;
}

export interface RuntimeOptions {
  /** Whether the process listens on a port. */
  readonly listens: boolean;
  /** Whether files other than keys and the embedded database are stored in DATA_DIR. */
  readonly storesFiles: boolean;
  /** Called with one short line per step that takes time. */
  readonly progress: (text: string) => void;
  /** Called when the folder, the port and the keys are available, before the wait for the database. */
  readonly onChecksPassed?: () => void;
}

/** Runs every cleanup even if an earlier one failed, then throws the first error. */
async function runAll(cleanups: Cleanup[]): Promise<void> {
  const errors: unknown[] = [];
  for (const cleanup of cleanups.splice(0).reverse()) {
    try {
      await cleanup();
    } catch (error) {
      errors.push(error);
    }
  }
  if (errors.length > 0) throw errors[0];
}

async function openDatabase(
  settings: Settings,
  cleanups: Cleanup[],
  progress: (text: string) => void,
): Promise<string> {
  if (settings.databaseUrl !== null) return settings.databaseUrl;
  const log = new Logger('postgres');
  const embedded = await startEmbeddedPostgres({
    dataDir: settings.dataDir,
    mayRelocate: !settings.isDataDirSet,
    log: (line) => log.warn({ event: 'postgres.output', line }),
    onProgress: progress,
  });
  cleanups.push(() => embedded.stop());
  return embedded.url;
}

async function resolveKeys(
  settings: Settings,
  folder: DataFolder | null,
): Promise<{ adminKey: string; adminKeyIsNew: boolean; secretKey: string }> {
  const storedKey = settings.adminKey === null && folder ? await folder.adminKey() : null;
  const adminKey = settings.adminKey ?? storedKey!.value;
  const secretKey = settings.secretKey ?? (await folder!.secretKey()).value;
  return { adminKey, adminKeyIsNew: storedKey?.isNew ?? false, secretKey };
}

/**
 * Opens what every process needs, whether it is a server or a command.
 *
 * @throws StartupError with the remedy; everything opened before is closed again
 */
export async function openRuntime(
  requestedSettings: Settings,
  { listens, storesFiles, progress, onChecksPassed }: RuntimeOptions,
): Promise<OpenRuntime> {
  const cleanups: Cleanup[] = [];
  try {
    const needsFolder =
      requestedSettings.databaseUrl === null || requestedSettings.adminKey === null || storesFiles;
    // Check the folder before the port: if the same instance is started twice, the error must say so instead of
    // reporting a port conflict.
    const folder = needsFolder
      ? await openDataFolder(requestedSettings.dataDir, { exclusive: requestedSettings.databaseUrl === null })
      : null;
    if (folder) cleanups.push(() => folder.release());
    // The port must be known before the modules load because links contain it.
    const settings = listens
      ? withPort(requestedSettings, await checkPort(requestedSettings))
      : requestedSettings;
    const logger = new PinoLogger(createLog(settings.logLevel));
    Logger.overrideLogger(logger);

    const { adminKeyIsNew, ...keys } = await resolveKeys(settings, folder);
    onChecksPassed?.();
    const databaseUrl = await openDatabase(settings, cleanups, progress);
    // Imported here because it loads half of all packages, and a start that fails its checks should not wait for that.
    const { migrate } = await import('./platform/database/migrate.js');
    const migrated = await migrate(databaseUrl);
    if (migrated.length > 0) progress(`Database updated (${migrated.length} migrations).`);
    return {
      runtime: { settings, databaseUrl, ...keys },
      logger,
      adminKeyIsNew,
      cleanups,
      close: () => runAll(cleanups),
    };
  } catch (error) {
    await runAll(cleanups);
    throw error;
  }
}
