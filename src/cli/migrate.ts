import type { Command } from './command.js';

/** Opening the runtime has already migrated the schema, so there is nothing left to do. */
export const migrate: Command = {
  name: 'migrate',
  help: 'migrates the database to the schema of this version, then exits',
  run: () => Promise.resolve('The database is up to date.'),
};
