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
import { ImportController } from './import.controller.js';
import { EntitlementImports } from './import.service.js';
import { InboundLogController } from './inbound/inbound-log.controller.js';
import { InboundLogRepository } from './inbound/inbound-log.repository.js';
import { InboundWires } from './inbound/inbound-wires.service.js';
import { InboundController } from './inbound/inbound.controller.js';
import { InboundService } from './inbound/inbound.service.js';
import { UnreadPushes } from './inbound/unread-pushes.js';
import { LookUpSettingsService } from './lookup/look-up-settings.service.js';
import { LookUpNotes } from './lookup/look-up-notes.js';
import { LookUpController } from './lookup/look-up.controller.js';
import { LookUps } from './lookup/look-ups.js';
import { MeController } from './me.controller.js';
import { OrganisationsController } from './organisations/organisations.controller.js';
import { Organisations } from './organisations/organisations.service.js';
import { RefusalLog } from './refusals/refusal-log.js';
import { RefusalsController } from './refusals/refusals.controller.js';
import { TierUsesController } from './tier-uses/tier-uses.controller.js';
import { TierUsesView } from './tier-uses/tier-uses.view.js';
import { ToldDeletions } from './told-deletions.js';

@Module({
  imports: [TypeOrmModule.forFeature(ENTITLEMENTS_ENTITIES), SitesModule, ReadersModule, StoriesModule],
  controllers: [
    EntitlementsController,
    ExplanationsController,
    TokensController,
    ImportController,
    InboundController,
    InboundLogController,
    LookUpController,
    MeController,
    OrganisationsController,
    RefusalsController,
    TierUsesController,
  ],
  providers: [
    EntitlementImports,
    EntitlementService,
    GateService,
    InboundLogRepository,
    InboundService,
    InboundWires,
    LookUpNotes,
    LookUps,
    LookUpSettingsService,
    Organisations,
    RefusalLog,
    TierUsesView,
    ToldDeletions,
    UnreadPushes,
  ],
  exports: [GateService],
})
export class EntitlementsModule {}
