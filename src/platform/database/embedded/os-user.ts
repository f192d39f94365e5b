import { execFile } from 'node:child_process';
import { realpath, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import { StartupError } from '../../config/startup-error.js';

const execFileAsync = promisify(execFile);

/** The user that runs PostgreSQL; null for the user of this process. */
export type OsUser = { readonly uid: number; readonly gid: number } | null;

async function findUser(name: string): Promise<OsUser> {
  const id = async (flag: string): Promise<number> =>
    Number((await execFileAsync('id', [flag, name])).stdout);
  try {
    return { uid: await id('-u'), gid: await id('-g') };
  } catch {
    return null;
  }
}

/**
 * Chooses the user that runs PostgreSQL, which refuses to run as root. If this process is root, that is the owner of
 * existing data, otherwise the system's PostgreSQL user, which is created if it is missing, otherwise nobody.
 */
export async function chooseUser(data: string): Promise<OsUser> {
  if (process.getuid?.() !== 0) return null;
  const owner = await stat(data).catch(() => null);
  if (owner !== null && owner.uid !== 0) return { uid: owner.uid, gid: owner.gid };
  if (owner !== null) {
    throw new StartupError(
      `The database folder ${data} belongs to root, but PostgreSQL refuses to run as root: give the folder to another user, for example with \`chown -R postgres ${JSON.stringify(data)}\`.`,
    );
  }
  for (const name of ['postgres', '_postgres']) {
    const user = await findUser(name);
    if (user !== null) return user;
  }
  await execFileAsync('useradd', [
    '--system',
    '--user-group',
    '--no-create-home',
    '--shell',
    '/usr/sbin/nologin',
    'postgres',
  ]).catch(() => undefined);
  const user = (await findUser('postgres')) ?? (await findUser('nobody'));
  if (user !== null) return user;
  throw new StartupError(
    'PostgreSQL refuses to run as root, and there is no other user to run it as: add one (`useradd --system postgres`), start Postbag as an ordinary user, or set DATABASE_URL.',
  );
}

/** The first folder on the way to `path`, including `path`, that the user may not traverse; null if there is none. */
export async function firstInaccessibleFolder(
  path: string,
  user: NonNullable<OsUser>,
): Promise<string | null> {
  const real = await realpath(path);
  const folders: string[] = [];
  for (let current = real; ; current = dirname(current)) {
    folders.unshift(current);
    if (dirname(current) === current) break;
  }
  for (const folder of folders) {
    const { uid, gid, mode } = await stat(folder);
    const execute = uid === user.uid ? 0o100 : gid === user.gid ? 0o010 : 0o001;
    if ((mode & execute) === 0) return folder;
  }
  return null;
}
