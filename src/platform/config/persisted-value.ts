import { randomBytes } from 'node:crypto';
import { link, open, readFile, unlink } from 'node:fs/promises';
import { join } from 'node:path';

export interface PersistedValue {
  readonly value: string;
  /** Whether this call created it. */
  readonly isNew: boolean;
}

/**
 * Loads a value from a file that only its owner can read, or creates it. If several processes start at the same time,
 * one creates the value and the others read it. A crash never leaves a file with a part of the value.
 *
 * @param create returns the value if there is none yet; it must not contain line breaks
 */
export async function loadOrCreateValue(
  folder: string,
  name: string,
  create: () => string,
): Promise<PersistedValue> {
  const path = join(folder, name);
  const existing = await readPersistedValue(path);
  if (existing !== null) return { value: existing, isNew: false };

  const draftPath = `${path}.${randomBytes(6).toString('hex')}`;
  const value = create();
  const file = await open(draftPath, 'wx', 0o600);
  try {
    await file.writeFile(`${value}\n`);
    await file.sync();
  } finally {
    await file.close();
  }
  try {
    await link(draftPath, path);
    return { value, isNew: true };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    return { value: (await readFile(path, 'utf8')).trim(), isNew: false };
  } finally {
    await unlink(draftPath);
  }
}

/** Returns null if the file is missing or empty. */
export async function readPersistedValue(path: string): Promise<string | null> {
  try {
    return (await readFile(path, 'utf8')).trim() || null;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  }
}
