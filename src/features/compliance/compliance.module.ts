import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { CommentsModule } from '../comments/comments.module.js';
import { ModerationModule } from '../moderation/moderation.module.js';
import { ReadersModule } from '../readers/readers.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { COMPLIANCE_ENTITIES } from './compliance.entities.js';
import { LegalNoticeDecisionsService } from './legal-notice-decisions.service.js';
import { LegalNoticeEmails } from './legal-notice-emails.js';
import { LegalNoticesController } from './legal-notices.controller.js';
import { LegalNoticesService } from './legal-notices.service.js';
import { ModerationNoticesController } from './moderation-notices.controller.js';

@Module({
  imports: [
    TypeOrmModule.forFeature(COMPLIANCE_ENTITIES),
    CommentsModule,
    ModerationModule,
    ReadersModule,
    SitesModule,
  ],
  controllers: [LegalNoticesController, ModerationNoticesController],
  providers: [LegalNoticeDecisionsService, LegalNoticeEmails, LegalNoticesService],
})
export class ComplianceModule {}
