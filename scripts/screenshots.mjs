/**
 * `npm run screenshots [-- FOLDER]`: saves every state of the readers' element at 360, 768 and 1280 px, light and
 * dark, as PNG files in FOLDER (default `screenshots/`). The states are those that the e2e tests check for
 * accessibility.
 */
import { resolve } from 'node:path';
import { build, runTool } from './build.mjs';

const folder = resolve(process.argv[2] ?? 'screenshots');
await build({ onProgress: (line) => console.error(line) });
process.env.SCREENSHOTS = folder;
process.env.NODE_OPTIONS = '--experimental-vm-modules --no-warnings';
await runTool([
  'node_modules/jest/bin/jest.js',
  '--selectProjects',
  'e2e',
  '--testPathPatterns',
  'every-state',
]);
console.log(folder);
