import { readFile, rename, writeFile } from 'node:fs/promises';

/**
 * What the demo publisher stores between starts: its site, the secrets that the API shows only once, and whether the
 * sample comments have been posted.
 */
export interface DemoState {
  readonly siteId: string;
  readonly ssoSecret: string;
  readonly webhookSecret: string;
  readonly commentsPosted: boolean;
}

export async function readState(file: string): Promise<DemoState | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as DemoState;
  } catch {
    return null; // Missing, or truncated by a crash: set up again.
  }
}

export async function writeState(file: string, state: DemoState): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
  await rename(`${file}.new`, file);
}
