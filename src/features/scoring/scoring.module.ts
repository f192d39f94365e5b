import { Module } from '@nestjs/common';
import { SitesModule } from '../sites/sites.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { OverdueRevisions } from './overdue-revisions.js';
import { RevisionScoring } from './revision-scoring.service.js';
import { ScoreRepository } from './score.repository.js';

/** Needs a `ScoredRevisionSink`, which the moderation feature provides globally. */
@Module({
  imports: [SitesModule, StoriesModule],
  providers: [OverdueRevisions, RevisionScoring, ScoreRepository],
  exports: [OverdueRevisions, RevisionScoring],
})
export class ScoringModule {}
