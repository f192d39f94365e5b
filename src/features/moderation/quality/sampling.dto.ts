import { Bool, Id, Instant, Int, ListOf, Nested, OneOf, Text, Url } from '../../../platform/http/fields.js';
import { COMMENT_STATUSES, type CommentStatus } from '../../comments/comment-status.js';
import { REVIEW_ANSWERS, type SampleReviewAnswer as Answer } from './samples.service.js';
import type { HiddenWords } from '../../scoring/hidden-words.js';
import { HiddenWordsField } from '../../scoring/hidden-words.field.js';

export class SamplingSettings {
  @Int({ min: 0, max: 500, description: 'So many comments a week that were published by themselves.' })
  published: number;
  @Int({ min: 0, max: 500, description: 'So many a week that were rejected by themselves.' })
  rejected: number;
  @Int({ min: 0, max: 100, description: 'So many per cent of them are put before two people.' })
  twicePercent: number;
}

export class SampleDrawAnswer {
  @Id() id: string;
  @Instant({ description: 'What was decided since then…' }) since: string;
  @Instant({ description: '…and before then.' }) until: string;
  @Bool({ description: 'Drawn by itself; false: somebody asked for it.' }) isWeekly: boolean;
  @Int({ min: 0, nullable: true, description: 'Decisions to publish; null: not drawn yet.' })
  publishedOf: number | null;
  @Int({ min: 0, nullable: true, description: 'Of these, drawn.' }) published: number | null;
  @Int({ min: 0, nullable: true, description: 'Decisions to reject.' }) rejectedOf: number | null;
  @Int({ min: 0, nullable: true, description: 'Of these, drawn.' }) rejected: number | null;
  @Instant() createdAt: string;
  @Instant({ nullable: true }) doneAt: string | null;
}

export class SampleDrawList {
  @ListOf(() => SampleDrawAnswer, { description: 'The latest 50, newest first.' }) items: SampleDrawAnswer[];
}

export class SampleStory {
  @Text() title: string;
  @Url() url: string;
  @Text({ nullable: true }) section: string | null;
}

export class SampleAuthor {
  @Text() name: string;
}

export class SampleParent {
  @Nested(() => SampleAuthor, { nullable: true }) author: SampleAuthor | null;
  @Text({ nullable: true, max: 20_000 }) body: string | null;
  @HiddenWordsField() hidden: HiddenWords;
}

/** A text to judge, without what became of it. */
export class SampleItemAnswer {
  @Id() id: string;
  @Nested(() => SampleStory) story: SampleStory;
  @Nested(() => SampleParent, { nullable: true }) parent: SampleParent | null;
  @Nested(() => SampleAuthor) author: SampleAuthor;
  @Text({ max: 20_000 }) body: string;
  @HiddenWordsField() hidden: HiddenWords;
  @Text({ nullable: true }) language: string | null;
  @Instant() createdAt: string;
}

export class SamplePage {
  @ListOf(() => SampleItemAnswer) items: SampleItemAnswer[];
  @Text({ nullable: true }) next: string | null;
  @Int({ min: 0, description: 'All that wait for the caller.' }) waiting: number;
}

export class SampleReviewRequest {
  @OneOf(REVIEW_ANSWERS, { description: 'What should become of the text.' }) answer: Answer;
}

export class SampleRule {
  @Text() key: string;
  @Text({ max: 4096 }) text: string;
}

export class MachineDecision {
  @OneOf(['publish', 'reject']) action: string;
  @Nested(() => SampleRule) rule: SampleRule;
}

export class SampleReviewAnswer {
  @Id() sampleId: string;
  @OneOf(REVIEW_ANSWERS) answer: Answer;
  @Nested(() => MachineDecision, { description: 'What was decided, told after the answer.' })
  machine: MachineDecision;
  @Id() commentId: string;
  @Int({ min: 1, description: 'The text that was judged.' }) revision: number;
  @Int({ min: 1 }) currentRevision: number;
  @OneOf(COMMENT_STATUSES, { description: 'Where the comment is; the judgement moves nothing.' })
  status: CommentStatus;
}
