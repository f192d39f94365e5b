/**
 * `npm run bench [-- --json] [--only scoring,encoding,reading,posting,latency,start,webhooks,queue]
 * [--backend postgres,redis] [--profile FOLDER]`: builds what is stale, compiles the benchmarks next to it and runs them. Figures are ratios
 * against a ceiling measured in the same run; see test/bench. `webhooks` takes minutes and runs only if named
 * (`webhooks-backlog`, `-decisions` and `-trouble` are its parts); `--whole` drains its backlog completely. `queue`
 * also runs only if named, over 1,000,000 comments; `--explain FOLDER` saves its query plans. `import` imports a
 * generated Coral export of 1,000,000 comments, or of `--comments N`.
 */
import { join } from 'node:path';
import { build, root, runTool } from './build.mjs';

await build({ onProgress: (line) => console.error(line) });
const out = join(root, 'dist/bench');
await runTool([
  'node_modules/@swc/cli/bin/swc.js',
  'test/bench',
  'test/support/coral-export.ts',
  '-d',
  out,
  '--strip-leading-paths',
  '-q',
]);
await import(join(out, 'bench/main.js'));
