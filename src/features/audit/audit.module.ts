import { Module } from '@nestjs/common';
import { SitesModule } from '../sites/sites.module.js';
import { AuditController } from './audit.controller.js';
import { AuditView } from './audit.view.js';

@Module({ imports: [SitesModule], controllers: [AuditController], providers: [AuditView] })
export class AuditModule {}
