/**
 * `npm start`: checks Node and node_modules, builds what is missing or stale, then runs the server in this process.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = dirname(import.meta.dirname ?? new URL('.', import.meta.url).pathname.replace(/\/$/, ''));

/** Prints one actionable line, then exits. */
function refuse(line) {
  console.error(line);
  process.exit(1);
}

export function checkNode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const wanted = engines.node.match(/\d+/g).map(Number);
  const current = process.versions.node.split('.').map(Number);
  const difference = wanted.map((part, index) => current[index] - part).find((part) => part !== 0) ?? 0;
  if (difference >= 0) return;
  refuse(
    `Postbag needs Node ${wanted.join('.')} or newer, and this is ${process.versions.node}: install a newer Node.`,
  );
}

/** Compares what npm installed with the lock file. A `git pull` may have changed one and not the other. */
export function checkPackages() {
  if (!existsSync(join(root, 'node_modules'))) refuse('The packages are not installed: run `npm ci` first.');
  const installed = join(root, 'node_modules/.package-lock.json');
  const locked = join(root, 'package-lock.json');
  // Other package managers do not write this list, so there is nothing to compare.
  if (!existsSync(installed) || !existsSync(locked)) return;
  const have = JSON.parse(readFileSync(installed, 'utf8')).packages;
  const lockedPackages = JSON.parse(readFileSync(locked, 'utf8')).packages;
  for (const [path, { version, optional, devOptional, dev }] of Object.entries(lockedPackages)) {
    if (path === '' || have[path]?.version === version) continue;
    // For another platform, or omitted by --omit=dev in an image that was built earlier.
    if (have[path] === undefined && (optional || devOptional || dev)) continue;
    const what = path.replace(/^.*node_modules\//, '');
    refuse(`The installed packages do not fit package-lock.json (${what}): run \`npm ci\`.`);
  }
}

checkNode();
checkPackages();
const { build } = await import('./build.mjs');
try {
  await build({ onProgress: (line) => console.log(line) });
} catch (error) {
  refuse(error.message);
}
await import(pathToFileURL(join(root, 'dist/main.js')).href);
