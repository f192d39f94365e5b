import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import pg from 'pg';
import { openDataFolder } from '../../../src/platform/config/data-folder.js';
import { StartupError } from '../../../src/platform/config/startup-error.js';
import { completeLinks } from '../../../src/platform/database/embedded/binaries.js';
import {
  startEmbeddedPostgres,
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
} from '../../../src/platform/database/embedded/embedded-postgres.js';
import { until } from '../../support/processes.js';
import { tempFolder } from '../../support/temp-folder.js';

const isRoot = process.getuid?.() === 0;

let temp: ReturnType<typeof tempFolder>;
let dataDir: string;
let logLines: string[];
const started: EmbeddedPostgres[] = [];

async function start(options: Partial<EmbeddedPostgresOptions> = {}): Promise<EmbeddedPostgres> {
  const log = (line: string): number => logLines.push(line);
  const postgres = await startEmbeddedPostgres({ dataDir, log, onProgress: log, ...options });
  started.push(postgres);
  return postgres;
}

/** Runs a statement on a separate connection. */
async function query<Row extends pg.QueryResultRow>({ url }: { url: string }, sql: string): Promise<Row[]> {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query<Row>(sql)).rows;
  } finally {
    await client.end();
  }
}

const postmasterPid = (): number =>
  Number(readFileSync(join(dataDir, 'postgres/postmaster.pid'), 'utf8').split('\n')[0]);

async function startupErrorOf(options: Partial<EmbeddedPostgresOptions> = {}): Promise<string> {
  const error = await start(options).then(
    () => null,
    (reason: unknown) => reason,
  );
  expect(error).toBeInstanceOf(StartupError);
  const { message } = error as StartupError;
  expect(message.split('\n')).toHaveLength(1);
  return message;
}

beforeEach(async () => {
  temp = tempFolder();
  dataDir = join(temp.path, 'a folder with spaces', 'data');
  logLines = [];
  (await openDataFolder(dataDir, { exclusive: false })).release();
});

async function stopAll(): Promise<void> {
  for (const postgres of started.splice(0)) await postgres.stop();
}

afterEach(async () => {
  await stopAll();
  temp.remove();
});

describe('embedded PostgreSQL', () => {
  it('is created on the first start, logs that once, and keeps its data', async () => {
    const first = await start();
    expect(logLines).toEqual([expect.stringContaining('first start')]);
    await query(first, 'CREATE TABLE sample AS SELECT 7 AS n');
    await first.stop();

    const second = await start();
    expect(logLines).toHaveLength(1);
    expect(second.url).toBe(first.url);
    expect(await query(second, 'SELECT n FROM sample')).toEqual([{ n: 7 }]);
  });

  it('listens on loopback only, requires its own password, and lets only the owner read it', async () => {
    const postgres = await start();
    const [settings] = await query(
      { url: postgres.superuserUrl },
      "SELECT current_setting('listen_addresses') AS listen, current_setting('unix_socket_directories') AS sockets, version()",
    );
    expect(settings).toMatchObject({
      listen: '127.0.0.1',
      sockets: '',
      version: expect.stringContaining('PostgreSQL 18'),
    });
    const wrong = new URL(postgres.url);
    wrong.password = 'postgres';
    await expect(query({ url: wrong.href }, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' });
    expect(statSync(join(dataDir, 'postgres-password')).mode & 0o777).toBe(0o600);
    expect(statSync(dataDir).mode & 0o067).toBe(0);
  });

  it('sorts text the same on every system, and has the extensions that the product uses', async () => {
    const postgres = await start();
    const rows = await query(postgres, "SELECT t FROM (VALUES ('b'), ('B'), ('ä'), ('a')) v (t) ORDER BY t");
    expect(rows.map(({ t }) => t as string)).toEqual(['B', 'a', 'b', 'ä']);
    await query(postgres, 'CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent');
  });

  it('restarts at the same address with its data after kill -9 of the server', async () => {
    const postgres = await start();
    await query(postgres, 'CREATE TABLE sample AS SELECT 7 AS n');
    const before = postmasterPid();
    process.kill(before, 'SIGKILL');
    await until(() => logLines.some((line) => line.includes('is running again')));
    expect(postmasterPid()).not.toBe(before);
    expect(await query(postgres, 'SELECT n FROM sample')).toEqual([{ n: 7 }]);
  });

  it('starts even if the process ID in a stale lock file now belongs to another program', async () => {
    const first = await start();
    const file = join(dataDir, 'postgres/postmaster.pid');
    const lines = readFileSync(file, 'utf8').split('\n');
    const { uid, gid } = statSync(file);
    await first.stop();
    const sleeper = execFileSync('/bin/sh', ['-c', 'sleep 60 >/dev/null 2>&1 & echo $!']).toString().trim();
    try {
      writeFileSync(file, [sleeper, ...lines.slice(1)].join('\n'), { mode: 0o600 });
      if (isRoot) execFileSync('chown', [`${uid}:${gid}`, file]);
      expect(await query(await start(), 'SELECT 1 AS n')).toEqual([{ n: 1 }]);
    } finally {
      process.kill(Number(sleeper));
    }
  });

  it('starts over if an earlier start was interrupted while it created the cluster', async () => {
    mkdirSync(join(dataDir, 'postgres.new/base'), { recursive: true });
    writeFileSync(join(dataDir, 'postgres.new/PG_VERSION'), '18\n');
    writeFileSync(join(dataDir, 'postgres.new-password'), 'old');
    await start();
    expect(existsSync(join(dataDir, 'postgres.new'))).toBe(false);
    expect(existsSync(join(dataDir, 'postgres.new-password'))).toBe(false);
  });

  it('uses another port if its previous one is in use', async () => {
    const first = await start();
    const port = Number(new URL(first.url).port);
    await first.stop();
    const portBlocker: Server = createServer();
    await new Promise<void>((resolve) => portBlocker.listen(port, '127.0.0.1', resolve));
    try {
      const second = await start();
      expect(new URL(second.url).port).not.toBe(String(port));
    } finally {
      portBlocker.close();
    }
  });

  it('writes no reader text into its log', async () => {
    const postgres = await start();
    await query(postgres, 'CREATE TABLE secret (body text UNIQUE)');
    await query(postgres, "INSERT INTO secret VALUES ('what a reader wrote')");
    await expect(query(postgres, "INSERT INTO secret VALUES ('what a reader wrote')")).rejects.toThrow();
    await expect(query(postgres, "SELECT 'what a reader wrote' FROM nowhere")).rejects.toThrow();
    const log = readFileSync(join(dataDir, 'postgres.log'), 'utf8');
    expect(log).toContain('duplicate key');
    expect(log).not.toContain('reader wrote');
  });
});

describe('a cluster that cannot be started', () => {
  it('is refused if its major version differs, with both versions and the remedies', async () => {
    await (await start()).stop();
    writeFileSync(join(dataDir, 'postgres/PG_VERSION'), '17\n');
    expect(await startupErrorOf()).toMatch(/PostgreSQL 17.*PostgreSQL 18.*DATABASE_URL.*DATA_DIR/);
  });

  it('is not created in a folder with other files', async () => {
    mkdirSync(join(dataDir, 'postgres'), { mode: 0o755 });
    writeFileSync(join(dataDir, 'postgres/letters.txt'), 'mine');
    if (isRoot) execFileSync('chown', ['-R', 'nobody', join(dataDir, 'postgres')]);
    expect(await startupErrorOf()).toMatch(/holds files but no database/);
    expect(readFileSync(join(dataDir, 'postgres/letters.txt'), 'utf8')).toBe('mine');
  });

  it('reports PostgreSQL’s error message', async () => {
    expect(await startupErrorOf({ settings: ['shared_buffers=many'] })).toMatch(
      /did not start.*shared_buffers.*postgres\.log/,
    );
  });

  it('reports that the password file does not match the cluster', async () => {
    await (await start()).stop();
    writeFileSync(join(dataDir, 'postgres-password'), 'another\n');
    expect(await startupErrorOf()).toMatch(/postgres-password.*restore that file/);
  });
});

describe('the libraries of the package', () => {
  it('get the links that a blocked install script did not create', async () => {
    const native = join(temp.path, 'native');
    mkdirSync(join(native, 'lib'), { recursive: true });
    writeFileSync(join(native, 'lib/libx.so.1.2'), 'x');
    symlinkSync('libx.so.1.2', join(native, 'lib/libx.so'));
    const links = ['libx.so', 'libx.so.1'].map((name) => ({
      source: 'native/lib/libx.so.1.2',
      target: `native/lib/${name}`,
    }));
    writeFileSync(join(native, 'pg-symlinks.json'), JSON.stringify(links));
    await completeLinks(native);
    expect(readlinkSync(join(native, 'lib/libx.so.1'))).toBe('libx.so.1.2');
  });
});

if (isRoot) {
  describe('as root, below a folder that other users cannot enter', () => {
    const relocatedFolder = (): string =>
      `/var/lib/postbag/${createHash('sha256').update(dataDir).digest('hex').slice(0, 12)}`;

    beforeEach(() => chmodSync(temp.path, 0o700));
    // Runs before the outer hook, because a running server would write to the folder that is being removed.
    afterEach(async () => {
      await stopAll();
      rmSync(relocatedFolder(), { recursive: true, force: true });
    });

    it('refuses a configured DATA_DIR and names the inaccessible folder', async () => {
      expect(await startupErrorOf()).toMatch(
        new RegExp(`${temp.path} is closed to other users.*Set DATA_DIR`),
      );
    });

    it('uses another folder instead of the default one, and finds it at the next start', async () => {
      const first = await start({ mayRelocate: true });
      expect(logLines).toContainEqual(expect.stringContaining(`stored in ${relocatedFolder()}`));
      await query(first, 'CREATE TABLE sample AS SELECT 7 AS n');
      await first.stop();
      expect(await query(await start(), 'SELECT n FROM sample')).toEqual([{ n: 7 }]);
    });

    it('reports that the database in the other folder is missing, and does not create a new one', async () => {
      await (await start({ mayRelocate: true })).stop();
      rmSync(relocatedFolder(), { recursive: true });
      expect(await startupErrorOf({ mayRelocate: true })).toContain('restore that folder');
    });
  });
}
