import { Module } from '@nestjs/common';
import { SessionResolver } from '../../platform/auth/session-resolver.js';
import { StaffNames } from '../../platform/auth/staff-names.js';
import { ConsoleSessionResolver } from './console-session.resolver.js';
import { ModeratorNames } from './moderator-names.js';
import { ModeratorRepository } from './moderator.repository.js';
import { SessionController } from './session.controller.js';
import { Sessions } from './sessions.service.js';
import { SignInLimits } from './sign-in-limits.js';

@Module({
  providers: [
    ModeratorRepository,
    Sessions,
    SignInLimits,
    { provide: SessionResolver, useClass: ConsoleSessionResolver },
    { provide: StaffNames, useClass: ModeratorNames },
  ],
  controllers: [SessionController],
  exports: [SessionResolver, Sessions],
})
export class ModeratorsModule {}
