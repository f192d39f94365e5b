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
import { EntitlementImportController } from './entitlement-import.controller.js';
import { EntitlementImportService } from './entitlement-import.service.js';
import { BillingWebhookLogController } from './billing/billing-webhook-log.controller.js';
import { BillingWebhookLogRepository } from './billing/billing-webhook-log.repository.js';
import { BillingIntegrationsService } from './billing/billing-integrations.service.js';
import { BillingController } from './billing/billing.controller.js';
import { BillingWebhooksService } from './billing/billing-webhooks.service.js';
import { RejectedWebhookLog } from './billing/rejected-webhook-log.js';
import { LookupSettingsService } from './lookup/lookup-settings.service.js';
import { LookupHealth } from './lookup/lookup-health.js';
import { LookupController } from './lookup/lookup.controller.js';
import { EntitlementLookups } from './lookup/entitlement-lookups.js';
import { MeController } from './me.controller.js';
import { OrganisationsController } from './organisations/organisations.controller.js';
import { OrganisationsService } from './organisations/organisations.service.js';
import { RefusalLog } from './refusals/refusal-log.js';
import { RefusalsController } from './refusals/refusals.controller.js';
import { TierUsageController } from './tier-usage/tier-usage.controller.js';
import { TierUsageView } from './tier-usage/tier-usage.view.js';
import { DeletionTombstones } from './deletion-tombstones.js';

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
