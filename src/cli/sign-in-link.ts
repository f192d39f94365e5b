import { SessionsService } from '../features/staff/sessions.service.js';
import { apiContext } from './api-context.js';
import type { Command } from './command.js';

/** For an owner who is locked out. Anyone who can run it already has the database password. */
export const signInLink: Command = {
  name: 'sign-in-link',
  help: 'prints a one-time link that signs the owner in to the console',
  run: async (opened) => (await apiContext(opened)).get(SessionsService).bootstrapLink(),
};
