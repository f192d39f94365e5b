import { Module } from '@nestjs/common';
import { ReadersModule } from '../readers/readers.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { CalibrationRepository } from './calibration/calibration.repository.js';
import { CalibrationsController } from './calibration/calibrations.controller.js';
import { Calibrations } from './calibration/calibrations.service.js';
import { PairedScoring } from './calibration/paired-scoring.service.js';
import { SideScores } from './calibration/side-scores.service.js';
import { ExternalScorerRepository } from './external/external-scorer.repository.js';
import { ExternalScorers } from './external/external-scorers.service.js';
import { ExternalScoring } from './external/external-scoring.service.js';
import { ScorerCorrections } from './external/scorer-corrections.service.js';
import { ScorersController } from './external/scorers.controller.js';
import { NameFitness } from './name-fitness.js';
import { NoticeController } from './notice.controller.js';
import { OverdueRevisions } from './overdue-revisions.js';
import { RevisionScoring } from './revision-scoring.service.js';
import { ScoreRepository } from './score.repository.js';
import { OwnModel } from './own-model/own-model.js';
import { HeadChoice } from './site-head/head-choice.service.js';
import { HeadTraining } from './site-head/head-training.service.js';
import { LessonsView } from './site-head/lessons.view.js';
import { SiteHeadController } from './site-head/site-head.controller.js';
import { SiteHeadRepository } from './site-head/site-head.repository.js';
import { SiteHeads } from './site-head/site-heads.js';
import { SiteShadow } from './site-head/site-shadow.js';
import { ScoringPipeline } from './scoring-pipeline.service.js';
import { TextScorer } from './text-scorer.js';

/** Needs a `ScoredRevisionSink` and `HumanDecisions`, which the moderation feature provides globally. */
@Module({
  imports: [ReadersModule, SitesModule, StoriesModule],
  controllers: [CalibrationsController, NoticeController, ScorersController, SiteHeadController],
  providers: [
    CalibrationRepository,
    Calibrations,
    PairedScoring,
    SideScores,
    ExternalScorerRepository,
    ExternalScorers,
    ExternalScoring,
    HeadChoice,
    HeadTraining,
    LessonsView,
    NameFitness,
    OverdueRevisions,
    OwnModel,
    RevisionScoring,
    ScoreRepository,
    ScorerCorrections,
    ScoringPipeline,
    SiteHeadRepository,
    SiteHeads,
    SiteShadow,
    TextScorer,
  ],
  exports: [
    ExternalScorers,
    ExternalScoring,
    HeadTraining,
    OverdueRevisions,
    RevisionScoring,
    ScoringPipeline,
    TextScorer,
  ],
})
export class ScoringModule {}
