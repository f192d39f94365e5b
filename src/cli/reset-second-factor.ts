import { SessionsService } from '../features/staff/sessions.service.js';
import { apiContext } from './api-context.js';
import type { Command } from './command.js';

/** For staff without their app and recovery codes. It asks for nothing else, because running it needs the database password. */
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
