import { createHash } from 'node:crypto';
import { access, chmod, chown, mkdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { loadOrCreateValue, readPersistedValue } from '../../config/persisted-value.js';
import { StartupError } from '../../config/startup-error.js';
import { copyBinaries, type Binaries } from './binaries.js';
import { chooseUser, firstInaccessibleFolder, type OsUser } from './os-user.js';

/** Where the cluster is stored, which user runs the server and which programs it uses. */
export interface DataLocation {
  /**
   * The folder that holds the cluster, its log and, if the user cannot access node_modules, a copy of the programs.
   */
  readonly parent: string;
  /** PostgreSQL's own data directory. */
  readonly data: string;
  readonly user: OsUser;
  readonly binaries: Binaries;
}

const RELOCATED_ROOT = '/var/lib/postbag';
const LOCATION_FILE = 'postgres-folder';

const exists = (path: string): Promise<boolean> =>
  access(path).then(
    () => true,
    () => false,
  );

/** Lets the user traverse a folder that this process owns, through its group. Only the owner can read the folder. */
async function allowGroupAccess(folder: string, user: NonNullable<OsUser>): Promise<void> {
  if ((await firstInaccessibleFolder(folder, user)) !== (await realpath(folder))) return;
  const { uid, mode } = await stat(folder);
  await chown(folder, uid, user.gid);
  await chmod(folder, (mode & 0o700) | 0o010);
}

/** The parent folder of the cluster if an earlier start placed it outside DATA_DIR. */
async function relocatedParent(dataDir: string): Promise<string | null> {
  const parent = await readPersistedValue(join(dataDir, LOCATION_FILE));
  if (parent === null || (await exists(join(parent, 'postgres')))) return parent;
  throw new StartupError(
    `The database of ${dataDir} was stored in ${parent} but is no longer there: restore that folder, or remove ${dataDir} to start with an empty database.`,
  );
}

async function createRelocatedParent(dataDir: string, user: NonNullable<OsUser>): Promise<string> {
  const parent = join(RELOCATED_ROOT, createHash('sha256').update(dataDir).digest('hex').slice(0, 12));
  await mkdir(parent, { recursive: true, mode: 0o755 });
  await allowGroupAccess(parent, user);
  return parent;
}

interface DataLocationOptions {
  readonly dataDir: string;
  /** Whether the cluster may be placed elsewhere if the user who runs the server cannot reach `dataDir`. */
  readonly mayRelocate: boolean;
  readonly onProgress: (text: string) => void;
}

/**
 * Chooses where the cluster is stored. For an ordinary user this is DATA_DIR, with the programs where npm installed
 * them. When running as root, another user must be able to reach both, which is not possible below a folder such as
 * /root.
 *
 * @throws StartupError naming the folder that is not accessible
 */
export async function chooseDataLocation(
  options: DataLocationOptions,
  installed: Binaries,
): Promise<DataLocation> {
  const { dataDir, onProgress } = options;
  const existingParent = await relocatedParent(dataDir);
  let parent = existingParent ?? dataDir;
  const user = await chooseUser(join(parent, 'postgres'));
  if (user === null) return { parent, data: join(parent, 'postgres'), user, binaries: installed };

  await allowGroupAccess(parent, user);
  const inaccessibleFolder = await firstInaccessibleFolder(parent, user);
  if (inaccessibleFolder !== null) {
    if (!options.mayRelocate || process.platform !== 'linux' || (await exists(join(parent, 'postgres')))) {
      throw new StartupError(
        `PostgreSQL does not run as root and cannot reach ${parent}, because ${inaccessibleFolder} is closed to other users. Set DATA_DIR to a folder that other users can enter, such as ${RELOCATED_ROOT}, or start Postbag as an ordinary user.`,
      );
    }
    parent = await createRelocatedParent(dataDir, user);
    onProgress(
      `${inaccessibleFolder} is closed to PostgreSQL's user, so the database is stored in ${parent}`,
    );
  }

  const isReachable = (await firstInaccessibleFolder(dirname(installed.postgres), user)) === null;
  const binaries = isReachable ? installed : await copyBinaries(installed, parent);
  return { parent, data: join(parent, 'postgres'), user, binaries };
}

/** Records, once the cluster is complete, that it is stored outside DATA_DIR. */
export async function recordDataLocation(dataDir: string, { parent }: DataLocation): Promise<void> {
  if (parent !== dataDir) await loadOrCreateValue(dataDir, LOCATION_FILE, () => parent);
}
