import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { SCORING_ENTITIES } from './scoring.entities.js';
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
import { VerdictCache } from './external/verdict-cache.js';
import { ScorersController } from './external/scorers.controller.js';
import { LanguageModelsController } from './language-models/language-models.controller.js';
import { OffensiveNameCheck } from './offensive-name-check.js';
import { PreSubmitCheckController } from './pre-submit-check.controller.js';
import { PicksModelController } from './picks-model/picks-model.controller.js';
import { PicksModelRepository } from './picks-model/picks-model.repository.js';
import { PicksModelSelectionService } from './picks-model/picks-model-selection.service.js';
import { PicksModelTrainingService } from './picks-model/picks-model-training.service.js';
import { PicksModels } from './picks-model/picks-models.js';
import { RankCommentsService } from './picks-model/rank-comments.service.js';
import { QualityScorer } from './quality/quality-scorer.service.js';
import { OverdueRevisions } from './overdue-revisions.js';
import { RevisionScoringService } from './revision-scoring.service.js';
import { ScoreRepository } from './score.repository.js';
import { CustomModel } from './custom-model/custom-model.js';
import { SiteModelSelectionService } from './site-model/site-model-selection.service.js';
import { SiteModelTrainingService } from './site-model/site-model-training.service.js';
import { TrainingTextsService } from './site-model/training-texts.service.js';
import { TrainingExamplesView } from './site-model/training-examples.view.js';
import { SiteModelController } from './site-model/site-model.controller.js';
import { SiteModelRepository } from './site-model/site-model.repository.js';
import { SiteModels } from './site-model/site-models.js';
import { SiteModelShadow } from './site-model/site-model-shadow.js';
import { ScoringPipelineService } from './scoring-pipeline.service.js';
import { EmbeddingRepository } from './encoder/embedding.repository.js';
import { TextEncoderService } from './encoder/text-encoder.service.js';
import { TextScorer } from './text-scorer.js';

/** Requires a `DecisionPort`, `HumanDecisions` and `PublishLimits`, which the moderation feature provides globally. */
@Module({
  imports: [TypeOrmModule.forFeature(SCORING_ENTITIES), ReadersModule, SitesModule, StoriesModule],
  controllers: [
    CalibrationsController,
    LanguageModelsController,
    PicksModelController,
    PreSubmitCheckController,
    ScorersController,
    SiteModelController,
  ],
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
    TrainingTextsService,
    OffensiveNameCheck,
    OverdueRevisions,
    PicksModelRepository,
    PicksModelSelectionService,
    PicksModelTrainingService,
    PicksModels,
    QualityScorer,
    RankCommentsService,
    CustomModel,
    EmbeddingRepository,
    RevisionScoringService,
    ScoreRepository,
    ScorerCorrectionsService,
    ScoringPipelineService,
    SiteModelRepository,
    SiteModels,
    SiteModelShadow,
    TextEncoderService,
    TextScorer,
    VerdictCache,
  ],
  exports: [
    EmbeddingRepository,
    ExternalScorersService,
    ExternalScoringService,
    SiteModelTrainingService,
    OverdueRevisions,
    QualityScorer,
    RevisionScoringService,
    ScoringPipelineService,
    TextScorer,
  ],
})
export class ScoringModule {}
