import { Answer, Id, Instant, Int, ListOf, Nested, OneOf, Text } from '../../platform/http/fields.js';
import { COMMENT_STATUSES } from '../comments/comment-status.js';
import type { HiddenWords } from '../scoring/hidden-words.js';
import { HiddenWordsField } from '../scoring/hidden-words.field.js';
import { LEANINGS, type Leaning } from './opinions.service.js';

export class SiteQuery {
  @Id({ optional: true, description: 'One site. If omitted, every site that the caller moderates.' })
  site?: string;
}

export class Person {
  @Id() id: string;
  @Text() name: string;
}

/** The person who made a decision. */
export class Decider {
  @Id({ nullable: true, description: 'Null if the decision was imported from another product.' })
  id: string | null;
  @Text({ description: 'For an imported decision it includes the product: `Jane Doe (Coral)`.' })
  name: string;
}

export class ReasonItem {
  @Text() code: string;
  @Text() label: string;
  @Text({ max: 500, description: 'The text shown to the author, unless `texts` has one in their language.' })
  text: string;

  @Answer(
    { type: 'object', additionalProperties: { type: 'string' } },
    {
      description:
        'Texts shown to authors, by the language of their page (ISO 639-1), including the built-in texts.',
    },
  )
  texts: Record<string, string>;
}

export class ReasonsAnswer {
  @ListOf(() => ReasonItem) items: ReasonItem[];
  @ListOf(() => ReasonItem, { description: 'The built-in reasons, used by a site that has defined none.' })
  builtIn: ReasonItem[];
}

export class ClaimQuery {
  @Text({
    optional: true,
    max: 64,
    description:
      'Any name that identifies the tab in which the comment is open, so that each tab can release its own claim. If omitted in DELETE, all tabs are released.',
  })
  tab?: string;
}

export class ClaimsAnswer {
  @ListOf(() => Person) claimants: Person[];
}

export class OpinionRequest {
  @Int({ min: 1, description: 'The revision that was read.' }) revision: number;
  @OneOf(LEANINGS) leaning: Leaning;
  @Text({ optional: true, max: 2000, description: 'Visible to moderators only.' }) note?: string;
}

export class ConversationCommentAnswer {
  @Id() id: string;
  @Id({ nullable: true }) parentId: string | null;
  @Int({ min: 0, description: '0 for a top-level comment.' }) depth: number;
  @Nested(() => Person, { nullable: true }) author: Person | null;
  @Nested(() => Person, { nullable: true, description: 'The staff member who wrote it as the publication.' })
  writtenBy: Person | null;
  @Text({ nullable: true, description: 'Null if the author deleted it.' }) body: string | null;
  @HiddenWordsField() hidden: HiddenWords;
  @OneOf(COMMENT_STATUSES) status: string;
  @Instant() createdAt: string;
}

export class ConversationAnswer {
  @ListOf(() => ConversationCommentAnswer, {
    description: 'The comment, its ancestors, and the replies to any of these, oldest first.',
  })
  items: ConversationCommentAnswer[];
}
