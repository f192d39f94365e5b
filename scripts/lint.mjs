/**
 * `npm run lint`: runs ESLint, Prettier and knip. ESLint also checks each statement tagged `sql` against the schema, so
 * it needs a PostgreSQL server with a migrated database, which is started here. `scripts/test.mjs` also uses `lint`.
 */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, runTool } from './build.mjs';
import { makeClusterFolder, startCluster } from './jest-cluster.mjs';

const tool = (path, ...args) => runTool([join('node_modules', path), ...args]);

async function eslint() {
  await build({ only: ['server'] });
  const folder = await makeClusterFolder();
  const postgres = await startCluster(folder);
  const url = new URL(postgres.superuserUrl);
  url.pathname = '/postbag_template';
  try {
    await runTool(['node_modules/eslint/bin/eslint.js', '.', '--max-warnings', '0'], {
      POSTBAG_LINT_DATABASE: url.href,
    });
  } finally {
    await postgres.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}

export const lint = {
  eslint,
  prettier: () => tool('prettier/bin/prettier.cjs', '--check', '.'),
  knip: () => tool('knip/bin/knip.js'),
};

if (process.argv[1] === fileURLToPath(import.meta.url))
  for (const check of Object.values(lint)) {
    try {
      await check();
    } catch (error) {
      console.error(error.message);
      process.exitCode = 1;
    }
  }
