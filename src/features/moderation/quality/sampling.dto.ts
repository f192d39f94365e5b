import { Bool, Id, Instant, Int, ListOf, Nested, OneOf, Text, Url } from '../../../platform/http/fields.js';
import { COMMENT_STATUSES, type CommentStatus } from '../../comments/comment-status.js';
import { REVIEW_ANSWERS, type SampleReviewAnswer as Answer } from './samples.service.js';
import type { HiddenWords } from '../../scoring/hidden-words.js';
import { HiddenWordsField } from '../../scoring/hidden-words.field.js';

export class SamplingSettings {
  @Int({ min: 0, max: 500, description: 'Number of automatically published comments to sample per week.' })
  published: number;
  @Int({ min: 0, max: 500, description: 'Number of automatically rejected comments to sample per week.' })
  rejected: number;
  @Int({ min: 0, max: 100, description: 'Percentage of the samples that two people review.' })
  twicePercent: number;
}

export class SampleDrawAnswer {
  @Id() id: string;
  @Instant({ description: 'Start of the period of the sampled decisions, inclusive.' }) since: string;
  @Instant({ description: 'End of the period, exclusive.' }) until: string;
  @Bool({ description: 'True for the weekly draw, false for a draw that somebody requested.' })
  isWeekly: boolean;
  @Int({
    min: 0,
    nullable: true,
    description: 'Number of automatically published comments in the period; null: not drawn yet.',
  })
  publishedOf: number | null;
  @Int({ min: 0, nullable: true, description: 'How many of them were drawn.' }) published: number | null;
  @Int({ min: 0, nullable: true, description: 'Number of automatically rejected comments in the period.' })
  rejectedOf: number | null;
  @Int({ min: 0, nullable: true, description: 'How many of them were drawn.' }) rejected: number | null;
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

/** A text to review, without the decision about it. */
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
  @Int({ min: 0, description: 'Total number of samples waiting for the caller.' }) waiting: number;
}

export class SampleReviewRequest {
  @OneOf(REVIEW_ANSWERS, { description: "The reviewer's opinion on what should happen to the text." })
  answer: Answer;
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
  @Nested(() => MachineDecision, { description: 'The automatic decision, shown after the review.' })
  machine: MachineDecision;
  @Id() commentId: string;
  @Int({ min: 1, description: 'The revision that was reviewed.' }) revision: number;
  @Int({ min: 1 }) currentRevision: number;
  @OneOf(COMMENT_STATUSES, { description: 'Current status of the comment. The review does not change it.' })
  status: CommentStatus;
}
