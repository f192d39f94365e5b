import { readFile, rename, writeFile } from 'node:fs/promises';

/** What the pretend publisher keeps between starts: what the API shows once. */
export interface DemoState {
  readonly siteId: string;
  readonly ssoSecret: string;
  readonly webhookSecret: string;
  /** Whether the regulars have written. */
  readonly conversed: boolean;
}

export async function readState(file: string): Promise<DemoState | null> {
  try {
    return JSON.parse(await readFile(file, 'utf8')) as DemoState;
  } catch {
    return null; // none yet, or cut off by a crash: set up anew
  }
}

export async function writeState(file: string, state: DemoState): Promise<void> {
  await writeFile(`${file}.new`, JSON.stringify(state), { mode: 0o600 });
  await rename(`${file}.new`, file);
}
