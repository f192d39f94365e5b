import { SessionsService } from '../features/staff/sessions.service.js';
import { apiContext } from './api-context.js';
import type { Command } from './command.js';

/** For an owner who lost the app and the recovery codes. No further check is needed, because whoever can run it has the database password. */
export const resetSecondFactor: Command = {
  name: 'reset-second-factor',
  help: 'ADDRESS  removes the second factor from the account with this email address and ends its sessions',
  async run(opened, [address]) {
    if (address === undefined)
      return { text: 'Name an account: npm run cli -- reset-second-factor ADDRESS', exitCode: 2 };
    const isDone = await (await apiContext(opened)).get(SessionsService).resetSecondFactorOf(address);
    return isDone
      ? `The second factor of ${address} was removed. They can now sign in with their password or a sign-in link.`
      : { text: `No account has the email address ${address}.`, exitCode: 1 };
  },
};
