/**
 * `npm test`: checks types, runs the linters, the unit specs, the integration specs with both queue backends, and the
 * browser tests. All stages run even if one fails, and the last line is `N passed, N failed`. `npm test -- --only
 * unit,lint` runs only these stages. The stages are types, lint, unit, integration and e2e.
 */
import { spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { build, checkTypes, root, typeProjects } from './build.mjs';
import { lint } from './lint.mjs';
import { findProgram, programs } from './programs.mjs';

const stages = ['types', 'lint', 'unit', 'integration', 'e2e'];

function selectedStages(args) {
  const index = args.findIndex((arg) => arg === '--only' || arg.startsWith('--only='));
  if (index < 0) return stages;
  const names = (args[index].split('=')[1] ?? args[index + 1] ?? '').split(',').filter(Boolean);
  const unknown = names.filter((name) => !stages.includes(name));
  if (names.length === 0 || unknown.length > 0) {
    console.error(`--only takes a list of these stages, separated by commas: ${stages.join(', ')}.`);
    process.exit(2);
  }
  return stages.filter((stage) => names.includes(stage));
}

const total = { passed: 0, failed: 0 };
/** Printed again at the end, because the output of parallel stages is mixed and long. */
const failures = [];

function count(passed, failed) {
  total.passed += passed;
  total.failed += failed;
}

const seconds = (startedAt) => `${((performance.now() - startedAt) / 1000).toFixed(1)} s`;

/** Runs a check. It counts as one test. */
async function check(name, work) {
  const startedAt = performance.now();
  try {
    await work();
    count(1, 0);
    console.log(`ok      ${name} (${seconds(startedAt)})`);
  } catch (error) {
    count(0, 1);
    failures.push(name);
    console.log(`FAILED  ${name} (${seconds(startedAt)})\n${error.message}\n`);
  }
}

/**
 * Runs at most two tasks at a time, in the given order. Integration specs and browser tests come first, because they
 * often wait for servers, queues and a browser. CPU-bound tasks follow, longest first, so that both slots finish at
 * about the same time.
 */
async function twoAtATime(tasks) {
  const queue = [...tasks];
  const work = async () => {
    for (let task = queue.shift(); task; task = queue.shift()) await task();
  };
  await Promise.all([work(), work()]);
}

const typeChecks = () =>
  Object.entries(typeProjects).map(
    ([name, project]) =>
      () =>
        check(`types of the ${name}`, () => checkTypes(project)),
  );

const lintChecks = () =>
  Object.entries(lint).map(
    ([name, run]) =>
      () =>
        check(name, run),
  );

/** Adds the results of one Jest project to the total. Skipped tests, and spec files that did not run, count as failed. */
function countReport(project, path, status) {
  if (!existsSync(path)) {
    count(0, 1);
    console.log(`FAILED  ${project}: jest exited with status ${status} and wrote no report`);
    return;
  }
  const report = JSON.parse(readFileSync(path, 'utf8'));
  const broken = report.testResults.filter(({ status: state, assertionResults }) => {
    return state === 'failed' && assertionResults.every((result) => result.status === 'passed');
  }).length;
  const skipped = report.numPendingTests + report.numTodoTests;
  count(report.numPassedTests, report.numFailedTests + broken + skipped);
  const failed = report.numFailedTests + broken + skipped;
  if (status !== 0 && failed === 0) count(0, 1);
  if (skipped > 0) console.log(`FAILED  ${project}: ${skipped} skipped; skipped tests are not allowed`);
  console.log(
    `${status === 0 && failed === 0 ? 'ok      ' : 'FAILED  '}${project}: ${report.numPassedTests} passed, ${failed} failed`,
  );
  for (const { name, status: state, message, assertionResults } of report.testResults) {
    if (state !== 'failed') continue;
    const failedResults = assertionResults.filter((result) => result.status === 'failed');
    // A file that could not be run has a message and no results.
    const reports = failedResults.map(
      ({ fullName, failureMessages }) => `${fullName}\n${failureMessages.join('\n')}`,
    );
    failures.push(`${relative(root, name)}: ${(reports.join('\n') || message).slice(0, 2000)}`);
  }
}

function jest(project, folder) {
  const outputFile = join(folder, `${project}.json`);
  const args = [
    'node_modules/jest/bin/jest.js',
    '--selectProjects',
    project,
    '--json',
    `--outputFile=${outputFile}`,
    `--testSequencer=${join(import.meta.dirname, 'jest-longest-first.mjs')}`,
  ];
  // A browser, a server and PostgreSQL fully use the machine, so run one browser test at a time.
  if (project === 'e2e') args.push('--runInBand');
  // Integration specs often wait for a server and its queues. With Jest's default, a processor would be idle.
  if (project === 'integration') args.push(`--maxWorkers=${Math.max(2, availableParallelism() - 1)}`);
  return new Promise((resolve) => {
    const child = spawn(process.execPath, ['--experimental-vm-modules', '--no-warnings', ...args], {
      cwd: root,
      // Jest writes its progress to stderr; the report on stdout is also in the file. Two Jest processes would overwrite
      // each other's progress on a terminal, so stderr is a pipe.
      stdio: ['ignore', 'ignore', 'pipe'],
      env: { ...process.env, NODE_OPTIONS: '--experimental-vm-modules --no-warnings' },
    });
    child.stderr.pipe(process.stderr, { end: false });
    child.once('close', (code) => {
      countReport(project, outputFile, code);
      resolve();
    });
  });
}

const specs = (project) => async () => {
  console.log(`        ${project} …`);
  await jest(project, folder);
};

const isDebianRoot = () => process.getuid?.() === 0 && existsSync('/etc/debian_version');

function aptGet(...args) {
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  return (
    spawnSync('apt-get', ['-y', '-q', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] }).status === 0
  );
}

/**
 * Installs missing programs if apt-get can be used. Otherwise, names them and exits, because no stage may be skipped.
 */
function ensurePrograms(keys) {
  const missing = programs.filter(({ key }) => keys.includes(key) && findProgram(key) === null);
  if (missing.length > 0 && isDebianRoot()) {
    console.log(`Installing ${missing.map(({ what }) => what).join(' and ')} with apt-get`);
    aptGet('update');
    for (const { debian } of missing)
      debian.find((name) => aptGet('install', '--no-install-recommends', name));
  }
  const stillMissing = missing.filter(({ key }) => findProgram(key) === null);
  if (stillMissing.length === 0) return;
  console.error(
    `These tests need ${stillMissing.map(({ what }) => what).join(' and ')}: install them and add them to PATH.`,
  );
  console.log(`0 passed, ${stillMissing.length} failed`);
  process.exit(1);
}

const selected = selectedStages(process.argv.slice(2));
const folder = mkdtempSync(join(tmpdir(), 'postbag-report-'));
try {
  ensurePrograms([
    ...(selected.includes('integration') ? ['valkey'] : []),
    ...(selected.includes('e2e') ? ['valkey', 'chromium'] : []),
  ]);
  if (selected.includes('integration') || selected.includes('e2e')) {
    await check('build', () => build({ onProgress: (line) => console.log(`        ${line}`) }));
  }
  const specsOf = (...projects) => projects.filter((project) => selected.includes(project)).map(specs);
  const [eslint, ...otherLinters] = selected.includes('lint') ? lintChecks() : [];
  await twoAtATime([
    ...specsOf('integration', 'e2e'),
    ...(eslint ? [eslint] : []),
    ...specsOf('unit'),
    ...(selected.includes('types') ? typeChecks() : []),
    ...otherLinters,
  ]);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
process.exitCode = total.failed === 0 ? 0 : 1;
for (const failure of failures) console.log(`FAILED  ${failure}`);
console.log(`${total.passed} passed, ${total.failed} failed`);
