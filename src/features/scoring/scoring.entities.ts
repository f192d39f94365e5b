import { CalibrationEntity } from './calibration/calibration.entity.js';
import { CalibrationScoreEntity } from './calibration/calibration-score.entity.js';
import { EmbeddingEntity } from './encoder/embedding.entity.js';
import { ExternalAnswerEntity } from './external/external-answer.entity.js';
import { ExternalScorerEntity } from './external/external-scorer.entity.js';
import { ExternalScorerDayEntity } from './external/external-scorer-day.entity.js';
import { ExternalVerdictEntity } from './external/external-verdict.entity.js';
import { PicksModelTrainingEntity } from './picks-model/picks-model-training.entity.js';
import { PicksModelEntity } from './picks-model/picks-model.entity.js';
import { ScoreEntity } from './score.entity.js';
import { SiteModelEntity } from './site-model/site-model.entity.js';
import { SiteModelShadowScoreEntity } from './site-model/site-model-shadow-score.entity.js';
import { SiteModelTrainingEntity } from './site-model/site-model-training.entity.js';
import { SuggestedScoreEntity } from './analyze-api/suggested-score.entity.js';

export const SCORING_ENTITIES = [
  CalibrationEntity,
  CalibrationScoreEntity,
  EmbeddingEntity,
  ExternalAnswerEntity,
  ExternalScorerEntity,
  ExternalScorerDayEntity,
  ExternalVerdictEntity,
  PicksModelEntity,
  PicksModelTrainingEntity,
  ScoreEntity,
  SiteModelEntity,
  SiteModelShadowScoreEntity,
  SiteModelTrainingEntity,
  SuggestedScoreEntity,
];
