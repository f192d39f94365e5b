import { Module } from '@nestjs/common';
import { ReadersModule } from '../readers/readers.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { CalibrationRepository } from './calibration/calibration.repository.js';
import { CalibrationsController } from './calibration/calibrations.controller.js';
import { CalibrationsService } from './calibration/calibrations.service.js';
import { PairedScoringService } from './calibration/paired-scoring.service.js';
import { SideScoresService } from './calibration/side-scores.service.js';
import { ExternalScorerRepository } from './external/external-scorer.repository.js';
import { ExternalScorersService } from './external/external-scorers.service.js';
import { ExternalScoringService } from './external/external-scoring.service.js';
import { ScorerCorrectionsService } from './external/scorer-corrections.service.js';
import { ScorersController } from './external/scorers.controller.js';
import { OffensiveNameCheck } from './name-fitness.js';
import { PreSubmitCheckController } from './notice.controller.js';
import { OverdueRevisions } from './overdue-revisions.js';
import { RevisionScoringService } from './revision-scoring.service.js';
import { ScoreRepository } from './score.repository.js';
import { CustomModel } from './own-model/own-model.js';
import { SiteModelSelectionService } from './site-head/head-choice.service.js';
import { SiteModelTrainingService } from './site-head/head-training.service.js';
import { TrainingExamplesView } from './site-head/lessons.view.js';
import { SiteModelController } from './site-head/site-head.controller.js';
import { SiteModelRepository } from './site-head/site-head.repository.js';
import { SiteModels } from './site-head/site-heads.js';
import { SiteModelShadow } from './site-head/site-shadow.js';
import { ScoringPipelineService } from './scoring-pipeline.service.js';
import { TextScorer } from './text-scorer.js';

/** Needs a `DecisionPort` and `HumanDecisions`, which the moderation feature provides globally. */
@Module({
  imports: [ReadersModule, SitesModule, StoriesModule],
  controllers: [CalibrationsController, PreSubmitCheckController, ScorersController, SiteModelController],
  providers: [
    CalibrationRepository,
    CalibrationsService,
    PairedScoringService,
    SideScoresService,
    ExternalScorerRepository,
    ExternalScorersService,
    ExternalScoringService,
    SiteModelSelectionService,
    SiteModelTrainingService,
    TrainingExamplesView,
    OffensiveNameCheck,
    OverdueRevisions,
    CustomModel,
    RevisionScoringService,
    ScoreRepository,
    ScorerCorrectionsService,
    ScoringPipelineService,
    SiteModelRepository,
    SiteModels,
    SiteModelShadow,
    TextScorer,
  ],
  exports: [
    ExternalScorersService,
    ExternalScoringService,
    SiteModelTrainingService,
    OverdueRevisions,
    RevisionScoringService,
    ScoringPipelineService,
    TextScorer,
  ],
})
export class ScoringModule {}
