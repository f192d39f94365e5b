import { Module } from '@nestjs/common';
import { ReadersModule } from '../readers/readers.module.js';
import { ScoringModule } from '../scoring/scoring.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { CoralLinksController } from './coral/coral-links.controller.js';
import { CoralLinks } from './coral/coral-links.view.js';
import { CoralModeration } from './coral-phase/coral-moderation.service.js';
import { CoralPhaseNotes } from './coral-phase/coral-phase-notes.js';
import { CoralPhaseSettings } from './coral-phase/coral-phase-settings.service.js';
import { CoralPhaseController } from './coral-phase/coral-phase.controller.js';
import { ImportFormats } from './import/import-formats.js';
import { ImportMatching } from './import/import-matching.js';
import { ImportRecounting } from './import/import-recounting.js';
import { ImportRunner } from './import/import-runner.service.js';
import { ImportWriting } from './import/import-writing.js';
import { ImportRepository } from './import/import.repository.js';
import { ImportsController } from './import/imports.controller.js';
import { SiteImports } from './import/imports.service.js';

/** Comments come from other products, leave for them, or stay there and are decided here. */
@Module({
  imports: [ReadersModule, ScoringModule, SitesModule],
  controllers: [CoralLinksController, CoralPhaseController, ImportsController],
  providers: [
    CoralLinks,
    CoralModeration,
    CoralPhaseNotes,
    CoralPhaseSettings,
    ImportFormats,
    ImportMatching,
    ImportRecounting,
    ImportRepository,
    ImportRunner,
    ImportWriting,
    SiteImports,
  ],
})
export class TransferModule {}
