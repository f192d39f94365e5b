/**
 * `node scripts/build-encoder-kernels.mjs [--check]`: compiles src/features/scoring/encoder/kernels.as to kernels.wasm
 * in the same folder. The compiled file is committed, so that a build needs no AssemblyScript. With --check it writes
 * nothing and fails if the file is out of date; a spec uses this.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { main } from 'assemblyscript/asc';

const folder = join(dirname(import.meta.dirname), 'src/features/scoring/encoder');
/** The compiler accepts only .ts. The file on disk ends in .as so that TypeScript tools ignore it. */
const ENTRY = 'kernels.ts';

const outputFiles = new Map();
const options = [
  '-O3',
  '--converge',
  '--noAssert',
  '--runtime',
  'stub',
  '--enable',
  'simd',
  '--importMemory',
  '--use',
  'abort=',
];
const { error, stderr } = await main([ENTRY, '--outFile', 'kernels.wasm', ...options], {
  readFile: (name) => (name === ENTRY ? readFileSync(join(folder, 'kernels.as'), 'utf8') : null),
  writeFile: (name, content) => void outputFiles.set(name, content),
  listFiles: () => [],
});
const path = join(folder, 'kernels.wasm');
if (error) {
  console.error(stderr.toString() || error.message);
  process.exitCode = 1;
} else if (!process.argv.includes('--check')) {
  writeFileSync(path, outputFiles.get('kernels.wasm'));
} else if (!readFileSync(path).equals(outputFiles.get('kernels.wasm'))) {
  console.error('kernels.wasm is out of date: run `node scripts/build-encoder-kernels.mjs`');
  process.exitCode = 1;
}
