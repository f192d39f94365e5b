import { spawn } from 'node:child_process';
import { chown, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { StartupError } from '../../config/startup-error.js';
import type { DataLocation } from './data-location.js';

/** The environment variables that PostgreSQL's programs need, without a PGPORT or PGDATA meant for another server. */
export function programEnvironment(): NodeJS.ProcessEnv {
  // These variables are not settings of Postbag; every program needs them.
  // eslint-disable-next-line no-restricted-properties
  const { PATH, TMPDIR, SystemRoot } = process.env;
  return { PATH, TMPDIR, SystemRoot, LC_ALL: 'C', TZ: 'UTC' };
}

function runInitdb(
  location: DataLocation,
  data: string,
  passwordFile: string,
): Promise<{ ok: boolean; output: string }> {
  const args = [
    `--pgdata=${data}`,
    '--username=postgres',
    `--pwfile=${passwordFile}`,
    '--auth=scram-sha-256',
    '--encoding=UTF8',
    '--locale=C',
    // Sorts text the same way on every host; language-aware order is requested per column.
    '--locale-provider=builtin',
    '--builtin-locale=C.UTF-8',
    '--no-instructions',
  ];
  return new Promise((resolve) => {
    let output = '';
    const child = spawn(location.binaries.initdb, args, {
      ...location.user,
      cwd: data,
      env: programEnvironment(),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    child.once('error', (error) => resolve({ ok: false, output: error.message }));
    child.once('close', (code) => resolve({ ok: code === 0, output }));
  });
}

function initdbProblem(output: string, parent: string): StartupError {
  const line =
    output.match(/(?:error|fatal|could not)[^\n]*/gi)?.at(-1) ?? output.trim().split('\n').at(-1) ?? '';
  if (/effective user ID/.test(output)) {
    return new StartupError(
      `PostgreSQL needs a user with a name, but the current user (number ${process.getuid?.()}) is not listed in /etc/passwd: run Postbag as a user who is listed there, or set DATABASE_URL.`,
    );
  }
  return new StartupError(
    `The database could not be created in ${parent} (${line.trim()}): make that folder usable, or set DATA_DIR to another folder.`,
  );
}

/** The major version of the cluster; null if the folder is missing or empty. */
async function readClusterVersion(data: string): Promise<string | null> {
  try {
    return (await readFile(join(data, 'PG_VERSION'), 'utf8')).trim();
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
      throw new StartupError(
        `The database folder ${data} cannot be read by this user: start Postbag as the user who created it, or set DATA_DIR to another folder.`,
      );
    }
  }
  const files = await readdir(data).catch(() => []);
  if (files.length === 0) return null;
  throw new StartupError(
    `The folder ${data} holds files but no database: move the files away, or set DATA_DIR to another folder.`,
  );
}

/**
 * Creates the cluster if there is none. It is created under another name and renamed when complete, so that an
 * interrupted start leaves no partial cluster.
 *
 * @returns whether it was created now
 * @throws StartupError if it cannot be created or belongs to another major version
 */
export async function initialise(location: DataLocation, password: string): Promise<boolean> {
  const { data, parent, binaries, user } = location;
  const version = await readClusterVersion(data);
  if (version !== null && version !== binaries.major) {
    throw new StartupError(
      `The database in ${data} was written by PostgreSQL ${version} and cannot be read by PostgreSQL ${binaries.major}, which this version of Postbag includes: start the version of Postbag that wrote it, or run a PostgreSQL ${version} server on it and set DATABASE_URL, or set DATA_DIR to a new folder.`,
    );
  }
  if (version !== null) return false;

  const draftFolder = join(parent, 'postgres.new');
  const passwordFile = join(parent, 'postgres.new-password');
  try {
    await rm(draftFolder, { recursive: true, force: true });
    await rm(data, { recursive: true, force: true });
    await mkdir(draftFolder, { mode: 0o700 });
    await rm(passwordFile, { force: true });
    await writeFile(passwordFile, `${password}\n`, { mode: 0o600, flag: 'wx' });
    if (user !== null) {
      await chown(draftFolder, user.uid, user.gid);
      await chown(passwordFile, user.uid, user.gid);
    }
    const { ok, output } = await runInitdb(location, draftFolder, passwordFile);
    if (!ok) throw initdbProblem(output, parent);
    await rename(draftFolder, data);
  } catch (error) {
    await rm(draftFolder, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  } finally {
    await rm(passwordFile, { force: true });
  }
  return true;
}
