import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { KeyManagementService } from './key-management.service.js';
import { KeysController } from './keys.controller.js';
import { OverridesController } from './overrides.controller.js';
import { OverridesService } from './overrides.service.js';
import { PolicyService } from './policy.service.js';
import { PolicyVersionsController } from './policy-versions.controller.js';
import { PolicyVersionsView } from './policy-versions.view.js';
import { PublisherAuth } from './publisher-auth.js';
import { PublisherKeys } from './publisher-keys.js';
import { PublisherGuard } from './publisher.guard.js';
import { SiteRegistrationService } from './site-registration.service.js';
import { SiteSettings } from './site-settings.js';
import { SitesController } from './sites.controller.js';
import { SITES_ENTITIES } from './sites.entities.js';
import { SsoController } from './sso.controller.js';
import { SsoService } from './sso.service.js';

/** Exports the providers that `@PublisherScope()` needs on routes of other features. */
@Module({
  imports: [TypeOrmModule.forFeature(SITES_ENTITIES)],
  controllers: [
    SitesController,
    PolicyVersionsController,
    OverridesController,
    SsoController,
    KeysController,
  ],
  providers: [
    KeyManagementService,
    OverridesService,
    PolicyService,
    PolicyVersionsView,
    PublisherAuth,
    PublisherGuard,
    PublisherKeys,
    SiteRegistrationService,
    SiteSettings,
    SsoService,
  ],
  exports: [OverridesService, PolicyService, PublisherAuth, PublisherGuard, SiteSettings],
})
export class SitesModule {}
