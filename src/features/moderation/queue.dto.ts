import { ApiExtraModels } from '@nestjs/swagger';
import {
  Answer,
  Id,
  Instant,
  Int,
  ListOf,
  Nested,
  Num,
  OneOf,
  Text,
  Url,
} from '../../platform/http/fields.js';
import { CommentDto } from '../comments/comments.dto.js';
import { TierNameAnswer } from '../entitlements/gate.dto.js';
import { READER_ROLES } from '../readers/signed-in-reader.js';
import type { HiddenWords } from '../scoring/hidden-words.js';
import { RECORDED_ACTIONS } from './decisions.dto.js';
import { HiddenWordsField } from '../scoring/hidden-words.field.js';
import { Decider, Person } from './moderation.dto.js';
import { BARRED } from './queue-item.sql.js';
import { LEANINGS, type Leaning } from './opinions.service.js';
import type { QueueState } from './queue-states.js';
import { STANDINGS } from './sanctions.dto.js';

const mapOf = (name: string): Record<string, unknown> => ({
  type: 'object',
  additionalProperties: { $ref: `#/components/schemas/${name}` },
});

export class QueueStory {
  @Id() id: string;
  @Text() key: string;
  @Text() title: string;
  @Url() url: string;
  @Text({ nullable: true }) section: string | null;
}

export class ParentAuthor {
  @Text() name: string;
}

/** `author` and `body` are null if the author deleted the comment. */
export class QueueParent {
  @Id() id: string;
  @Nested(() => ParentAuthor, { nullable: true }) author: ParentAuthor | null;
  @Text({ nullable: true }) body: string | null;
  @HiddenWordsField() hidden: HiddenWords;
}

export class AuthorHistory {
  @Int() published: number;
  @Int() held: number;
  @Int() rejected: number;
  @Int() removed: number;
  @Int({ description: 'Comments with at least one flag.' }) flagged: number;
}

export class QueueAuthor {
  @Id() id: string;
  @Text() name: string;
  @Nested(() => TierNameAnswer, { nullable: true }) tier: TierNameAnswer | null;
  @OneOf(READER_ROLES) role: string;
  @OneOf(STANDINGS) standing: string;
  @Instant({ nullable: true }) standingUntil: string | null;
  @Instant({ description: 'When the author was first seen on this site.' }) since: string;
  @Nested(() => AuthorHistory, { description: 'Counted over the latest 200 comments.' })
  history: AuthorHistory;
}

export class ScoreAnswer {
  @Num({ min: 0, max: 1 }) value: number;
  @Answer(
    {
      type: 'array',
      items: { type: 'array', prefixItems: [{ type: 'integer' }, { type: 'integer' }] },
    },
    { description: '[start, end), UTF-16 offsets into the body.' },
  )
  spans: [number, number][];
}

export class ThresholdAnswer {
  @Num({ min: 0, max: 1 }) hold: number;
  @Num({ min: 0, max: 1, optional: true }) reject?: number;
}

export class RuleAnswer {
  @Text() key: string;
  @Text({ description: 'Explanation for moderators.' }) text: string;
}

export class OpenFlags {
  @Int() count: number;
  @Answer({ type: 'object', additionalProperties: { type: 'integer' } }) reasons: Record<string, number>;
}

export class OpenAppeal {
  @Id() id: string;
  @Text() text: string;
  @Instant() createdAt: string;
}

export class LastDecision {
  @Id() id: string;
  @OneOf(RECORDED_ACTIONS) action: string;
  @OneOf(['rule', 'moderator']) by: string;
  @Nested(() => Decider, { nullable: true }) moderator: Decider | null;
  @Text({ nullable: true }) reason: string | null;
  @Instant() createdAt: string;
  @Instant({ nullable: true, description: 'The caller can undo the decision until this time.' })
  undoableUntil: string | null;
}

/** The opinion of a moderator who asked for a second opinion or gave one. */
export class OpinionAnswer {
  @Nested(() => Person) moderator: Person;
  @OneOf(LEANINGS) leaning: Leaning;
  @Text({ nullable: true, max: 2000 }) note: string | null;
  @Instant() createdAt: string;
}

@ApiExtraModels(ScoreAnswer, ThresholdAnswer)
export class QueueItem {
  @Nested(() => CommentDto) comment: CommentDto;
  @HiddenWordsField() hidden: HiddenWords;
  @Nested(() => QueueStory) story: QueueStory;
  @Nested(() => QueueParent, { nullable: true }) parent: QueueParent | null;
  @Nested(() => QueueAuthor, { nullable: true }) author: QueueAuthor | null;
  @Answer(mapOf('ScoreAnswer'), { description: 'Scores by label.' }) scores: Record<string, ScoreAnswer>;

  @Answer(mapOf('ThresholdAnswer'), { description: 'By label, from the current effective policy.' })
  thresholds: Record<string, ThresholdAnswer>;

  @Answer(
    { type: 'array', items: { type: 'string' } },
    {
      description:
        'The labels whose scores reach their `hold` threshold, the one furthest above its threshold first. `refusal` is replaced by the label that is the reason for it.',
    },
  )
  topLabels: string[];

  @Nested(() => RuleAnswer, { nullable: true, description: 'The rule that decided last.' })
  rule: RuleAnswer | null;

  @Nested(() => OpenFlags) flags: OpenFlags;
  @Nested(() => OpenAppeal, { nullable: true }) appeal: OpenAppeal | null;
  @OneOf(BARRED, {
    nullable: true,
    description:
      'Code of the problem with which a decision by the caller would be refused; otherwise null. Claims and the caller’s own comments are not considered.',
  })
  barred: (typeof BARRED)[number] | null;

  @ListOf(() => Person, {
    description:
      'Moderators who have the comment open. The first one holds the claim, and other moderators cannot decide.',
  })
  claimants: Person[];

  @Text({
    nullable: true,
    max: 3,
    description: 'Language of the text as detected by scoring: ISO 639-1, or `und`.',
  })
  language: string | null;

  @Text({
    nullable: true,
    max: 2,
    description:
      'Language of the page it was written on, ISO 639-1. The author sees reasons in this language. Null if unknown.',
  })
  pageLanguage: string | null;

  @ListOf(() => OpinionAnswer, {
    description:
      'Opinions on this revision. The first one is of the moderator who asked for a second opinion.',
  })
  opinions: OpinionAnswer[];

  @Instant() waitingSince: string;
  @Nested(() => LastDecision, { nullable: true }) lastDecision: LastDecision | null;
}

export class QueuePage {
  @ListOf(() => QueueItem) items: QueueItem[];
  @Text({ nullable: true }) next: string | null;
}

export class QueueCount {
  @Int({ min: 0, description: 'Counting stops at 10,000.' }) count: number;
  @Instant({ nullable: true, description: 'When the oldest began to wait.' }) oldest: string | null;
}

export class QueueCounts implements Record<QueueState, QueueCount> {
  @Nested(() => QueueCount) held: QueueCount;
  @Nested(() => QueueCount) flagged: QueueCount;
  @Nested(() => QueueCount) appealed: QueueCount;
  @Nested(() => QueueCount) escalated: QueueCount;
  @Nested(() => QueueCount, { description: 'Decided in the last 24 hours.' }) published: QueueCount;
  @Nested(() => QueueCount, { description: 'Decided in the last 24 hours.' }) rejected: QueueCount;
}

export class QueueCountsAnswer {
  @Nested(() => QueueCounts) counts: QueueCounts;
}
