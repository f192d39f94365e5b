import { randomBytes } from 'node:crypto';
import { statSync } from 'node:fs';
import { access, chmod, constants, mkdir, rm, stat, writeFile } from 'node:fs/promises';
import { userInfo } from 'node:os';
import { dirname, join } from 'node:path';
import { lockFolder } from './folder-lock.js';
import { loadOrCreateValue, type PersistedValue } from './persisted-value.js';
import { StartupError } from './startup-error.js';

const randomToken = (): string => randomBytes(32).toString('base64url');

/** The opened DATA_DIR. It stores values that are generated at the first start. */
export class DataFolder {
  constructor(
    readonly path: string,
    /** Unlocks the folder; has no effect if it was not opened exclusively. */
    readonly release: () => void,
  ) {}

  /** The bootstrap key (`pbk_…`), which has every scope. */
  adminKey(): Promise<PersistedValue> {
    return this.loadOrCreate('admin-key', () => `pbk_${randomToken()}`);
  }

  /** The key that encrypts secrets at rest. If it is lost, those secrets are lost. */
  secretKey(): Promise<PersistedValue> {
    return this.loadOrCreate('secret-key', randomToken);
  }

  private async loadOrCreate(name: string, create: () => string): Promise<PersistedValue> {
    try {
      return await loadOrCreateValue(this.path, name, create);
    } catch (error) {
      throw folderProblem(this.path, error as NodeJS.ErrnoException);
    }
  }
}

function currentUserName(): string {
  try {
    return userInfo().username;
  } catch {
    return `number ${process.getuid?.() ?? '?'}`;
  }
}

function folderProblem(path: string, error: NodeJS.ErrnoException): StartupError {
  switch (error.code) {
    case 'EACCES':
    case 'EPERM':
      return new StartupError(
        `The data folder ${path} cannot be written by user ${currentUserName()}: give that user write access, or set DATA_DIR to a folder that the user can write to.`,
      );
    case 'EROFS':
      return new StartupError(
        `The data folder ${path} is on a read-only file system: set DATA_DIR to a writable one.`,
      );
    case 'ENOTDIR':
    case 'EEXIST':
      return new StartupError(
        `The data folder ${path}, or a folder above it, is a file: set DATA_DIR to a folder.`,
      );
    case 'ENOSPC':
    case 'EDQUOT':
      return new StartupError(
        `There is no space left for the data folder ${path}: free some space, or set DATA_DIR to a folder on another disk.`,
      );
    default:
      return new StartupError(
        `The data folder ${path} cannot be used (${error.message}): set DATA_DIR to another folder.`,
      );
  }
}

async function prepare(path: string): Promise<void> {
  // Parent folders get the default mode: when running as root, PostgreSQL's user must be able to traverse them.
  await mkdir(dirname(path), { recursive: true });
  await mkdir(path, { mode: 0o700 }).catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'EEXIST' || !statSync(path).isDirectory()) throw error;
  });
  await access(path, constants.W_OK | constants.X_OK | constants.R_OK);
  // For root, access() succeeds even on a read-only mount.
  const probe = join(path, `.probe-${randomBytes(6).toString('hex')}`);
  await writeFile(probe, '');
  await rm(probe);
  // The folder holds keys. The group keeps its execute bit: when running as root, PostgreSQL's folder has another
  // owner, who must be able to reach it.
  const { mode, uid } = await stat(path);
  if (uid === process.getuid?.() && (mode & 0o067) !== 0) await chmod(path, mode & 0o710);
}

/**
 * Opens DATA_DIR and creates it if necessary.
 *
 * @param exclusive locks the folder against other processes; needed for embedded PostgreSQL
 * @throws StartupError with the remedy if the folder is not writable or is in use
 */
export async function openDataFolder(
  path: string,
  { exclusive }: { exclusive: boolean },
): Promise<DataFolder> {
  try {
    await prepare(path);
    return new DataFolder(path, exclusive ? await lockFolder(path) : () => undefined);
  } catch (error) {
    throw error instanceof StartupError ? error : folderProblem(path, error as NodeJS.ErrnoException);
  }
}
