import { execFile } from 'node:child_process';
import { readFile, readlink, realpath, rm } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { identify } from '../../config/process-identity.js';

const execFileAsync = promisify(execFile);

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
    execFileAsync('ps', ['-o', `${column}=`, '-p', String(pid)]).then(
      ({ stdout }) => stdout.trim(),
      () => '',
    );
  return { program: await readColumn('comm'), line: await readColumn('command') };
}

/**
 * Finds the server that a killed process left running on this cluster; null if there is none. The lock file is removed
 * if its process number now belongs to another program, for example after the restart of a container, where process
 * numbers start at 1 again. PostgreSQL itself would mistake that process for a server.
 */
export async function findServer(data: string): Promise<PostmasterFile | null> {
  const file = await readPostmasterFile(data);
  if (file === null) return null;
  if ((await identify(file.pid)) === null) {
    // The process is a zombie if it accepts signals. PostgreSQL tests for a running server with a signal and would
    // refuse to start, so remove the file. If there is no process, PostgreSQL handles the file itself.
    if (acceptsSignals(file.pid)) await rm(join(data, 'postmaster.pid'), { force: true });
    return null;
  }
  const { program, line } = await commandOf(file.pid);
  const folder = await readlink(`/proc/${file.pid}/cwd`).catch(() => null);
  const runsElsewhere = folder !== null && folder !== (await realpath(data));
  if (!/^postgres/.test(basename(program)) || runsElsewhere) {
    await rm(join(data, 'postmaster.pid'), { force: true });
    return null;
  }
  // If the system does not report the folder and the command line names another path, let PostgreSQL itself decide.
  return folder !== null || line.includes(data) ? file : null;
}

function acceptsSignals(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** The command line with which the running server was started (`postmaster.opts`). */
export async function readStartOptions(data: string): Promise<string> {
  return (await readFile(join(data, 'postmaster.opts'), 'utf8').catch(() => '')).trim();
}
