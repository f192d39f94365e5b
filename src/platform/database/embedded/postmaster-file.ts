import { execFile } from 'node:child_process';
import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { identify } from '../../config/process-identity.js';

const run = promisify(execFile);

/** PostgreSQL's lock file, `postmaster.pid` (source: src/include/utils/pidfile.h). */
export interface PostmasterFile {
  readonly pid: number;
  readonly port: number;
  /** `starting`, `ready`, `stopping`, `standby`. */
  readonly status: string;
}

/** Null if the file is missing, as for a stopped server. */
export async function readPostmasterFile(data: string): Promise<PostmasterFile | null> {
  const text = await readFile(join(data, 'postmaster.pid'), 'utf8').catch(() => null);
  if (text === null) return null;
  const lines = text.split('\n');
  return { pid: Math.abs(Number(lines[0])), port: Number(lines[3]), status: (lines[7] ?? '').trim() };
}

/** The path of the program, and its full command line. */
async function commandOf(pid: number): Promise<{ program: string; line: string }> {
  if (process.platform === 'linux') {
    const line = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '');
    return { program: line.split('\0')[0] ?? '', line };
  }
  const readColumn = (column: string): Promise<string> =>
    run('ps', ['-o', `${column}=`, '-p', String(pid)]).then(
      ({ stdout }) => stdout.trim(),
      () => '',
    );
  return { program: await readColumn('comm'), line: await readColumn('command') };
}

/**
 * Finds the server that a killed process left running on this cluster; null if there is none. A lock file is removed
 * if its process number now belongs to a program other than PostgreSQL, for example after a container restart, when
 * numbers start again. PostgreSQL itself would take that process for a server.
 */
export async function findServer(data: string): Promise<PostmasterFile | null> {
  const file = await readPostmasterFile(data);
  if (file === null) return null;
  if ((await identify(file.pid)) === null) {
    // A zombie accepts signals, which is how PostgreSQL tests for a running server. A number without a process does not,
    // and PostgreSQL handles that itself.
    if (isSignalled(file.pid)) await rm(join(data, 'postmaster.pid'), { force: true });
    return null;
  }
  const { program, line } = await commandOf(file.pid);
  const folder = await readlink(`/proc/${file.pid}/cwd`).catch(() => null);
  const isOther = folder === null ? false : folder !== (await realpath(data));
  if (!/^postgres/.test(basename(program)) || isOther) {
    await rm(join(data, 'postmaster.pid'), { force: true });
    return null;
  }
  // If the system does not report the folder and the path differs, PostgreSQL itself must refuse the start.
  return folder !== null || line.includes(data) ? file : null;
}

function isSignalled(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The arguments that the running server was started with, as one text (`postmaster.opts`). */
export async function readStartOptions(data: string): Promise<string> {
  return (await readFile(join(data, 'postmaster.opts'), 'utf8').catch(() => '')).trim();
}
