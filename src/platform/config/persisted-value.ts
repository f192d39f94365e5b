import { randomBytes } from 'node:crypto';
import { link, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';

export interface PersistedValue {
  readonly value: string;
  /** Whether this call made it. */
  readonly made: boolean;
}

/**
 * A value made once and kept in a file that only its owner can read. Of several processes that start at
 * once one makes it and the others read the same; after a crash there is the whole value or none.
 *
 * @param make the value when there is none yet; without line breaks
 */
export async function loadOrCreateValue(
  folder: string,
  name: string,
  make: () => string,
): Promise<PersistedValue> {
  const path = join(folder, name);
  const kept = await readPersistedValue(path);
  if (kept !== null) return { value: kept, made: false };

  const draft = `${path}.${randomBytes(6).toString('hex')}`;
  const value = make();
  const file = await open(draft, 'wx', 0o600);
  try {
    await file.writeFile(`${value}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draft, path);
    return { value, made: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return { value: (await readFile(path, 'utf8')).trim(), made: false };
  } finally {
    await unlink(draft);
  }
}

/** Null when there is no such file or nothing in it. */
export async function readPersistedValue(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim() || null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
