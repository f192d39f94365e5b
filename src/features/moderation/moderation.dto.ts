import { ApiExtraModels } from '@nestjs/swagger';
import {
  Answer,
  Bool,
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
import { COMMENT_STATUSES } from '../comments/comment-status.js';
import { CommentDto } from '../comments/comments.dto.js';
import { TierNameAnswer } from '../entitlements/gate.dto.js';
import { READER_ROLES } from '../readers/signed-in-reader.js';
import { OUTCOMES } from '../scoring/external/external-scorer.js';
import { LINK_DOUBTS } from '../scoring/phases/links.js';
import { MODERATOR_ACTIONS, type ModeratorAction } from './moderator-actions.js';
import { LEANINGS, type Leaning } from './opinions.service.js';
import type { QueueState } from './queue-states.js';
import type { HiddenWords } from '../scoring/hidden-words.js';
import { HiddenWordsField } from './hidden-words.field.js';

export const STANDINGS = ['warned', 'suspended', 'banned', 'pre-moderated', 'trusted', 'normal'] as const;
export type WantedStanding = (typeof STANDINGS)[number];
const RECORDED_ACTIONS = ['publish', 'hold', ...MODERATOR_ACTIONS, 'undo'] as const;
const APPEAL_STATES = ['open', 'upheld', 'overturned'] as const;

const mapOf = (name: string): Record<string, unknown> => ({
  type: 'object',
  additionalProperties: { $ref: `#/components/schemas/${name}` },
});

export class SiteQuery {
  @Id({ optional: true, description: 'One site; left out: every site that the caller moderates.' })
  site?: string;
}

export class DecisionRequest {
  @Id() commentId: string;
  @Int({ min: 1, description: 'The text that was read.' }) revision: number;
  @OneOf(MODERATOR_ACTIONS) action: ModeratorAction;
  @Text({ optional: true, max: 64, description: "A code of the site's reasons; the author reads its text." })
  reason?: string;

  @Text({ optional: true, max: 2000, description: 'For moderators only.' }) note?: string;
}

export class DecisionsRequest {
  @ListOf(() => DecisionRequest, { minItems: 1, maxItems: 100 }) decisions: DecisionRequest[];
}

export class Decided {
  @Id() commentId: string;
  @OneOf(COMMENT_STATUSES) status: string;
  @Id() decisionId: string;
}

export class Undecided {
  @Id() commentId: string;
  @Answer({ $ref: '#/components/schemas/Problem' }) error: Record<string, unknown>;
}

export type DecisionResult = Decided | Undecided;

@ApiExtraModels(Decided, Undecided)
export class DecisionsAnswer {
  @Answer(
    {
      type: 'array',
      items: { oneOf: [Decided, Undecided].map(({ name }) => ({ $ref: `#/components/schemas/${name}` })) },
    },
    { description: 'In the order of the request.' },
  )
  results: DecisionResult[];
}

export class UndoAnswer {
  @Id() commentId: string;
  @OneOf(COMMENT_STATUSES) status: string;
  @Id({ description: 'The reversing decision.' }) decisionId: string;
}

export class Person {
  @Id() id: string;
  @Text() name: string;
}

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

/** Without author and body where its author deleted it. */
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
  @Int({ description: 'Comments that somebody flagged.' }) flagged: number;
}

export class QueueAuthor {
  @Id() id: string;
  @Text() name: string;
  @Nested(() => TierNameAnswer, { nullable: true }) tier: TierNameAnswer | null;
  @OneOf(READER_ROLES) role: string;
  @OneOf(STANDINGS) standing: string;
  @Instant({ nullable: true }) standingUntil: string | null;
  @Instant({ description: 'When the author was first seen here.' }) since: string;
  @Nested(() => AuthorHistory, { description: 'Over the latest 200 comments.' }) history: AuthorHistory;
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
  @Text({ description: 'For moderators.' }) text: string;
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
  @Nested(() => Person, { nullable: true }) moderator: Person | null;
  @Text({ nullable: true }) reason: string | null;
  @Instant() createdAt: string;
  @Instant({ nullable: true, description: 'Until when the caller may take it back.' })
  undoableUntil: string | null;
}

/** What a moderator who was not sure, or was asked, leans to. */
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
  @Answer(mapOf('ScoreAnswer'), { description: 'By label.' }) scores: Record<string, ScoreAnswer>;

  @Answer(mapOf('ThresholdAnswer'), { description: 'By label, of the policy that counts now.' })
  thresholds: Record<string, ThresholdAnswer>;

  @Nested(() => RuleAnswer, { nullable: true, description: 'The latest rule that decided.' })
  rule: RuleAnswer | null;

  @Nested(() => OpenFlags) flags: OpenFlags;
  @Nested(() => OpenAppeal, { nullable: true }) appeal: OpenAppeal | null;
  @ListOf(() => Person, { description: 'The first has it in hand: nobody else decides meanwhile.' })
  lookingAt: Person[];

  @Text({ nullable: true, max: 3, description: 'Of the text, as it was scored: ISO 639-1, or `und`.' })
  language: string | null;

  @Text({
    nullable: true,
    max: 2,
    description:
      'Of the page it was written on, ISO 639-1: its author reads a reason in it. Null: nobody said.',
  })
  pageLanguage: string | null;

  @ListOf(() => OpinionAnswer, { description: 'Of this text; the first asked for another.' })
  opinions: OpinionAnswer[];

  @Instant() waitingSince: string;
  @Nested(() => LastDecision, { nullable: true }) lastDecision: LastDecision | null;
}

export class QueuePage {
  @ListOf(() => QueueItem) items: QueueItem[];
  @Text({ nullable: true }) next: string | null;
}

export class RevisionAnswer {
  @Int({ min: 1 }) number: number;
  @Text() body: string;
  @HiddenWordsField() hidden: HiddenWords;
  @Instant() createdAt: string;
}

export class DecisionAnswer {
  @Id() id: string;
  @OneOf(RECORDED_ACTIONS) action: string;
  @OneOf(['rule', 'moderator']) by: string;
  @Nested(() => RuleAnswer, { nullable: true }) rule: RuleAnswer | null;
  @Nested(() => Person, { nullable: true }) moderator: Person | null;
  @Text({ nullable: true }) reason: string | null;
  @Text({ nullable: true, max: 500, description: 'What its author was told, as it was said then.' })
  reasonText: string | null;
  @Text({ nullable: true }) note: string | null;
  @OneOf(COMMENT_STATUSES) from: string;
  @OneOf(COMMENT_STATUSES) to: string;
  @Int({ min: 1 }) revision: number;
  @Id({ nullable: true, description: 'The decision that this one takes back.' }) reverses: string | null;
  @Instant() createdAt: string;
}

export class FlagAnswer {
  @Id() id: string;
  @Text() reason: string;
  @Text({ nullable: true }) detail: string | null;
  @Bool({ description: 'Not answered by a decision yet.' }) open: boolean;
  @Instant() createdAt: string;
  @Nested(() => Person) reader: Person;
}

export class CommentEvent {
  @Id() id: string;
  @Text() type: string;
  @Instant() timestamp: string;
  @Int({ min: 1 }) sequence: number;
}

export class AppealRecord {
  @Id() id: string;
  @Int({ min: 1 }) revision: number;
  @Text() text: string;
  @OneOf(APPEAL_STATES) state: string;
  @Instant() createdAt: string;
  @Instant({ nullable: true }) decidedAt: string | null;
}

export class ExternalAnswer {
  @Text({ description: 'Its key: its scores are those whose label begins with it and a colon.' })
  scorer: string;
  @Text() name: string;
  @OneOf(OUTCOMES, { description: 'Anything but `scored`: it gave nothing.' }) outcome: string;
  @Int({ min: 0 }) durationMs: number;
  @Instant() answeredAt: string;
}

/** A decision by a person about another comment of the same author. */
export class AuthorDecision {
  @Id() id: string;
  @Id() commentId: string;
  @OneOf(RECORDED_ACTIONS) action: string;
  @Nested(() => Person, { nullable: true }) moderator: Person | null;
  @Text({ nullable: true }) reason: string | null;
  @Text({ nullable: true }) note: string | null;
  @Text({ max: 200, description: 'How the comment begins.' }) excerpt: string;
  @HiddenWordsField() hidden: HiddenWords;
  @Instant() createdAt: string;
}

/** What was done about the author. */
export class AuthorMeasure {
  @Id() id: string;
  @OneOf(STANDINGS) standing: string;
  @Instant({ nullable: true }) until: string | null;
  @Text() reason: string;
  @Text({ nullable: true }) note: string | null;
  @Nested(() => Person, { nullable: true }) moderator: Person | null;
  @Instant() createdAt: string;
}

export class DoubtfulHostAnswer {
  @Text({ max: 300, description: 'As addresses have it: ASCII, without `www.`.' }) host: string;
  @Text({ max: 300, description: 'As people read it.' }) shown: string;
  @OneOf(LINK_DOUBTS) doubt: (typeof LINK_DOUBTS)[number];
  @Text({ nullable: true, max: 300, description: 'With `look-alike`: the name that it looks like.' })
  like: string | null;
}

export class CommentDetail extends QueueItem {
  @ListOf(() => DoubtfulHostAnswer, {
    description:
      'Hosts in the text of now, linked or only written, that are not what they seem or hide where they lead; 20 at most.',
  })
  doubtfulHosts: DoubtfulHostAnswer[];

  @ListOf(() => ExternalAnswer, { description: 'What external scorers said to the text of now.' })
  externalAnswers: ExternalAnswer[];

  @ListOf(() => AuthorDecision, { description: 'The latest 5, newest first.' })
  authorDecisions: AuthorDecision[];

  @ListOf(() => AuthorMeasure, { description: 'The latest 5, newest first.' })
  authorMeasures: AuthorMeasure[];

  @ListOf(() => RevisionAnswer) revisions: RevisionAnswer[];
  @ListOf(() => DecisionAnswer) decisions: DecisionAnswer[];
  @ListOf(() => FlagAnswer) flagItems: FlagAnswer[];
  @ListOf(() => CommentEvent) events: CommentEvent[];
  @ListOf(() => AppealRecord) appeals: AppealRecord[];
}

export class QueueCount {
  @Int({ min: 0, description: 'Counting ends at 10,000.' }) count: number;
  @Instant({ nullable: true, description: 'Since when the oldest waits.' }) oldest: string | null;
}

export class QueueCounts implements Record<QueueState, QueueCount> {
  @Nested(() => QueueCount) held: QueueCount;
  @Nested(() => QueueCount) flagged: QueueCount;
  @Nested(() => QueueCount) appealed: QueueCount;
  @Nested(() => QueueCount) escalated: QueueCount;
  @Nested(() => QueueCount, { description: 'Of the last 24 hours.' }) published: QueueCount;
  @Nested(() => QueueCount, { description: 'Of the last 24 hours.' }) rejected: QueueCount;
}

export class QueueCountsAnswer {
  @Nested(() => QueueCounts) counts: QueueCounts;
}

export class ReasonItem {
  @Text() code: string;
  @Text() label: string;
  @Text({ max: 500, description: 'What the author reads, unless `texts` has their language.' }) text: string;

  @Answer(
    { type: 'object', additionalProperties: { type: 'string' } },
    { description: 'What authors read by the language of their page (ISO 639-1), built-in texts among it.' },
  )
  texts: Record<string, string>;
}

export class ReasonsAnswer {
  @ListOf(() => ReasonItem) items: ReasonItem[];
  @ListOf(() => ReasonItem, { description: 'The reasons of a site that has written none.' })
  builtIn: ReasonItem[];
}

export class LookingAnswer {
  @ListOf(() => Person) lookingAt: Person[];
}

export class StandingRequest {
  @OneOf(STANDINGS) standing: WantedStanding;
  @Instant({ optional: true, nullable: true, description: 'Left out: without an end.' }) until?:
    string | null;
  @Text({ max: 500 }) reason: string;
  @Text({ optional: true, max: 2000, description: 'For moderators only.' }) note?: string;
}

export class StandingAnswer {
  @Id() id: string;
  @Text() name: string;
  @OneOf(STANDINGS) standing: string;
  @Instant({ nullable: true }) until: string | null;
  @Text({ nullable: true }) reason: string | null;
}

export class AppealRequest {
  @Text({
    max: 5000,
    pattern: /\S/,
    patternMessage: 'text must not be blank',
    description: 'Why it should be read again.',
  })
  text: string;
}

export class AppealAnswer {
  @Id() id: string;
  @Id() commentId: string;
  @OneOf(APPEAL_STATES) state: string;
  @Instant() createdAt: string;
}

export class OpinionRequest {
  @Int({ min: 1, description: 'The text that was read.' }) revision: number;
  @OneOf(LEANINGS) leaning: Leaning;
  @Text({ optional: true, max: 2000, description: 'For moderators only.' }) note?: string;
}

export class TurnAnswer {
  @Id() id: string;
  @Id({ nullable: true }) parentId: string | null;
  @Int({ min: 0, description: '0: at the top.' }) depth: number;
  @Nested(() => Person, { nullable: true }) author: Person | null;
  @Nested(() => Person, { nullable: true, description: 'Who of the staff wrote it, as the publication.' })
  writtenBy: Person | null;
  @Text({ nullable: true, description: 'null: its author deleted it.' }) body: string | null;
  @HiddenWordsField() hidden: HiddenWords;
  @OneOf(COMMENT_STATUSES) status: string;
  @Instant() createdAt: string;
}

export class ConversationAnswer {
  @ListOf(() => TurnAnswer, { description: 'Above it, itself, and what answers any of these; oldest first.' })
  items: TurnAnswer[];
}
