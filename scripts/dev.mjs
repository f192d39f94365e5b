/**
 * `npm run dev`: like `npm start`, but on a change it rebuilds the affected part and restarts the server. If a part
 * does not compile, the error is reported and the running server continues.
 */
import { spawn } from 'node:child_process';
import { watch } from 'node:fs';
import { join } from 'node:path';
import { build, partNames, root } from './build.mjs';

const log = (line) => console.log(`[dev] ${line}`);

let server = null;
let isStopping = false;

function startServer() {
  const child = spawn(process.execPath, [join(root, 'dist/main.js')], {
    cwd: root,
    stdio: 'inherit',
    env: process.env,
  });
  server = child;
  child.once('exit', (code, signal) => {
    if (server !== child) return;
    server = null;
    if (isStopping) process.exit(code ?? 0);
    log(`the server ended (${signal ?? `status ${code}`}); it starts again after the next change`);
  });
}

function stopServer() {
  const child = server;
  if (child === null) return Promise.resolve();
  server = null;
  return new Promise((resolve) => {
    child.once('exit', resolve);
    child.kill('SIGTERM');
  });
}

/** Ctrl-C also reaches the server, which shuts down gracefully. A second Ctrl-C exits immediately. */
function stop(signal) {
  isStopping = true;
  if (server === null) process.exit(0);
  if (signal === 'SIGTERM') server.kill('SIGTERM');
}

async function tryBuild() {
  try {
    return await build({ only: partNames, onProgress: log });
  } catch (error) {
    log(error.message);
    return null;
  }
}

let pending = null;
let isBusy = false;
let isDirty = false;

async function renew() {
  if (isBusy) {
    isDirty = true;
    return;
  }
  isBusy = true;
  do {
    isDirty = false;
    const built = await tryBuild();
    if (isStopping || built === null || (built.length === 0 && server !== null)) continue;
    log('restarting');
    await stopServer();
    if (!isStopping) startServer();
  } while (isDirty);
  isBusy = false;
}

process.on('SIGINT', () => stop('SIGINT'));
process.on('SIGTERM', () => stop('SIGTERM'));

await tryBuild();
startServer();
watch(join(root, 'src'), { recursive: true }, () => {
  clearTimeout(pending);
  // Editors write several times for one save.
  pending = setTimeout(() => void renew(), 150);
});
log('watching src/');
