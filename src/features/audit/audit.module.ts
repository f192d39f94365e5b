import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { AUDIT_ENTITIES } from './audit.entities.js';
import { SitesModule } from '../sites/sites.module.js';
import { AuditController } from './audit.controller.js';
import { AuditView } from './audit.view.js';

@Module({
  imports: [TypeOrmModule.forFeature(AUDIT_ENTITIES), SitesModule],
  controllers: [AuditController],
  providers: [AuditView],
})
export class AuditModule {}
