import {
  Answer,
  Bool,
  Id,
  Instant,
  Int,
  ListOf,
  Nested,
  OneOf,
  PageQuery,
  Text,
} from '../../../platform/http/fields.js';
import { COMMENT_STATUSES } from '../../comments/comment-status.js';
import { LABELS } from '../../scoring/scores.js';
import { Person } from '../moderation.dto.js';
import type { HiddenWords } from '../../scoring/hidden-words.js';
import { HiddenWordsField } from '../../scoring/hidden-words.field.js';

const SCORE = {
  optional: true,
  max: 8,
  pattern: /^(0(\.\d{1,4})?|1(\.0{1,4})?)$/,
  patternMessage: '$property must be a number from 0 to 1',
} as const;

export class CommentSearchQuery extends PageQuery {
  @Id({ optional: true, description: 'The site; may be left out by who moderates one alone.' }) site?: string;
  @Text({
    optional: true,
    min: 0,
    max: 200,
    description: 'All of these words; each may be the beginning of a longer one.',
  })
  q?: string;
  @Id({ optional: true, description: 'The id of its author.' }) author?: string;
  @Text({ optional: true, max: 512, description: "The publisher's key of its story." }) story?: string;
  @OneOf(COMMENT_STATUSES, { optional: true, description: 'Its state now.' }) status?: string;
  @Text({ optional: true, max: 64, description: 'The key of the latest rule that decided.' }) rule?: string;
  @OneOf(LABELS, { optional: true, description: 'With `low`, `high` or both.' }) label?: string;
  @Text({ ...SCORE, description: 'The least score of the label.' }) low?: string;
  @Text({ ...SCORE, description: 'The greatest score of the label.' }) high?: string;
  @Instant({ optional: true, description: 'Written since, inclusive.' }) from?: string;
  @Instant({ optional: true, description: 'Written before.' }) until?: string;
}

export class FoundComment {
  @Id() commentId: string;
  @Int({ min: 1 }) revision: number;
  @OneOf(COMMENT_STATUSES) status: string;
  @Instant() createdAt: string;
  @Nested(() => Person) author: Person;
  @Nested(() => Person, { description: 'Its title is the name.' }) story: Person;
  @Text({ min: 0, max: 400, description: 'The beginning of the text.' }) excerpt: string;
  @HiddenWordsField() hidden: HiddenWords;
  @Text({ nullable: true, description: 'In words, the latest rule that decided.' }) rule: string | null;
  @Answer(
    { type: 'object', additionalProperties: { type: 'number' } },
    { description: 'The three highest scores, by label.' },
  )
  scores: Record<string, number>;
}

export class FoundComments {
  @ListOf(() => FoundComment, { description: 'The newest first.' }) items: FoundComment[];
  @Text({ nullable: true }) next: string | null;
  @Bool({ description: 'There may be more further back, which `next` looks through; it may find none.' })
  isPartial: boolean;
}
