/**
 * `npm run eval -- …`, `npm run train -- …` and `npm run thresholds -- …`: build the server if it is stale, then run
 * the matching script in dist/cli.
 */
import { join } from 'node:path';
import { build, root } from './build.mjs';

const [command, ...args] = process.argv.slice(2);
await build({ only: ['server'], onProgress: (line) => console.error(line) });
const { run } = await import(join(root, `dist/cli/${command}.js`));
try {
  process.exitCode = await run(args);
} catch (error) {
  console.error(error.message);
  process.exitCode = 1;
}
