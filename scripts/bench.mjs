/**
 * `npm run bench [-- --json] [--only reading,posting,latency,start] [--profile FOLDER]`: builds what is stale, compiles the benchmarks beside
 * it and runs them. Figures are ratios against a ceiling of the same run; see test/bench.
 */
import { join } from 'node:path';
import { build, root, runTool } from './build.mjs';

await build({ onProgress: (line) => console.error(line) });
const out = join(root, 'dist/bench');
await runTool(['node_modules/@swc/cli/bin/swc.js', 'test/bench', '-d', out, '--strip-leading-paths', '-q']);
await import(join(out, 'bench/main.js'));
