import { AppealEntity } from './appeal.entity.js';
import { BrigadeCommentEntity } from './brigades/brigade-comment.entity.js';
import { BrigadeEntity } from './brigades/brigade.entity.js';
import { BulkDecisionEntity } from './bulk-decision.entity.js';
import { BulkItemEntity } from './bulk-item.entity.js';
import { DecisionEntity } from './decision.entity.js';
import { DecisionHourEntity } from './quality/decision-hour.entity.js';
import { HumanDecisionHourEntity } from './quality/human-decision-hour.entity.js';
import { OpinionEntity } from './opinion.entity.js';
import { PolicyReplayEntity } from './policy-simulation/policy-replay.entity.js';
import { PolicyReplayDifferenceEntity } from './policy-simulation/policy-replay-difference.entity.js';
import { PolicyShadowEntity } from './policy-simulation/policy-shadow.entity.js';
import { PolicyShadowVerdictEntity } from './policy-simulation/policy-shadow-verdict.entity.js';
import { QueueClaimEntity } from './queue-claim.entity.js';
import { QueueEntryEntity } from './queue-entry.entity.js';
import { ReaderMessageEntity } from './readers/reader-message.entity.js';
import { ReaderNoteEntity } from './readers/reader-note.entity.js';
import { ReaderSanctionEntity } from './reader-sanction.entity.js';
import { RollUpEntity } from './quality/roll-up.entity.js';
import { SamePersonEntity } from './readers/same-person.entity.js';
import { SampleEntity } from './quality/sample.entity.js';
import { SampleDrawEntity } from './quality/sample-draw.entity.js';
import { SampleReviewEntity } from './quality/sample-review.entity.js';
import { SamplingEntity } from './quality/sampling.entity.js';
import { SavedQueueEntity } from './saved-queue.entity.js';
import { StaffAnswerEntity } from './answers/staff-answer.entity.js';
import { StrictStoryEntity } from './stories/strict-story.entity.js';
import { WaitingHourEntity } from './quality/waiting-hour.entity.js';

export const MODERATION_ENTITIES = [
  AppealEntity,
  BrigadeCommentEntity,
  BrigadeEntity,
  BulkDecisionEntity,
  BulkItemEntity,
  DecisionEntity,
  DecisionHourEntity,
  HumanDecisionHourEntity,
  OpinionEntity,
  PolicyReplayEntity,
  PolicyReplayDifferenceEntity,
  PolicyShadowEntity,
  PolicyShadowVerdictEntity,
  QueueClaimEntity,
  QueueEntryEntity,
  ReaderMessageEntity,
  ReaderNoteEntity,
  ReaderSanctionEntity,
  RollUpEntity,
  SamePersonEntity,
  SampleEntity,
  SampleDrawEntity,
  SampleReviewEntity,
  SamplingEntity,
  SavedQueueEntity,
  StaffAnswerEntity,
  StrictStoryEntity,
  WaitingHourEntity,
];
