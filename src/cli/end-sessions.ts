import { SessionsService } from '../features/staff/sessions.service.js';
import { apiContext } from './api-context.js';
import type { Command } from './command.js';

const EVERYBODY = 'everybody';

/** For emergencies, such as a stolen computer or an unknown leak. */
export const endSessions: Command = {
  name: 'end-sessions',
  help: `ADDRESS|${EVERYBODY}  ends the sessions of the account with this email address, or of all accounts; they must sign in again`,
  async run(opened, [email]) {
    if (email === undefined)
      return {
        text: `Name an account: npm run cli -- end-sessions ADDRESS, or ${EVERYBODY} for all accounts`,
        exitCode: 2,
      };
    const sessions = (await apiContext(opened)).get(SessionsService);
    const ended = await sessions.endAll(email === EVERYBODY ? null : email);
    if (ended === null) return { text: `No account has the email address ${email}.`, exitCode: 1 };
    return `${ended} ${ended === 1 ? 'session' : 'sessions'} ended.`;
  },
};
