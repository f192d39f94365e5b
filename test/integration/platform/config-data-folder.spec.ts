import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { openDataFolder } from '../../../src/platform/config/data-folder.js';
import { checkPort } from '../../../src/platform/config/listen-problem.js';
import { identify } from '../../../src/platform/config/process-identity.js';
import { tempFolder } from '../../support/temp-folder.js';

let temp: ReturnType<typeof tempFolder>;
let dataDir: string;

beforeEach(() => {
  temp = tempFolder();
  dataDir = join(temp.path, 'one/two/data');
});

afterEach(() => temp.remove());

describe('the data folder', () => {
  it('is created with its parent folders, and other users have no access', async () => {
    const folder = await openDataFolder(dataDir, { exclusive: true });
    expect(statSync(dataDir).mode & 0o777).toBe(0o700);
    folder.release();
  });

  it('creates its keys once, in files that only the owner can read', async () => {
    const folder = await openDataFolder(dataDir, { exclusive: false });
    const first = await folder.adminKey();
    expect(first).toEqual({ value: expect.stringMatching(/^pbk_[\w-]{43}$/), isNew: true });
    expect(await folder.adminKey()).toEqual({ value: first.value, isNew: false });
    expect((await folder.secretKey()).value).not.toBe(first.value);
    expect(statSync(join(dataDir, 'admin-key')).mode & 0o777).toBe(0o600);
  });

  it('gives concurrent openings the same keys', async () => {
    const folders = await Promise.all([1, 2, 3, 4].map(() => openDataFolder(dataDir, { exclusive: false })));
    const keys = await Promise.all(folders.map((folder) => folder.secretKey()));
    expect(new Set(keys.map(({ value }) => value)).size).toBe(1);
    expect(keys.filter(({ isNew }) => isNew)).toHaveLength(1);
  });

  it('removes the access of other users', async () => {
    mkdirSync(dataDir, { recursive: true, mode: 0o755 });
    await openDataFolder(dataDir, { exclusive: false });
    expect(statSync(dataDir).mode & 0o077).toBe(0o010 & statSync(dataDir).mode);
  });
});

describe('the lock of the data folder', () => {
  const writeLock = (record: object): void => {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(join(dataDir, 'lock'), JSON.stringify({ nonce: 'x', host: hostname(), ...record }));
  };

  it('is acquired by one of several concurrent openings, and by the next one when it is released', async () => {
    const results = await Promise.allSettled(
      [1, 2, 3, 4].map(() => openDataFolder(dataDir, { exclusive: true })),
    );
    const acquired = results.filter((result) => result.status === 'fulfilled');
    expect(acquired).toHaveLength(1);
    acquired[0].value.release();
    (await openDataFolder(dataDir, { exclusive: true })).release();
    expect(existsSync(join(dataDir, 'lock'))).toBe(false);
  });

  it('is not taken over while its process is alive', async () => {
    const other = spawn('sleep', ['60']);
    try {
      writeLock((await identify(other.pid!))!);
      await expect(openDataFolder(dataDir, { exclusive: true })).rejects.toThrow(`(process ${other.pid})`);
    } finally {
      other.kill('SIGKILL');
    }
  });

  it('is taken over from a killed process, even if another process now has the same process ID', async () => {
    const other = spawn('sleep', ['60']);
    try {
      writeLock({ pid: other.pid, startedAt: '1' });
      const folder = await openDataFolder(dataDir, { exclusive: true });
      expect(JSON.parse(readFileSync(join(dataDir, 'lock'), 'utf8'))).toMatchObject({ pid: process.pid });
      folder.release();
    } finally {
      other.kill('SIGKILL');
    }
  });

  it('is taken over if its file is damaged', async () => {
    mkdirSync(dataDir, { recursive: true });
    writeFileSync(join(dataDir, 'lock'), '{"pid":');
    (await openDataFolder(dataDir, { exclusive: true })).release();
  });

  it('of another host is not taken over while that host keeps updating it', async () => {
    writeLock({ pid: 1, startedAt: '1', host: 'another-container' });
    const heartbeat = setInterval(() => utimesSync(join(dataDir, 'lock'), new Date(), new Date()), 500);
    await expect(openDataFolder(dataDir, { exclusive: true })).rejects.toThrow(
      'process 1 on another-container',
    );
    clearInterval(heartbeat);
    (await openDataFolder(dataDir, { exclusive: true })).release();
  });
});

describe('the port', () => {
  it('is refused with an error that names HOST if the host is not an address of this machine', async () => {
    await expect(checkPort({ host: '192.0.2.1', port: 0 })).rejects.toThrow(
      /HOST 192.0.2.1 is not an address/,
    );
  });
});
