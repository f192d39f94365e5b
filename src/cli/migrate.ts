import type { Command } from './command.js';

/** Opening the runtime has already migrated the schema, so there is nothing left to do. */
export const migrate: Command = {
  name: 'migrate',
  help: "brings the database to this version's schema and ends",
  run: () => Promise.resolve('The database is up to date.'),
};
