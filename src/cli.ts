import 'reflect-metadata';
import type { Command } from './cli/command.js';
import { endSessions } from './cli/end-sessions.js';
import { exportSite } from './cli/export-site.js';
import { importComments } from './cli/import-comments.js';
import { migrate } from './cli/migrate.js';
import { resetSecondFactor } from './cli/reset-second-factor.js';
import { signInLink } from './cli/sign-in-link.js';
import { verifyAudit } from './cli/verify-audit.js';
import { loadSettings } from './platform/config/settings.js';
import { StartupError } from './platform/config/startup-error.js';
import { openRuntime } from './runtime.js';

const COMMANDS: readonly Command[] = [
  endSessions,
  exportSite,
  importComments,
  migrate,
  resetSecondFactor,
  signInLink,
  verifyAudit,
];

const HELP = [
  'npm run cli -- COMMAND',
  '',
  ...COMMANDS.map(({ name, help }) => `  ${name.padEnd(21)}${help}`),
  '',
  'Commands read the same environment settings as the server. With the embedded database, stop the server first.',
].join('\n');

/** @returns the exit status */
async function run([commandName, ...args]: readonly string[]): Promise<number> {
  const command = COMMANDS.find(({ name }) => name === commandName);
  if (!command) {
    const asksForHelp = commandName === undefined || commandName === '--help' || commandName === 'help';
    console.log(asksForHelp ? HELP : `Unknown command: ${commandName}.\n\n${HELP}`);
    return asksForHelp ? 0 : 2;
  }
  if (args.includes('--help') || args.includes('-h')) {
    console.log(command.usage ?? `npm run cli -- ${command.name}  ${command.help}`);
    return 0;
  }
  const opened = await openRuntime(loadSettings(process.env), {
    listens: false,
    storesFiles: false,
    progress: (text) => console.error(text),
  });
  try {
    const outcome = await command.run(opened, args);
    if (typeof outcome === 'string') {
      console.log(outcome);
      return 0;
    }
    console.log(outcome.text);
    return outcome.exitCode;
  } finally {
    await opened.close();
  }
}

try {
  process.exitCode = await run(process.argv.slice(2));
} catch (error) {
  console.error(error instanceof StartupError ? error.message : error);
  process.exitCode = 1;
}
