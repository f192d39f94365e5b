import { Module } from '@nestjs/common';
import { SitesModule } from '../../sites/sites.module.js';
import { CalibrationView } from './calibration.view.js';
import { QualityController } from './quality.controller.js';
import { QualityView } from './quality.view.js';
import { RollUpService } from './roll-up.service.js';
import { SamplesController } from './samples.controller.js';
import { SamplesService } from './samples.service.js';
import { SamplingController } from './sampling.controller.js';
import { SamplingRepository } from './sampling.repository.js';
import { SamplingService } from './sampling.service.js';

/** Quality of decisions: samples that people review, and statistics of these reviews and of all decisions. */
@Module({
  imports: [SitesModule],
  providers: [
    CalibrationView,
    QualityView,
    RollUpService,
    SamplingService,
    SamplesService,
    SamplingRepository,
  ],
  controllers: [QualityController, SamplesController, SamplingController],
})
export class QualityModule {}
