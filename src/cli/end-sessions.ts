import { SessionsService } from '../features/staff/sessions.service.js';
import { apiContext } from './api-context.js';
import type { Command } from './command.js';

const EVERYBODY = 'everybody';

/** For emergencies, such as a stolen computer or an unknown leak. */
export const endSessions: Command = {
  name: 'end-sessions',
  help: `ADDRESS|${EVERYBODY}  ends the sessions of the account with this e-mail address, or of all: they sign in anew`,
  async run(opened, [whose]) {
    if (whose === undefined)
      return { text: `Whose? npm run cli -- end-sessions ADDRESS, or ${EVERYBODY}`, exitCode: 2 };
    const sessions = (await apiContext(opened)).get(SessionsService);
    const ended = await sessions.endAll(whose === EVERYBODY ? null : whose);
    if (ended === null) return { text: `No account has the address ${whose}.`, exitCode: 1 };
    return `${ended} ${ended === 1 ? 'session' : 'sessions'} ended.`;
  },
};
