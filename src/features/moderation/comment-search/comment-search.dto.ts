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
import { LABELS, QUALITY_LABELS } from '../../scoring/scores.js';
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
  @Id({ optional: true, description: 'The site. May be omitted by a caller who moderates only one site.' })
  site?: string;
  @Text({
    optional: true,
    min: 0,
    max: 200,
    description: 'Words, all of which must occur in the comment. Each may be the beginning of a longer word.',
  })
  q?: string;
  @Id({ optional: true, description: 'Id of the author.' }) author?: string;
  @Text({ optional: true, max: 512, description: "The publisher's key of the story." }) story?: string;
  @OneOf(COMMENT_STATUSES, { optional: true, description: 'Current status.' }) status?: string;
  @Text({ optional: true, max: 64, description: 'Key of the rule that decided last.' }) rule?: string;
  @OneOf([...LABELS, ...QUALITY_LABELS], {
    optional: true,
    description: 'Send it with `low`, `high` or both.',
  })
  label?: string;
  @Text({ ...SCORE, description: 'Minimum score of the label.' }) low?: string;
  @Text({ ...SCORE, description: 'Maximum score of the label.' }) high?: string;
  @Instant({ optional: true, description: 'Written at or after this time.' }) from?: string;
  @Instant({ optional: true, description: 'Written before this time.' }) until?: string;
}

export class FoundComment {
  @Id() commentId: string;
  @Int({ min: 1 }) revision: number;
  @OneOf(COMMENT_STATUSES) status: string;
  @Instant() createdAt: string;
  @Nested(() => Person) author: Person;
  @Nested(() => Person, { description: 'The story. `name` is its title.' }) story: Person;
  @Text({ min: 0, max: 400, description: 'The beginning of the text.' }) excerpt: string;
  @HiddenWordsField() hidden: HiddenWords;
  @Text({ nullable: true, description: 'Text of the rule that decided last.' }) rule: string | null;
  @Answer(
    { type: 'object', additionalProperties: { type: 'number' } },
    { description: 'The three highest scores, by label.' },
  )
  scores: Record<string, number>;
}

export class FoundComments {
  @ListOf(() => FoundComment, { description: 'Newest first.' }) items: FoundComment[];
  @Text({ nullable: true }) next: string | null;
  @Bool({
    description:
      'Whether older comments were not searched yet. `next` continues with them and may find nothing.',
  })
  isPartial: boolean;
}
