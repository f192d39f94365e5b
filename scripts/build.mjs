/**
 * `node scripts/build.mjs [--force] [--no-check] [server] [widget] [console]`: builds the parts of dist/ that are
 * missing or stale: the server with swc, widget and console with Vite. Each file that browsers load also gets a .br and
 * a .gz version, which the server sends to clients that accept them. Without --no-check it also checks the types. Other
 * scripts import `build`.
 */
import { spawn } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  copyFileSync,
  existsSync,
  linkSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative, sep } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';

export const root = dirname(import.meta.dirname);
const dist = join(root, 'dist');
const stamps = join(dist, '.build');

const isSource = (path) => /\.ts$/.test(path) && !/\.(spec|d)\.ts$/.test(path);
/** Files that the server reads at run time. Keep in sync with the list in nest-cli.json. */
const isAsset = (path) =>
  !/\/tsconfig[^/]*$/.test(path) &&
  /\.(json|txt|sql|html|css|svg|png|webp|woff2|gz|bin|wasm|csv|md)$/.test(path);

const parts = {
  server: {
    inputs: () => [...walk('src', (path) => path !== 'src/web'), '.swcrc'],
    uses: (path) => isSource(path) || isAsset(path) || path === '.swcrc',
    output: 'main.js',
    run: compileServer,
  },
  widget: {
    inputs: () => [...walk('src/web/widget'), ...walk('src/web/kit')],
    uses: (path) => !/\.spec\.tsx?$/.test(path),
    output: 'web/widget',
    run: async () => {
      await runVite('widget');
      await runVite('widget/coral');
      await compressFiles('dist/web/widget');
      await compressFiles('dist/web/coral');
    },
  },
  console: {
    inputs: () => [...walk('src/web/console'), ...walk('src/web/kit')],
    uses: (path) => !/\.spec\.tsx?$/.test(path),
    output: 'web/console',
    run: () => runVite('console').then(() => compressFiles('dist/web/console')),
  },
};

export const partNames = Object.keys(parts);

/** Lists paths relative to the root, with forward slashes, in a fixed order. */
function walk(folder, enter = () => true) {
  if (!existsSync(join(root, folder))) return [];
  return readdirSync(join(root, folder), { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = `${folder}/${entry.name}`;
      if (!entry.isDirectory()) return [path];
      return enter(path) ? walk(path, enter) : [];
    });
}

const toolFiles = ['package-lock.json', 'scripts/build.mjs'];

const inputsOf = (part) => part.inputs().filter(part.uses);

/** Modification times and sizes of all files that a part depends on. If they are unchanged, no file needs to be read. */
function inputStats(part) {
  return [...inputsOf(part), ...toolFiles]
    .map((path) => {
      const { mtimeMs, size } = statSync(join(root, path));
      return `${path} ${mtimeMs} ${size}`;
    })
    .join('\n');
}

const hashOf = (content) => createHash('sha1').update(content).digest('base64url');

/** Identifies the inputs of a part: a hash per file, and one for the build tools. */
function fingerprint(part) {
  const files = {};
  for (const path of inputsOf(part)) files[path] = hashOf(readFileSync(join(root, path)));
  const tools = hashOf(toolFiles.map((path) => hashOf(readFileSync(join(root, path)))).join());
  return { tools, files };
}

function readStamp(name) {
  try {
    return JSON.parse(readFileSync(join(stamps, `${name}.json`), 'utf8'));
  } catch {
    return null;
  }
}

/**
 * Compares times and sizes first. If they differ, for example after a checkout that touched every file, compares
 * contents.
 */
function isFresh(name) {
  const stamp = readStamp(name);
  if (stamp === null || !existsSync(join(dist, parts[name].output))) return false;
  const stats = inputStats(parts[name]);
  if (stamp.stats === stats) return true;
  const sourceFingerprint = fingerprint(parts[name]);
  if (JSON.stringify(stamp.fingerprint) !== JSON.stringify(sourceFingerprint)) return false;
  writeStamp(name, stats, sourceFingerprint);
  return true;
}

/** Records that the output of a part is up to date for these inputs. */
function writeStamp(name, stats, sourceFingerprint) {
  writeAtomically(join(stamps, `${name}.json`), JSON.stringify({ stats, fingerprint: sourceFingerprint }));
}

/** Writes atomically, because another process may be importing the file. */
function writeAtomically(path, content) {
  mkdirSync(dirname(path), { recursive: true });
  const temporaryPath = `${path}.${process.pid}`;
  writeFileSync(temporaryPath, content);
  renameSync(temporaryPath, path);
}

const outputOf = (path) => join(dist, relative('src', path)).replace(/\.ts$/, '.js');

/**
 * Compiles only what changed, and removes output whose source no longer exists.
 *
 * @param previous the fingerprint of the last build, or null
 */
async function compileServer(sourceFingerprint, previous) {
  const { transformFile } = await import('@swc/core');
  const compiledFiles =
    previous?.tools === sourceFingerprint.tools &&
    previous.files['.swcrc'] === sourceFingerprint.files['.swcrc']
      ? previous.files
      : {};
  const errors = [];
  await Promise.all(
    Object.keys(sourceFingerprint.files).map(async (path) => {
      const output = outputOf(path);
      const isUnchanged = compiledFiles[path] === sourceFingerprint.files[path];
      if (path === '.swcrc' || (isUnchanged && existsSync(output))) return;
      if (!isSource(path)) {
        mkdirSync(dirname(output), { recursive: true });
        copyFileSync(join(root, path), output);
        return;
      }
      try {
        const { code, map } = await transformFile(join(root, path), {
          cwd: root,
          root,
          configFile: join(root, '.swcrc'),
          sourceFileName: relative(dirname(output), join(root, path)).split(sep).join('/'),
        });
        const name = output.slice(dirname(output).length + 1);
        writeAtomically(`${output}.map`, map ?? '');
        writeAtomically(output, `${code}\n//# sourceMappingURL=${name}.map`);
      } catch (error) {
        errors.push(`${path}: ${error.message.replace(/\n*(Caused by|Stack backtrace):[^]*$/, '')}`);
      }
    }),
  );
  if (errors.length > 0) throw new Error(errors.join('\n'));
  const outputs = new Set(
    Object.keys(sourceFingerprint.files).flatMap((path) => [outputOf(path), `${outputOf(path)}.map`]),
  );
  for (const path of walk('dist', (folder) => folder !== 'dist/web' && folder !== 'dist/.build')) {
    if (!outputs.has(join(root, path)) && /\.(js|js\.map)$/.test(path))
      rmSync(join(root, path), { force: true });
  }
  await compressFiles('dist/demo/browser');
}

/** @returns the command's output; if it fails, throws an error with the output as its message */
export function runTool(args, env = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, {
      cwd: root,
      env: { ...process.env, NO_COLOR: '1', FORCE_COLOR: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(output) : reject(new Error(output.trim() || `status ${code}`)),
    );
  });
}

const runVite = (name) =>
  runTool(['node_modules/vite/bin/vite.js', 'build', '-c', `src/web/${name}/vite.config.ts`], {
    NODE_ENV: 'production',
  });

const compressors = {
  '.br': (content) =>
    promisify(brotliCompress)(content, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MAX_QUALITY,
        [constants.BROTLI_PARAM_SIZE_HINT]: content.length,
      },
    }),
  '.gz': (content) => promisify(gzip)(content, { level: constants.Z_BEST_COMPRESSION }),
};

/**
 * Writes compressed versions of a folder's text files. A version that is not smaller than the original is skipped.
 */
async function compressFiles(folder) {
  const texts = walk(folder).filter((path) => /\.(js|css|html|svg|json|txt)$/.test(path));
  await Promise.all(
    texts.map(async (path) => {
      const content = readFileSync(join(root, path));
      for (const [ending, compress] of Object.entries(compressors)) {
        const compressed = await compress(content);
        const output = join(root, path + ending);
        if (compressed.length < content.length) writeAtomically(output, compressed);
        else rmSync(output, { force: true });
      }
    }),
  );
}

const isAlive = (pid) => {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/** Allows only one build at a time to write to dist/. A server that is started during a test run waits for its build. */
async function withBuildLock(work) {
  mkdirSync(stamps, { recursive: true });
  const path = join(stamps, 'lock');
  const temporaryPath = `${path}.${randomBytes(4).toString('hex')}`;
  writeFileSync(temporaryPath, String(process.pid));
  try {
    for (;;) {
      try {
        linkSync(temporaryPath, path);
        break;
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
        const owner = existsSync(path) ? Number(readFileSync(path, 'utf8')) : 0;
        if (isAlive(owner)) await sleep(100);
        else rmSync(path, { force: true });
      }
    }
  } finally {
    rmSync(temporaryPath, { force: true });
  }
  try {
    return await work();
  } finally {
    rmSync(path, { force: true });
  }
}

/**
 * @param only names of the parts to build
 * @param onProgress called with a line of text when the build of a part starts and when it is done
 * @returns the names of the parts that were built
 * @throws Error that names the parts that failed
 */
export async function build({ only = partNames, force = false, onProgress = () => {} } = {}) {
  // A container image contains only dist/.
  if (!existsSync(join(root, 'src'))) return [];
  const isStale = (name) => force || !isFresh(name);
  if (!only.some(isStale)) return [];
  return withBuildLock(async () => {
    const stale = only.filter(isStale);
    if (stale.length > 0 && !existsSync(join(root, 'node_modules/@swc/core'))) {
      throw new Error(
        'The build tools are not installed, because NODE_ENV=production or --omit=dev omits them: run ' +
          '`npm ci --include=dev && npm start`, or, to omit them at run time, ' +
          '`npm ci --include=dev && npm run build && npm ci --omit=dev && node dist/main.js`.',
      );
    }
    const results = await Promise.allSettled(
      stale.map(async (name) => {
        const startedAt = performance.now();
        const stats = inputStats(parts[name]);
        const sourceFingerprint = fingerprint(parts[name]);
        onProgress(`Building the ${name}`);
        try {
          await parts[name].run(sourceFingerprint, force ? null : readStamp(name)?.fingerprint);
        } catch (error) {
          throw new Error(`The ${name} could not be built:\n${error.message}`, { cause: error });
        }
        writeStamp(name, stats, sourceFingerprint);
        onProgress(`Built the ${name} in ${((performance.now() - startedAt) / 1000).toFixed(1)} s`);
        return name;
      }),
    );
    const failed = results.filter(({ status }) => status === 'rejected').map(({ reason }) => reason.message);
    if (failed.length > 0) throw new Error(failed.join('\n\n'));
    return stale;
  });
}

/** The TypeScript projects to check. Each has its own `lib` and `types`. */
export const typeProjects = {
  server: 'tsconfig.json',
  'browser tests': 'test/e2e/tsconfig.json',
  demo: 'src/demo/browser/tsconfig.json',
  'embed package': 'packages/embed/tsconfig.json',
  widget: 'src/web/widget/tsconfig.json',
  console: 'src/web/console/tsconfig.json',
};

export const checkTypes = (project) =>
  runTool(['node_modules/typescript/bin/tsc', '--noEmit', '-p', project]);

async function main(args) {
  const only = partNames.filter((name) => args.includes(name));
  const selected = only.length > 0 ? only : partNames;
  const onProgress = (line) => console.log(line);
  const tasks = [build({ only: selected, force: args.includes('--force'), onProgress })];
  if (!args.includes('--no-check')) {
    for (const name of selected) tasks.push(checkTypes(typeProjects[name]));
  }
  const failed = (await Promise.allSettled(tasks)).filter(({ status }) => status === 'rejected');
  for (const { reason } of failed) console.error(reason.message);
  if (failed.length > 0) process.exitCode = 1;
  else console.log('dist/ is up to date');
}

if (fileURLToPath(import.meta.url) === process.argv[1]) {
  await main(process.argv.slice(2));
}
