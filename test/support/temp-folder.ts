import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Creates a folder that other users may enter. `remove` deletes it. */
export function tempFolder(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'postbag-spec-'));
  chmodSync(path, 0o755);
  // Retries for a second, because child processes of a killed process may still write files while they exit.
  const remove = (): void => rmSync(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 100 });
  return { path, remove };
}
