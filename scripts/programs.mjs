/** Finds the programs that tests need and that npm does not install. */
import { accessSync, constants } from 'node:fs';
import { delimiter, join } from 'node:path';

const DEFINITIONS = {
  chromium: {
    names: ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'],
    paths: [
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
    ],
    variable: 'POSTBAG_TEST_CHROMIUM',
    what: 'Chromium (or Google Chrome)',
    debian: ['chromium'],
  },
  valkey: {
    names: ['valkey-server', 'redis-server'],
    paths: ['/opt/homebrew/bin/valkey-server', '/opt/homebrew/bin/redis-server'],
    variable: 'POSTBAG_TEST_VALKEY',
    what: 'a Valkey or Redis server',
    // Older releases of Debian have no Valkey. The first package that can be installed is used.
    debian: ['valkey-server', 'redis-server'],
  },
};

/** The key for `findProgram`, a description, and the Debian packages in order of preference. */
export const programs = Object.entries(DEFINITIONS).map(([key, { what, debian }]) => ({ key, what, debian }));

function isExecutable(path) {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * @param key `chromium` or `valkey`
 * @returns the path of the executable, or null
 */
export function findProgram(key) {
  const { names, paths, variable } = DEFINITIONS[key];
  const configured = process.env[variable];
  if (configured) return isExecutable(configured) ? configured : null;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const candidates = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...candidates, ...paths].find(isExecutable) ?? null;
}
