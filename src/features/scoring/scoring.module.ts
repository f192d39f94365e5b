import { Module } from '@nestjs/common';
import { ReadersModule } from '../readers/readers.module.js';
import { SitesModule } from '../sites/sites.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { NameFitness } from './name-fitness.js';
import { OverdueRevisions } from './overdue-revisions.js';
import { RevisionScoring } from './revision-scoring.service.js';
import { ScoreRepository } from './score.repository.js';
import { TextScorer } from './text-scorer.js';

/** Needs a `ScoredRevisionSink`, which the moderation feature provides globally. */
@Module({
  imports: [ReadersModule, SitesModule, StoriesModule],
  providers: [NameFitness, OverdueRevisions, RevisionScoring, ScoreRepository, TextScorer],
  exports: [OverdueRevisions, RevisionScoring, TextScorer],
})
export class ScoringModule {}
