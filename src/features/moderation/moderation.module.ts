import { Global, Module } from '@nestjs/common';
import { CommentsModule } from '../comments/comments.module.js';
import { ReadersModule } from '../readers/readers.module.js';
import { HumanDecisions } from '../scoring/site-head/human-decisions.js';
import { ScoringModule } from '../scoring/scoring.module.js';
import { ScoredRevisionSink } from '../scoring/scored-revision-sink.js';
import { SitesModule } from '../sites/sites.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { AppealsController } from './appeals.controller.js';
import { Appeals } from './appeals.service.js';
import { BulkDecisionRepository } from './bulk-decision.repository.js';
import { BulkDecisionsController } from './bulk-decisions.controller.js';
import { BulkDecisions } from './bulk-decisions.service.js';
import { CommentSearchController } from './comment-search/comment-search.controller.js';
import { CommentSearchView } from './comment-search/comment-search.view.js';
import { ConversationView } from './conversation.view.js';
import { DecisionLists } from './decision-list.service.js';
import { DecisionRepository } from './decision.repository.js';
import { Decisions } from './decision.service.js';
import { FeaturedController } from './featured.controller.js';
import { FlaggedComments } from './flagged-comments.js';
import { HumanDecisionsView } from './human-decisions.view.js';
import { Looking } from './looking.service.js';
import { ModerationController } from './moderation.controller.js';
import { ModeratorReach } from './moderator-reach.js';
import { Opinions } from './opinions.service.js';
import { PolicyLabController } from './policy-lab/policy-lab.controller.js';
import { ReplayRepository } from './policy-lab/replay.repository.js';
import { Replays } from './policy-lab/replays.service.js';
import { Shadows } from './policy-lab/shadow.service.js';
import { WordLab } from './policy-lab/word-lab.js';
import { QueueChangesView } from './queue-changes.view.js';
import { QueueCountsView } from './queue-counts.view.js';
import { QueueEventsController } from './queue-events.controller.js';
import { QueueStreams } from './queue-streams.service.js';
import { QueueView } from './queue.view.js';
import { RuleDecisions } from './rule-decisions.service.js';
import { SavedQueuesController } from './saved-queues.controller.js';
import { SavedQueues } from './saved-queues.service.js';
import { Standings } from './standing.service.js';

/** Global for what a feature on its left needs of it: where scores become decisions, and what people decided. */
@Global()
@Module({
  imports: [CommentsModule, ReadersModule, ScoringModule, SitesModule, StoriesModule],
  providers: [
    Appeals,
    BulkDecisionRepository,
    BulkDecisions,
    CommentSearchView,
    ConversationView,
    DecisionLists,
    DecisionRepository,
    Decisions,
    FlaggedComments,
    { provide: HumanDecisions, useClass: HumanDecisionsView },
    Looking,
    ModeratorReach,
    Opinions,
    QueueChangesView,
    QueueCountsView,
    QueueStreams,
    QueueView,
    RuleDecisions,
    { provide: ScoredRevisionSink, useExisting: RuleDecisions },
    ReplayRepository,
    Replays,
    SavedQueues,
    Shadows,
    Standings,
    WordLab,
  ],
  controllers: [
    ModerationController,
    FeaturedController,
    QueueEventsController,
    AppealsController,
    BulkDecisionsController,
    SavedQueuesController,
    PolicyLabController,
    CommentSearchController,
  ],
  exports: [BulkDecisions, HumanDecisions, ModeratorReach, ScoredRevisionSink],
})
export class ModerationModule {}
