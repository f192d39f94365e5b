import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { TRANSFER_ENTITIES } from './transfer.entities.js';
import { ReadersModule } from '../readers/readers.module.js';
import { ScoringModule } from '../scoring/scoring.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { CoralLinksController } from './coral/coral-links.controller.js';
import { CoralLinksView } from './coral/coral-links.view.js';
import { CoralModerationService } from './coral-phase/coral-moderation.service.js';
import { CoralPhaseHealth } from './coral-phase/coral-phase-health.js';
import { CoralPhaseSettingsService } from './coral-phase/coral-phase-settings.service.js';
import { CoralPhaseController } from './coral-phase/coral-phase.controller.js';
import { ExportController } from './export/export.controller.js';
import { ExportService } from './export/export.service.js';
import { ImportFormats } from './import/import-formats.js';
import { ImportMatching } from './import/import-matching.js';
import { CounterRecount } from './import/counter-recount.js';
import { ImportRunnerService } from './import/import-runner.service.js';
import { ImportWriting } from './import/import-writing.js';
import { ImportRepository } from './import/import.repository.js';
import { ImportsController } from './import/imports.controller.js';
import { ImportsService } from './import/imports.service.js';

/** Imports comments from other products, exports whole sites, resolves links to Coral comments, and moderates comments that stay in Coral. */
@Module({
  imports: [TypeOrmModule.forFeature(TRANSFER_ENTITIES), ReadersModule, ScoringModule, SitesModule],
  controllers: [CoralLinksController, CoralPhaseController, ExportController, ImportsController],
  providers: [
    CoralLinksView,
    CoralModerationService,
    CoralPhaseHealth,
    CoralPhaseSettingsService,
    ExportService,
    ImportFormats,
    ImportMatching,
    CounterRecount,
    ImportRepository,
    ImportRunnerService,
    ImportWriting,
    ImportsService,
  ],
})
export class TransferModule {}
