import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';

const execFileAsync = promisify(execFile);

/** Identifies a process, so that it is not confused with a later one that has the same number. */
export interface ProcessIdentity {
  readonly pid: number;
  /** The start time in the system's own format, used only for comparison. Null if the system does not report it. */
  readonly startedAt: string | null;
}

/**
 * Reads fields 3 (state) and 22 (start, in ticks since boot) of proc_pid_stat(5). Field 2, the name in parentheses, may
 * itself contain spaces and parentheses.
 */
async function readLinuxStat(pid: number): Promise<{ state: string; start: string } | null> {
  try {
    const stat = await readFile(`/proc/${pid}/stat`, 'utf8');
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return { state: fields[0] ?? '', start: fields[19] ?? '' };
  } catch {
    return null;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * Identifies the process that has this number now; null if there is none. A zombie counts as none: under an init that
 * does not reap processes, as in many containers, a killed process keeps its number.
 */
export async function identify(pid: number): Promise<ProcessIdentity | null> {
  if (!Number.isInteger(pid) || pid <= 0) return null;
  if (process.platform === 'linux') {
    const stat = await readLinuxStat(pid);
    return stat === null || stat.state === 'Z' || stat.state === 'X' ? null : { pid, startedAt: stat.start };
  }
  if (!isAlive(pid)) return null;
  if (process.platform === 'win32') return { pid, startedAt: null };
  const startedAt = await execFileAsync('ps', ['-o', 'lstart=', '-p', String(pid)]).then(
    ({ stdout }) => stdout.trim() || null,
    () => null,
  );
  return { pid, startedAt };
}

/** Whether the recorded process is still running. */
export async function isRunning(recorded: ProcessIdentity): Promise<boolean> {
  const now = await identify(recorded.pid);
  if (now === null) return false;
  return recorded.startedAt === null || now.startedAt === null || now.startedAt === recorded.startedAt;
}
