import { Module } from '@nestjs/common';
import { SessionResolver } from '../../platform/auth/session-resolver.js';
import { StaffNames } from '../../platform/auth/staff-names.js';
import { SitesModule } from '../sites/sites.module.js';
import { AccountLetters } from './account-letters.js';
import { Confirmations } from './confirmations.service.js';
import { ConsoleCaller } from './console-caller.js';
import { ConsoleSessionResolver } from './console-session.resolver.js';
import { DeskSettingsController } from './desk-settings.controller.js';
import { Errands } from './errands.js';
import { ModeratorNames } from './moderator-names.js';
import { ModeratorRepository } from './moderator.repository.js';
import { NewsroomController } from './newsroom.controller.js';
import { NewsroomOidc } from './newsroom-oidc.js';
import { NewsroomSignIn } from './newsroom-sign-in.service.js';
import { OidcController } from './oidc.controller.js';
import { OwnAccount } from './own-account.service.js';
import { OwnSessionsController } from './own-sessions.controller.js';
import { PasskeyRepository } from './passkey.repository.js';
import { PasskeysController } from './passkeys.controller.js';
import { Passkeys } from './passkeys.service.js';
import { SecondFactorController } from './second-factor.controller.js';
import { SecondFactorRepository } from './second-factor.repository.js';
import { SecondFactors } from './second-factors.service.js';
import { SessionController } from './session.controller.js';
import { OwnerAddresses } from './owner-addresses.js';
import { Sessions } from './sessions.service.js';
import { SignInLimits } from './sign-in-limits.js';
import { TeamController } from './team.controller.js';
import { TeamRulesController } from './team-rules.controller.js';
import { TeamRepository } from './team.repository.js';
import { Team } from './team.service.js';

@Module({
  imports: [SitesModule],
  providers: [
    AccountLetters,
    Confirmations,
    ConsoleCaller,
    Errands,
    ModeratorRepository,
    NewsroomOidc,
    NewsroomSignIn,
    OwnAccount,
    OwnerAddresses,
    PasskeyRepository,
    Passkeys,
    SecondFactorRepository,
    SecondFactors,
    Sessions,
    SignInLimits,
    Team,
    TeamRepository,
    { provide: SessionResolver, useClass: ConsoleSessionResolver },
    { provide: StaffNames, useClass: ModeratorNames },
  ],
  controllers: [
    DeskSettingsController,
    SessionController,
    OwnSessionsController,
    NewsroomController,
    OidcController,
    PasskeysController,
    SecondFactorController,
    TeamController,
    TeamRulesController,
  ],
  exports: [OwnerAddresses, SessionResolver, Sessions],
})
export class ModeratorsModule {}
