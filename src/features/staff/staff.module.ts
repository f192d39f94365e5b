import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { STAFF_ENTITIES } from './staff.entities.js';
import { SessionResolver } from '../../platform/auth/session-resolver.js';
import { StaffNames } from '../../platform/auth/staff-names.js';
import { SitesModule } from '../sites/sites.module.js';
import { AccountEmails } from './account-emails.js';
import { ConfirmationsService } from './confirmations.service.js';
import { ConsoleCaller } from './console-caller.js';
import { ConsoleSessionResolver } from './console-session.resolver.js';
import { ConsoleSettingsController } from './console-settings.controller.js';
import { OidcState } from './oidc-state.js';
import { ModeratorNames } from './moderator-names.js';
import { ModeratorRepository } from './moderator.repository.js';
import { StaffSsoController } from './staff-sso.controller.js';
import { StaffSso } from './staff-sso.js';
import { StaffSsoSignInService } from './staff-sso-sign-in.service.js';
import { OidcController } from './oidc.controller.js';
import { AccountService } from './account.service.js';
import { AccountSessionsController } from './account-sessions.controller.js';
import { PasskeyRepository } from './passkey.repository.js';
import { PasskeysController } from './passkeys.controller.js';
import { PasskeysService } from './passkeys.service.js';
import { SecondFactorController } from './second-factor.controller.js';
import { SecondFactorRepository } from './second-factor.repository.js';
import { SecondFactorsService } from './second-factors.service.js';
import { SessionController } from './session.controller.js';
import { OwnerAddresses } from './owner-addresses.js';
import { SessionsService } from './sessions.service.js';
import { SignInLimits } from './sign-in-limits.js';
import { TeamController } from './team.controller.js';
import { TeamRulesController } from './team-rules.controller.js';
import { TeamRepository } from './team.repository.js';
import { TeamService } from './team.service.js';

@Module({
  imports: [TypeOrmModule.forFeature(STAFF_ENTITIES), SitesModule],
  providers: [
    AccountEmails,
    ConfirmationsService,
    ConsoleCaller,
    OidcState,
    ModeratorRepository,
    StaffSso,
    StaffSsoSignInService,
    AccountService,
    OwnerAddresses,
    PasskeyRepository,
    PasskeysService,
    SecondFactorRepository,
    SecondFactorsService,
    SessionsService,
    SignInLimits,
    TeamService,
    TeamRepository,
    { provide: SessionResolver, useClass: ConsoleSessionResolver },
    { provide: StaffNames, useClass: ModeratorNames },
  ],
  controllers: [
    ConsoleSettingsController,
    SessionController,
    AccountSessionsController,
    StaffSsoController,
    OidcController,
    PasskeysController,
    SecondFactorController,
    TeamController,
    TeamRulesController,
  ],
  exports: [OwnerAddresses, SessionResolver, SessionsService],
})
export class StaffModule {}
