import { NestFactory } from '@nestjs/core';
import { AppModule } from '../app.module.js';
import { Sessions } from '../features/moderators/sessions.service.js';
import type { Command } from './command.js';

/** For an owner who is locked out; whoever may run it has the database's password anyway. */
export const signInLink: Command = {
  name: 'sign-in-link',
  help: 'prints a link that signs the owner in to the console, once',
  async run({ runtime, logger, cleanups }) {
    // As an API process: no job is taken and no timer runs.
    const settings = { ...runtime.settings, role: 'api' as const };
    const context = await NestFactory.createApplicationContext(AppModule.of({ ...runtime, settings }), {
      logger,
      abortOnError: false,
    });
    cleanups.push(() => context.close());
    return context.get(Sessions).bootstrapLink();
  },
};
