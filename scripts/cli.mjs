/** `npm run cli -- COMMAND`: builds the server if it is stale, then runs dist/cli.js. */
import { join } from 'node:path';
import { build, root } from './build.mjs';

await build({ only: ['server'], onProgress: (line) => console.error(line) });
await import(join(root, 'dist/cli.js'));
