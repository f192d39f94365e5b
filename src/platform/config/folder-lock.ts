import { unlinkSync } from 'node:fs';
import { link, readFile, rename, stat, unlink, utimes, writeFile } from 'node:fs/promises';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomBytes } from 'node:crypto';
import { identify, isRunning, type ProcessIdentity } from './process-identity.js';
import { StartupError } from './startup-error.js';

interface LockRecord extends ProcessIdentity {
  readonly host: string;
  readonly nonce: string;
}

// The owner updates the modification time of its lock at this interval. A process on another host or in another
// container cannot look up the owner's process number, so it watches the modification time instead.
const HEARTBEAT_MS = 2_000;
const WATCH_MS = 5_000;

function parse(text: string): LockRecord | null {
  try {
    const record = JSON.parse(text) as Partial<LockRecord>;
    return typeof record.pid === 'number' && typeof record.nonce === 'string' ? (record as LockRecord) : null;
  } catch {
    return null;
  }
}

/** Whether the modification time of the lock file changes within WATCH_MS. */
async function hasHeartbeat(path: string): Promise<boolean> {
  const timeOf = (): Promise<number> =>
    stat(path).then(
      ({ mtimeMs }) => mtimeMs,
      () => 0,
    );
  const before = await timeOf();
  const end = performance.now() + WATCH_MS;
  while (performance.now() < end) {
    await sleep(250);
    if ((await timeOf()) !== before) return true;
  }
  return false;
}

async function isHeld(path: string, record: LockRecord): Promise<boolean> {
  return record.host === hostname() ? isRunning(record) : hasHeartbeat(path);
}

/** Removes the lock of a dead owner, unless another process has replaced it since it was read. */
async function removeStale(path: string, staleText: string): Promise<void> {
  const tempPath = `${path}.${randomBytes(6).toString('hex')}`;
  try {
    await rename(path, tempPath);
  } catch {
    return;
  }
  if ((await readFile(tempPath, 'utf8')) !== staleText) await link(tempPath, path).catch(() => undefined);
  await unlink(tempPath);
}

/**
 * Locks a folder for this process until the process ends or calls the returned function. A lock that a killed process
 * left behind is recognised by its process number and start time, and replaced.
 *
 * @throws StartupError if another running process holds the lock
 */
export async function lockFolder(folder: string): Promise<() => void> {
  const path = join(folder, 'lock');
  const self = await identify(process.pid);
  const record: LockRecord = {
    pid: process.pid,
    startedAt: self?.startedAt ?? null,
    host: hostname(),
    nonce: randomBytes(12).toString('hex'),
  };
  const draftPath = `${path}.${record.nonce}`;
  await writeFile(draftPath, JSON.stringify(record), { mode: 0o600 });
  try {
    for (;;) {
      // A hard link appears atomically, so that no process reads a partial record.
      const isTaken = await link(draftPath, path).then(
        () => false,
        (error: NodeJS.ErrnoException) => {
          if (error.code === 'EEXIST') return true;
          throw error;
        },
      );
      if (!isTaken) break;
      const text = await readFile(path, 'utf8').catch(() => null);
      if (text === null) continue;
      const other = parse(text);
      if (other !== null && (await isHeld(path, other))) {
        const where =
          other.host === record.host ? `process ${other.pid}` : `process ${other.pid} on ${other.host}`;
        throw new StartupError(
          `Another Postbag process is using the data folder ${folder} (${where}): stop that process first, or give this one its own DATA_DIR and PORT.`,
        );
      }
      await removeStale(path, text);
    }
  } finally {
    await unlink(draftPath);
  }

  const heartbeat = setInterval(() => {
    const now = new Date();
    utimes(path, now, now).catch(() => undefined);
  }, HEARTBEAT_MS).unref();
  const release = (): void => {
    clearInterval(heartbeat);
    process.removeListener('exit', release);
    try {
      unlinkSync(path);
    } catch {
      // The lock is already gone, together with its folder.
    }
  };
  process.once('exit', release);
  return release;
}
