import { execFile } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { syntheticComments } from '../../../src/features/scoring/site-model/remarks.builder.js';
import { importComments } from '../../../src/cli/import-comments.js';
import type { CommandOutcome } from '../../../src/cli/command.js';
import { loadSettings } from '../../../src/platform/config/settings.js';
import { PinoLogger, createLog } from '../../../src/platform/observability/logging.js';
import type { OpenRuntime } from '../../../src/runtime.js';
import { startApp, TEST_ADMIN_KEY, TEST_SECRET_KEY, type TestApp } from '../../support/app.js';
import { packModerated } from '../../support/coral-export.js';
import { connectAsOwner, type Json, type OwnerConnection } from '../../support/site-fixture.js';
import { freshDatabase, type FreshDatabase } from '../../support/postgres.js';
import { createSite, type TestSite } from '../../support/sites.js';
import { tempFolder } from '../../support/temp-folder.js';

let database: FreshDatabase;
let app: TestApp;
let db: OwnerConnection;
let site: TestSite;
const folder = tempFolder();
const fileAt = (name: string, bytes: Buffer): string => {
  const path = join(folder.path, name);
  writeFileSync(path, bytes);
  return path;
};

beforeAll(async () => {
  database = await freshDatabase();
  // No worker runs, so the command runs the import.
  app = await startApp({ databaseUrl: database.url, settings: { limits: false, role: 'api' } });
  db = await connectAsOwner(database.url);
  site = await createSite(app);
});
afterAll(async () => {
  await db?.end();
  await app?.close();
  await database?.drop();
  folder.remove();
});

async function run(...args: string[]): Promise<CommandOutcome> {
  const settings = loadSettings({
    DATABASE_URL: database.url,
    SECRET_KEY: TEST_SECRET_KEY,
    LOG_LEVEL: 'fatal',
  });
  const cleanups: (() => Promise<void> | void)[] = [];
  const runtime = {
    settings,
    databaseUrl: database.url,
    adminKey: TEST_ADMIN_KEY,
    secretKey: TEST_SECRET_KEY,
  };
  const openRuntime = {
    runtime,
    logger: new PinoLogger(createLog('fatal')),
    cleanups,
  } as unknown as OpenRuntime;
  try {
    return (await importComments.run(openRuntime, args)) as CommandOutcome;
  } finally {
    for (const cleanup of cleanups.reverse()) await cleanup();
  }
}
const importFile = (path: string, ...more: string[]): Promise<CommandOutcome> =>
  run('--site', site.id, '--format', 'coral', ...more, path);

describe('the import command', () => {
  let path: string;
  beforeAll(async () => {
    const moderated = syntheticComments(240).map((text) => ({ text, isRefused: text.includes('marrow') }));
    path = fileAt('coral.tar.gz', gzipSync(await packModerated('https://news.example', moderated)));
  });

  it('does a dry run, imports, and finds nothing new the second time', async () => {
    const dryRun = await importFile(path, '--dry-run');
    expect(dryRun).toMatchObject({ exitCode: 0, text: expect.stringContaining('Nothing was written') });
    expect(await db.rows('SELECT 1 FROM comment WHERE site_id = $1', [site.id])).toEqual([]);

    const { text, exitCode } = await importFile(path);
    expect(exitCode).toBe(0);
    expect(text).toContain('The import is complete.');
    expect(text).toMatch(/comments +240 +240 +0 +0 +0/);
    expect(text).toContain('No line has an error.');
    expect(text).toContain('A site model was trained on 240 decisions');
    expect(text).toMatch(/toxicity 0\.\d{3} before, [01]\.\d{3} after/);

    const again = await importFile(path);
    expect(again.text).toMatch(/comments +240 +0 +240 +0 +0/);
    expect(again.text).toContain('No site model was trained: the import added no decisions made by people.');
    const started = await db.rows<{ body: string }>(
      `SELECT body FROM audit_entry WHERE site_id = $1 AND body::jsonb ->> 'action' = 'import.started' ORDER BY position`,
      [site.id],
    );
    expect(started.map((entry) => JSON.parse(entry.body))).toMatchObject([
      { actor: { kind: 'admin', request: 'cli-import' }, details: { format: 'coral', dryRun: true } },
      { details: { dryRun: false } },
      { details: { dryRun: false } },
    ]);
  });

  it.each([
    ['a file that does not exist', () => 'nowhere.tar.gz', 2, 'The file nowhere.tar.gz does not exist.'],
    ['a folder', () => folder.path, 2, 'is not a file'],
    [
      'a file that is not a tar',
      () => fileAt('a.json', Buffer.from('{"id": 1}\n'.repeat(99))),
      1,
      'not a tar archive',
    ],
    ['an empty file', () => fileAt('empty.tar', Buffer.alloc(0)), 2, 'empty.tar is empty.'],
  ])('refuses %s', async (_what, file, exitCode, text) => {
    expect(await importFile(file())).toEqual({ exitCode, text: expect.stringContaining(text) });
  });

  it('explains what is wrong with a truncated file', async () => {
    const moderated = syntheticComments(600).map((text) => ({ text, isRefused: false }));
    const whole = await packModerated('https://news.example', moderated);
    const { text, exitCode } = await importFile(fileAt('broken.tar', whole.subarray(0, whole.length / 2)));
    expect(exitCode).toBe(1);
    expect(text).toContain('Nothing was imported. The archive cannot be read');
  });

  it('resumes or cancels an import that no process works on', async () => {
    expect((await run('--site', site.id, '--resume')).text).toBe('No import is running for this site.');
    const moderated = syntheticComments(20).map((text) => ({ text, isRefused: false }));
    const file = await packModerated('https://news.example', moderated);
    const upload = async (): Promise<string> => {
      // Upload the file to a process that does not run jobs.
      const answer = await fetch(`${app.url}/api/v1/sites/${site.id}/imports?format=coral`, {
        method: 'POST',
        headers: { authorization: `Bearer ${app.adminKey}` },
        body: new Uint8Array(file),
      });
      return ((await answer.json()) as { id: string }).id;
    };
    const stateOf = async (id: string): Promise<string> =>
      (await site.publisher<Json>('GET', `/imports/${id}`)).body.state;
    const first = await upload();
    const refused = await importFile(path);
    expect(refused.exitCode).toBe(1);
    expect(refused.text).toContain('--resume');
    const resumed = await run('--site', site.id, '--resume');
    expect([resumed.exitCode, await stateOf(first)]).toEqual([0, 'done']);

    const second = await upload();
    const cancelled = await run('--site', site.id, '--cancel');
    expect(cancelled.text).toContain('The import was cancelled.');
    expect(await stateOf(second)).toBe('cancelled');
  });

  it('prints its usage and starts nothing', async () => {
    const data = join(folder.path, 'no-data');
    const env = { PATH: process.env['PATH'], DATA_DIR: data };
    const { stdout } = await promisify(execFile)(process.execPath, ['dist/cli.js', 'import', '--help'], {
      env,
    });
    expect(stdout).toContain('--site SITE_ID --format FORMAT');
    expect(existsSync(data)).toBe(false);
  });

  it('refuses missing and invalid arguments', async () => {
    for (const args of [[], ['--site', site.id], ['--site', site.id, '--resume', path], ['--nonsense']])
      expect((await run(...args)).exitCode).toBe(2);
    expect((await run('--site', site.id, '--format', 'other', path)).text).toContain(
      'Unknown format: other.',
    );
    const unknownSite = '00000000-0000-4000-8000-000000000000';
    expect((await run('--site', unknownSite, '--format', 'coral', path)).text).toContain(
      'No site has the id',
    );
  });
});
