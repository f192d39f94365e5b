import { Answer, Id, Instant, Int, ListOf, Nested, OneOf, Text } from '../../platform/http/fields.js';
import { COMMENT_STATUSES } from '../comments/comment-status.js';
import type { HiddenWords } from '../scoring/hidden-words.js';
import { HiddenWordsField } from '../scoring/hidden-words.field.js';
import { LEANINGS, type Leaning } from './opinions.service.js';

export class SiteQuery {
  @Id({ optional: true, description: 'One site; left out: every site that the caller moderates.' })
  site?: string;
}

export class Person {
  @Id() id: string;
  @Text() name: string;
}

/** Who decided something. */
export class Decider {
  @Id({ nullable: true, description: 'Null: somebody in the product that the decision was imported from.' })
  id: string | null;
  @Text({ description: 'Of an imported decision with the product: `Jane Doe (Coral)`.' }) name: string;
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

export class ClaimQuery {
  @Text({
    optional: true,
    max: 64,
    description:
      'Where the comment is on screen, by any name of one’s own, so that one tab of several can look away. DELETE without it: all of them.',
  })
  tab?: string;
}

export class ClaimsAnswer {
  @ListOf(() => Person) claimants: Person[];
}

export class OpinionRequest {
  @Int({ min: 1, description: 'The text that was read.' }) revision: number;
  @OneOf(LEANINGS) leaning: Leaning;
  @Text({ optional: true, max: 2000, description: 'For moderators only.' }) note?: string;
}

export class ConversationCommentAnswer {
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
  @ListOf(() => ConversationCommentAnswer, {
    description: 'Above it, itself, and what answers any of these; oldest first.',
  })
  items: ConversationCommentAnswer[];
}
