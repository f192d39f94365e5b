/**
 * `npm start`: checks the version of Node and the installed packages, builds what is missing or stale, then runs the
 * server in this process.
 */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = dirname(import.meta.dirname ?? new URL('.', import.meta.url).pathname.replace(/\/$/, ''));

/** Prints what the user must do, and exits. */
function exitWith(line) {
  console.error(line);
  process.exit(1);
}

export function checkNode() {
  const { engines } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const required = engines.node.match(/\d+/g).map(Number);
  const current = process.versions.node.split('.').map(Number);
  const difference = required.map((part, index) => current[index] - part).find((part) => part !== 0) ?? 0;
  if (difference >= 0) return;
  exitWith(
    `Postbag needs Node ${required.join('.')} or newer, and this is ${process.versions.node}: install a newer Node.`,
  );
}

/** Compares the installed packages with the lock file, which a `git pull` may have changed. */
export function checkPackages() {
  if (!existsSync(join(root, 'node_modules')))
    exitWith('The packages are not installed: run `npm ci` first.');
  const installed = join(root, 'node_modules/.package-lock.json');
  const locked = join(root, 'package-lock.json');
  // Other package managers do not write this list, so there is nothing to compare.
  if (!existsSync(installed) || !existsSync(locked)) return;
  const installedPackages = JSON.parse(readFileSync(installed, 'utf8')).packages;
  const lockedPackages = JSON.parse(readFileSync(locked, 'utf8')).packages;
  for (const [path, { version, optional, devOptional, dev }] of Object.entries(lockedPackages)) {
    if (path === '' || installedPackages[path]?.version === version) continue;
    // Packages for other platforms, and those that --omit=dev omits, may be missing.
    if (installedPackages[path] === undefined && (optional || devOptional || dev)) continue;
    const packageName = path.replace(/^.*node_modules\//, '');
    exitWith(`The installed packages do not match package-lock.json (${packageName}): run \`npm ci\`.`);
  }
}

checkNode();
checkPackages();
const { build } = await import('./build.mjs');
try {
  await build({ onProgress: (line) => console.log(line) });
} catch (error) {
  exitWith(error.message);
}
await import(pathToFileURL(join(root, 'dist/main.js')).href);
