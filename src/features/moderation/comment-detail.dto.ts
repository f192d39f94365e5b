import { Bool, Id, Instant, Int, ListOf, Nested, Num, OneOf, Text } from '../../platform/http/fields.js';
import { COMMENT_STATUSES, type CommentStatus } from '../comments/comment-status.js';
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
  @Text({
    nullable: true,
    max: 500,
    description: 'The text that the author was shown, as it was at the time.',
  })
  reasonText: string | null;
  @Text({ nullable: true }) note: string | null;
  @OneOf(COMMENT_STATUSES) from: string;
  @OneOf(COMMENT_STATUSES) to: string;
  @Int({ min: 1 }) revision: number;
  @Id({ nullable: true, description: 'The decision that this one undoes.' }) reverses: string | null;
  @Instant() createdAt: string;
}

export class FlagAnswer {
  @Id() id: string;
  @Text() reason: string;
  @Text({ nullable: true }) detail: string | null;
  @Bool({ description: 'Whether no decision has been made on the comment since the flag.' }) open: boolean;
  @Instant() createdAt: string;
  @Nested(() => Person, { nullable: true, description: 'Null for a visitor who was not signed in.' })
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
  @Text({ description: 'Key of the scorer. Its scores have labels that begin with this key and a colon.' })
  scorer: string;
  @Text() name: string;
  @OneOf(OUTCOMES, { description: 'Any value except `scored` means that it returned no scores.' })
  outcome: string;
  @Int({ min: 0 }) durationMs: number;
  @Text({
    nullable: true,
    description:
      'The rule that the scorer cites; null if it cites none. Like `reason`, it is plain text that a model may have written.',
  })
  rule: string | null;
  @Text({ nullable: true, max: 500, description: 'Why it decided so. It may quote the comment.' })
  reason: string | null;
  @HiddenWordsField() hidden: HiddenWords;
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
  @Text({ max: 200, description: 'The beginning of the comment.' }) excerpt: string;
  @HiddenWordsField() hidden: HiddenWords;
  @Instant() createdAt: string;
}

/** A decision by a person about another comment that says something similar. */
export class SimilarDecision {
  @Id() id: string;
  @Id() commentId: string;
  @OneOf(RECORDED_ACTIONS) action: string;
  @Nested(() => Decider, { nullable: true }) moderator: Decider | null;
  @Text({ nullable: true }) reason: string | null;
  @Text({ max: 200, description: 'The beginning of the comment.' }) excerpt: string;
  @HiddenWordsField() hidden: HiddenWords;
  @Num({ description: 'How similar the comments are, up to 1.' }) similarity: number;
  @Instant() createdAt: string;
}

export class SimilarDecisionsAnswer {
  @Bool({
    description:
      'False if the sentence encoder cannot read the comment, because it is not in English or has no words.',
  })
  isSupported: boolean;
  @ListOf(() => SimilarDecision, { description: 'At most 5, most similar first.' }) items: SimilarDecision[];
}

/** A recent comment that says the same in nearly the same words. */
export class NearDuplicate {
  @Id() commentId: string;
  @Text({ description: "The author's name." }) author: string;
  @OneOf(COMMENT_STATUSES) status: CommentStatus;
  @Text({ max: 200, description: 'The beginning of the comment.' }) excerpt: string;
  @HiddenWordsField() hidden: HiddenWords;
  @Num({ description: 'How similar the meanings are, up to 1.' }) similarity: number;
  @Instant() createdAt: string;
}

export class NearDuplicatesAnswer {
  @Bool({
    description:
      'False if the sentence encoder cannot read the comment, because it is not in English or has no words.',
  })
  isSupported: boolean;
  @Int({ description: 'Up to 200.' }) count: number;
  @Int({ description: 'Different authors among them.' }) authors: number;
  @ListOf(() => NearDuplicate, { description: 'At most 5, newest first.' }) items: NearDuplicate[];
}

/** A sanction imposed on the author. */
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
  @Text({ max: 300, description: 'Host as in URLs: ASCII, without `www.`.' }) host: string;
  @Text({ max: 300, description: 'Host in readable form.' }) shown: string;
  @OneOf(LINK_DOUBTS) doubt: (typeof LINK_DOUBTS)[number];
  @Text({ nullable: true, max: 300, description: 'For `look-alike`: the host that it resembles.' })
  like: string | null;
}

export class CommentDetail extends QueueItem {
  @ListOf(() => DoubtfulHostAnswer, {
    description:
      'Hosts in the current text, linked or only mentioned, that imitate another host or hide where they lead. At most 20.',
  })
  doubtfulHosts: DoubtfulHostAnswer[];

  @ListOf(() => ExternalAnswer, { description: 'Results of external scorers for the current text.' })
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
