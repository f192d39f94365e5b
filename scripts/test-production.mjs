/**
 * `npm run test:production`: installs, builds and starts a copy of the working tree in the way that the Dockerfile and
 * the README describe for production. Files that git ignores are not copied. Takes several minutes, mostly for npm.
 */
import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

const root = dirname(import.meta.dirname);
const START_TIMEOUT_MS = 120_000;

function copyTo(folder) {
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
    cwd: root,
    maxBuffer: 64 * 1024 * 1024,
  });
  for (const path of files.toString().split('\0').filter(Boolean)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    cpSync(join(root, path), join(folder, path));
  }
}

/** Returns the commands of a stage of the Dockerfile. */
function dockerCommands(stage) {
  const text = readFileSync(join(root, 'Dockerfile'), 'utf8');
  const stageText = text.split(/^FROM /m).find((part) => part.split('\n')[0].endsWith(` AS ${stage}`));
  return [...stageText.matchAll(/^RUN (.*)$/gm)].map(([, command]) =>
    command.replace(/ && npm cache clean.*$/, ''),
  );
}

function environmentFor(folder, additions) {
  const { PATH, HOME } = process.env;
  return {
    PATH,
    HOME,
    TMPDIR: tmpdir(),
    DATA_DIR: join(folder, 'data'),
    HOST: '127.0.0.1',
    DEMO: 'false',
    ...additions,
  };
}

/** @returns the exit status and the output */
function run(folder, command, env = {}) {
  console.log(`$ ${command}`);
  return new Promise((resolve) => {
    const child = spawn('/bin/sh', ['-c', command], { cwd: folder, env: environmentFor(folder, env) });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('close', (code) => resolve({ code, output }));
  });
}

async function expectOk(folder, command, env) {
  const { code, output } = await run(folder, command, env);
  assert.equal(code, 0, `${command} exited with ${code}:\n${output}`);
  return output;
}

/** Starts a server, checks that it serves the API and the element, and stops it. */
async function expectStarts(folder, args, env) {
  console.log(`$ node ${args.join(' ')}`);
  const port = 20_000 + Math.floor(Math.random() * 10_000);
  const child = spawn(process.execPath, args, {
    cwd: folder,
    env: environmentFor(folder, { PORT: String(port), ...env }),
  });
  let output = '';
  child.stdout.on('data', (chunk) => (output += chunk));
  child.stderr.on('data', (chunk) => (output += chunk));
  const ended = new Promise((resolve) => child.once('close', resolve));
  const statusOf = (path) =>
    fetch(`http://127.0.0.1:${port}${path}`).then(
      ({ status }) => status,
      () => 0,
    );
  const deadline = performance.now() + START_TIMEOUT_MS;
  while ((await statusOf('/health/ready')) !== 200) {
    assert.ok(
      child.exitCode === null && performance.now() < deadline,
      `The server did not become ready:\n${output}`,
    );
    await sleep(100);
  }
  for (const path of ['/embed.js', '/console/', '/api/openapi.json'])
    assert.equal(await statusOf(path), 200, `${path} is not served`);
  child.kill('SIGTERM');
  assert.equal(await ended, 0, output);
}

const folder = mkdtempSync(join(tmpdir(), 'postbag-production-'));
// If this process runs as root, PostgreSQL runs as another user, who needs access to this folder.
chmodSync(folder, 0o711);
try {
  copyTo(folder);
  const production = { NODE_ENV: 'production' };

  const installed = await expectOk(folder, 'npm ci', production);
  assert.doesNotMatch(
    installed,
    /EBADENGINE/,
    'a production dependency does not support this version of Node',
  );
  const failedStart = await run(folder, 'npm start', production);
  assert.equal(failedStart.code, 1, failedStart.output);
  assert.match(failedStart.output, /run `npm ci --include=dev && npm start`/);
  assert.match(failedStart.output, /npm run build && npm ci --omit=dev && node dist\/main\.js`/);

  for (const command of dockerCommands('build')) await expectOk(folder, command);
  for (const command of dockerCommands('packages')) await expectOk(folder, command);
  await expectStarts(folder, ['dist/main.js'], production);
  await expectStarts(folder, ['scripts/start.mjs'], production);
  console.log('ok      installs, builds and starts for production');
} finally {
  rmSync(folder, { recursive: true, force: true });
}
