/**
 * `npm run dev`: like `npm start`, but when a file changes, it rebuilds the affected part and restarts the server. If a
 * part does not compile, it prints the error and keeps the server running.
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
    log(`the server exited (${signal ?? `status ${code}`}); it will be restarted after the next change`);
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

let debounceTimer = null;
let isBuilding = false;
let hasNewChanges = false;

async function rebuildAndRestart() {
  if (isBuilding) {
    hasNewChanges = true;
    return;
  }
  isBuilding = true;
  do {
    hasNewChanges = false;
    const built = await tryBuild();
    if (isStopping || built === null || (built.length === 0 && server !== null)) continue;
    log('restarting');
    await stopServer();
    if (!isStopping) startServer();
  } while (hasNewChanges);
  isBuilding = false;
}

process.on('SIGINT', () => stop('SIGINT'));
process.on('SIGTERM', () => stop('SIGTERM'));

await tryBuild();
startServer();
watch(join(root, 'src'), { recursive: true }, () => {
  clearTimeout(debounceTimer);
  // Editors can write several times per save.
  debounceTimer = setTimeout(() => void rebuildAndRestart(), 150);
});
log('watching src/');
