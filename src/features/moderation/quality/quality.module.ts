import { Module } from '@nestjs/common';
import { SitesModule } from '../../sites/sites.module.js';
import { CalibrationView } from './calibration.view.js';
import { QualityController } from './quality.controller.js';
import { QualityView } from './quality.view.js';
import { RollUps } from './roll-up.service.js';
import { SamplesController } from './samples.controller.js';
import { Samples } from './samples.service.js';
import { SamplingController } from './sampling.controller.js';
import { SamplingRepository } from './sampling.repository.js';
import { SampleDraws } from './sampling.service.js';

/** How good decisions are: a sample put before people, and what is reckoned from it and from what was decided. */
@Module({
  imports: [SitesModule],
  providers: [CalibrationView, QualityView, RollUps, SampleDraws, Samples, SamplingRepository],
  controllers: [QualityController, SamplesController, SamplingController],
})
export class QualityModule {}
