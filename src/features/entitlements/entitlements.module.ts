import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { ReadersModule } from '../readers/readers.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { EntitlementService } from './entitlement.service.js';
import { EntitlementsController } from './entitlements.controller.js';
import { ENTITLEMENTS_ENTITIES } from './entitlements.entities.js';
import { ExplanationsController } from './explanations/explanations.controller.js';
import { TokensController } from './explanations/tokens.controller.js';
import { GateService } from './gate.service.js';
import { EntitlementImportController } from './import.controller.js';
import { EntitlementImportService } from './import.service.js';
import { BillingWebhookLogController } from './inbound/inbound-log.controller.js';
import { BillingWebhookLogRepository } from './inbound/inbound-log.repository.js';
import { BillingIntegrationsService } from './inbound/inbound-wires.service.js';
import { BillingController } from './inbound/inbound.controller.js';
import { BillingWebhooksService } from './inbound/inbound.service.js';
import { RejectedWebhookLog } from './inbound/unread-pushes.js';
import { LookupSettingsService } from './lookup/look-up-settings.service.js';
import { LookupHealth } from './lookup/look-up-notes.js';
import { LookupController } from './lookup/look-up.controller.js';
import { EntitlementLookups } from './lookup/look-ups.js';
import { MeController } from './me.controller.js';
import { OrganisationsController } from './organisations/organisations.controller.js';
import { OrganisationsService } from './organisations/organisations.service.js';
import { RefusalLog } from './refusals/refusal-log.js';
import { RefusalsController } from './refusals/refusals.controller.js';
import { TierUsageController } from './tier-uses/tier-uses.controller.js';
import { TierUsageView } from './tier-uses/tier-uses.view.js';
import { DeletionTombstones } from './told-deletions.js';

@Module({
  imports: [TypeOrmModule.forFeature(ENTITLEMENTS_ENTITIES), SitesModule, ReadersModule, StoriesModule],
  controllers: [
    EntitlementsController,
    ExplanationsController,
    TokensController,
    EntitlementImportController,
    BillingController,
    BillingWebhookLogController,
    LookupController,
    MeController,
    OrganisationsController,
    RefusalsController,
    TierUsageController,
  ],
  providers: [
    EntitlementImportService,
    EntitlementService,
    GateService,
    BillingWebhookLogRepository,
    BillingWebhooksService,
    BillingIntegrationsService,
    LookupHealth,
    EntitlementLookups,
    LookupSettingsService,
    OrganisationsService,
    RefusalLog,
    TierUsageView,
    DeletionTombstones,
    RejectedWebhookLog,
  ],
  exports: [GateService],
})
export class EntitlementsModule {}
