/**
 * `npm run bench [-- --json] [--only scoring,encoding,reading,posting,latency,start,webhooks,queue,import]
 * [--backend postgres,redis] [--profile FOLDER]`: builds what is stale, compiles the benchmarks to dist/bench and runs
 * them. Results are ratios to a ceiling measured in the same run; see test/bench. `webhooks`, `queue` and `import` take
 * minutes and run only if they are named. The parts of `webhooks` are `webhooks-backlog`, `-decisions` and `-trouble`;
 * `--whole` drains its backlog completely. `queue` uses 1,000,000 comments; `--explain FOLDER` saves its query plans.
 * `import` imports a generated Coral export of 1,000,000 comments, or of `--comments N`.
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
