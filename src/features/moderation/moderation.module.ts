import { Global, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MODERATION_ENTITIES } from './moderation.entities.js';
import { CommentsModule } from '../comments/comments.module.js';
import { ReadersModule } from '../readers/readers.module.js';
import { HumanDecisions } from '../scoring/site-model/human-decisions.js';
import { ScoringModule } from '../scoring/scoring.module.js';
import { DecisionPort } from '../scoring/decision-port.js';
import { PublishLimitsService } from '../scoring/language-models/publish-limits.service.js';
import { PublishLimits } from '../sites/publish-limits.js';
import { SitesModule } from '../sites/sites.module.js';
import { StoriesModule } from '../stories/stories.module.js';
import { AppealsController } from './appeals.controller.js';
import { AppealsService } from './appeals.service.js';
import { BrigadeDetectionService } from './brigades/brigade-detection.service.js';
import { BrigadeRepository } from './brigades/brigade.repository.js';
import { BrigadesController } from './brigades/brigades.controller.js';
import { BrigadesService } from './brigades/brigades.service.js';
import { BulkDecisionRepository } from './bulk-decision.repository.js';
import { BulkDecisionsController } from './bulk-decisions.controller.js';
import { BulkDecisionsService } from './bulk-decisions.service.js';
import { CommentSearchController } from './comment-search/comment-search.controller.js';
import { CommentSearchView } from './comment-search/comment-search.view.js';
import { ConversationView } from './conversation.view.js';
import { DecisionListService } from './decision-list.service.js';
import { DecisionRepository } from './decision.repository.js';
import { DecisionService } from './decision.service.js';
import { FeaturedController } from './featured.controller.js';
import { FlaggedComments } from './flagged-comments.js';
import { HumanDecisionsView } from './human-decisions.view.js';
import { ClaimsService } from './claims.service.js';
import { ModerationController } from './moderation.controller.js';
import { ModerationAccess } from './moderation-access.js';
import { OpinionsService } from './opinions.service.js';
import { PolicySimulationController } from './policy-simulation/policy-simulation.controller.js';
import { ReplayRepository } from './policy-simulation/replay.repository.js';
import { ReplaysService } from './policy-simulation/replays.service.js';
import { ShadowService } from './policy-simulation/shadow.service.js';
import { WordListPreview } from './policy-simulation/word-list-preview.js';
import { QueueChangesView } from './queue-changes.view.js';
import { CurrentRevisionView } from './current-revision.view.js';
import { NearDuplicatesView } from './near-duplicates.view.js';
import { SimilarDecisionsView } from './similar-decisions.view.js';
import { QueueCountsView } from './queue-counts.view.js';
import { QueueEventsController } from './queue-events.controller.js';
import { QueueStreamsService } from './queue-streams.service.js';
import { QueueView } from './queue.view.js';
import { RuleDecisionsService } from './rule-decisions.service.js';
import { SavedQueuesController } from './saved-queues.controller.js';
import { SavedQueuesService } from './saved-queues.service.js';
import { SanctionsService } from './sanctions.service.js';

/**
 * Global because scoring, and sites, which this module imports, need some of its providers: `DecisionPort`, to which
 * scores are passed, `HumanDecisions`, on which site models are trained, and `PublishLimits`, which depend on them.
 */
@Global()
@Module({
  imports: [
    TypeOrmModule.forFeature(MODERATION_ENTITIES),
    CommentsModule,
    ReadersModule,
    ScoringModule,
    SitesModule,
    StoriesModule,
  ],
  providers: [
    AppealsService,
    BrigadeDetectionService,
    BrigadeRepository,
    BrigadesService,
    BulkDecisionRepository,
    BulkDecisionsService,
    CommentSearchView,
    ConversationView,
    DecisionListService,
    DecisionRepository,
    DecisionService,
    FlaggedComments,
    { provide: HumanDecisions, useClass: HumanDecisionsView },
    ClaimsService,
    ModerationAccess,
    OpinionsService,
    { provide: PublishLimits, useClass: PublishLimitsService },
    QueueChangesView,
    QueueCountsView,
    CurrentRevisionView,
    NearDuplicatesView,
    SimilarDecisionsView,
    QueueStreamsService,
    QueueView,
    RuleDecisionsService,
    { provide: DecisionPort, useExisting: RuleDecisionsService },
    ReplayRepository,
    ReplaysService,
    SavedQueuesService,
    ShadowService,
    SanctionsService,
    WordListPreview,
  ],
  controllers: [
    ModerationController,
    FeaturedController,
    QueueEventsController,
    AppealsController,
    BrigadesController,
    BulkDecisionsController,
    SavedQueuesController,
    PolicySimulationController,
    CommentSearchController,
  ],
  exports: [
    BulkDecisionsService,
    DecisionService,
    HumanDecisions,
    ModerationAccess,
    DecisionPort,
    PublishLimits,
  ],
})
export class ModerationModule {}
