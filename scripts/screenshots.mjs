/**
 * `npm run screenshots [-- FOLDER]`: saves a PNG of every state of the comments element at widths of 360, 768 and
 * 1280 px, light and dark, in FOLDER (default `screenshots/`). The states are those that
 * test/e2e/widget-states-are-accessible.sweep.ts checks.
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
  'sweeps',
  '--testPathPatterns',
  'widget-states-are-accessible',
]);
console.log(folder);
