import { Bool, Id, Instant, Int, ListOf, Nested, OneOf, Text } from '../../platform/http/fields.js';
import { COMMENT_STATUSES } from '../comments/comment-status.js';
import { OUTCOMES } from '../scoring/external/external-scorer.js';
import type { HiddenWords } from '../scoring/hidden-words.js';
import { LINK_DOUBTS } from '../scoring/phases/links.js';
import { APPEAL_STATES } from './appeals.dto.js';
import { RECORDED_ACTIONS } from './decisions.dto.js';
import { HiddenWordsField } from '../scoring/hidden-words.field.js';
import { Decider, Person } from './moderation.dto.js';
import { QueueItem, RuleAnswer } from './queue.dto.js';
import { STANDINGS } from './sanctions.dto.js';

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
  @Nested(() => Decider, { nullable: true }) moderator: Decider | null;
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
  @Nested(() => Person, { nullable: true, description: 'Null: a visitor who was not signed in.' })
  reader: Person | null;
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
  @Nested(() => Decider, { nullable: true }) moderator: Decider | null;
  @Text({ nullable: true }) reason: string | null;
  @Text({ nullable: true }) note: string | null;
  @Text({ max: 200, description: 'How the comment begins.' }) excerpt: string;
  @HiddenWordsField() hidden: HiddenWords;
  @Instant() createdAt: string;
}

/** What was done about the author. */
export class AuthorSanction {
  @Id() id: string;
  @OneOf(STANDINGS) standing: string;
  @Instant({ nullable: true }) until: string | null;
  @Text() reason: string;
  @Text({ nullable: true }) note: string | null;
  @Nested(() => Decider, { nullable: true }) moderator: Decider | null;
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

  @ListOf(() => AuthorSanction, { description: 'The latest 5, newest first.' })
  authorSanctions: AuthorSanction[];

  @ListOf(() => RevisionAnswer) revisions: RevisionAnswer[];
  @ListOf(() => DecisionAnswer) decisions: DecisionAnswer[];
  @ListOf(() => FlagAnswer) flagItems: FlagAnswer[];
  @ListOf(() => CommentEvent) events: CommentEvent[];
  @ListOf(() => AppealRecord) appeals: AppealRecord[];
}
