import { SessionsService } from '../features/staff/sessions.service.js';
import { apiContext } from './api-context.js';
import type { Command } from './command.js';

/** For an owner who lost the app and the recovery codes. Anyone who can run it already has the database password. */
export const resetSecondFactor: Command = {
  name: 'reset-second-factor',
  help: 'ADDRESS  takes the second factor off the account with this e-mail address, and ends its sessions',
  async run(opened, [address]) {
    if (address === undefined)
      return { text: 'Whose? npm run cli -- reset-second-factor ADDRESS', exitCode: 2 };
    const isDone = await (await apiContext(opened)).get(SessionsService).resetSecondFactorOf(address);
    return isDone
      ? `The second factor of ${address} is gone; they sign in with their password or a link.`
      : { text: `No account has the address ${address}.`, exitCode: 1 };
  },
};
