import { Answer, Id, ListOf, Nested, OneOf, PageQuery, Text } from '../../platform/http/fields.js';
import { GateAnswer, TierNameAnswer } from '../entitlements/gate.dto.js';
import { READER_ROLES } from '../readers/signed-in-reader.js';
import { TopicDto } from '../stories/stories.dto.js';
import { MAX_BODY_BYTES } from './body.js';
import { COMMENT_STATUSES, type CommentStatus } from './comment-status.js';
import { SORTS, type Sort } from './thread.view.js';

const bodyText = 'Plain text with a little Markdown: links, quotes, emphasis, lists. HTML stays text.';

export class SubmitBody {
  @Text({ max: MAX_BODY_BYTES, description: bodyText, example: 'I call BS — observe the dates.' })
  body: string;

  @Id({
    optional: true,
    nullable: true,
    description: 'The comment that is replied to; published, on the same story.',
  })
  parentId?: string | null;
}

export class EditBody {
  @Text({ max: MAX_BODY_BYTES, description: bodyText })
  body: string;
}

/** Where a page says what it is, so that its story is made on first use. */
export class StoryHintQuery {
  @Text({
    optional: true,
    min: 0,
    max: 4096,
    description: "The page's address; on one of the site's origins.",
  })
  url?: string;

  @Text({
    optional: true,
    min: 0,
    max: 4096,
    description:
      "The page's title, for its publisher: readers see the title that the page itself or the publisher gives.",
  })
  title?: string;
}

export class ThreadPageQuery extends PageQuery {
  @OneOf(SORTS, { optional: true, name: 'Sort', description: '`newest` by default.' })
  sort?: Sort;

  @Text({ optional: true, min: 0, max: 4096, description: "The page's address, to make an unknown story." })
  url?: string;

  @Text({
    optional: true,
    min: 0,
    max: 4096,
    description:
      "The page's title, for its publisher: readers see the title that the page itself or the publisher gives.",
  })
  title?: string;
}

export class AuthorDto {
  @Id({ description: "Ours, not the token's `sub`." }) id: string;
  @Text() name: string;
  @Answer({ type: ['string', 'null'], format: 'uri' }) picture: string | null;
  @Nested(() => TierNameAnswer, { nullable: true }) tier: TierNameAnswer | null;
  @OneOf(READER_ROLES) role: string;
}

export class ViewerDto {
  @Answer({ type: 'array', items: { type: 'string' } }) reactions: string[];
  @Answer({ type: 'boolean' }) flagged: boolean;
  @Answer({ type: 'boolean' }) mine: boolean;
  @Answer({ type: 'boolean' }) canEdit: boolean;
  @Answer({ type: 'boolean' }) canDelete: boolean;
  @Answer(
    { type: 'boolean' },
    { optional: true, description: 'There, and true, where the reader ignores its author.' },
  )
  ignored?: boolean;
}

export class AppealSummary {
  @OneOf(['open', 'upheld', 'overturned'], {
    description: '`upheld`: the decision stands; `overturned`: the comment was restored.',
  })
  state: string;
  @Answer({ type: 'string', format: 'date-time' }) createdAt: string;
}

export class CommentDto {
  @Id() id: string;
  @Id() storyId: string;
  @Id({ nullable: true }) parentId: string | null;
  @Nested(() => AuthorDto, {
    nullable: true,
    description: 'Null, as body and html, for a removed or deleted comment that stands over visible replies.',
  })
  author: AuthorDto | null;
  @Answer({ type: ['string', 'null'] }, { description: 'As written.' }) body: string | null;
  @Answer({ type: ['string', 'null'] }, { description: 'Made and sanitised by the server.' }) html:
    string | null;
  @OneOf([...COMMENT_STATUSES]) status: CommentStatus;
  @Answer({ type: 'integer', minimum: 1 }) revision: number;
  @Answer({ type: 'string', format: 'date-time' }) createdAt: string;
  @Answer({ type: ['string', 'null'], format: 'date-time' }) publishedAt: string | null;
  @Answer({ type: ['string', 'null'], format: 'date-time' }) editedAt: string | null;
  @Answer({ type: 'integer', minimum: 0 }, { description: 'Visible replies at any depth.' })
  replyCount: number;
  @Answer({ type: 'object', additionalProperties: { type: 'integer' } }, { description: 'Tallies by kind.' })
  reactions: Record<string, number>;
  @Answer({ type: 'boolean' }, { description: "Among the editors' picks." }) picked: boolean;
  @Answer({ type: 'boolean' }, { description: 'Stands first under its story.' }) pinned: boolean;
  @Nested(() => ViewerDto, { optional: true, description: 'With a token.' })
  viewer?: ViewerDto;
  @Answer(
    { type: ['string', 'null'] },
    {
      optional: true,
      description:
        'For its author, while it is held and after a rejection or removal: why, and what they can do, in the language of the page it was written on.',
    },
  )
  reason?: string | null;
  @Nested(() => AppealSummary, { optional: true, description: 'For its author: where their appeal stands.' })
  appeal?: AppealSummary;
}

export class CommentListDto {
  @ListOf(() => CommentDto) items: CommentDto[];
  @Answer({ type: ['string', 'null'] }) next: string | null;
}

export class ThreadItemDto extends CommentDto {
  @Nested(() => CommentListDto, { description: 'The first three, oldest first.' }) replies: CommentListDto;
}

export class ThreadStoryDto {
  @Id() id: string;
  @Text() key: string;
  @Text() title: string;
  @Answer({ type: 'string', format: 'uri' }) url: string;
  @OneOf(['open', 'closed']) state: string;
  @ListOf(() => TopicDto) topics: TopicDto[];
}

export class ThreadLimitsDto {
  @Answer({ type: 'integer', minimum: 1 }, { description: 'Of a comment, in user-perceived characters.' })
  bodyChars: number;
  @Answer(
    { type: 'integer', minimum: 0 },
    { description: 'How long after posting an author may edit or delete.' },
  )
  editSeconds: number;
  @Answer(
    { type: 'boolean' },
    { description: 'Whether `POST …/notice` tells readers that a text will probably be held.' },
  )
  notice: boolean;
}

export class ThreadDto {
  @Nested(() => ThreadStoryDto) story: ThreadStoryDto;
  @Nested(() => GateAnswer, { description: "Without a token the signed-out reader's." }) gate: GateAnswer;
  @Nested(() => ThreadLimitsDto) limits: ThreadLimitsDto;

  @Answer(
    { type: 'object', additionalProperties: { type: 'string' } },
    {
      optional: true,
      description: 'What stands beside names instead of the name of their tier, by tier key.',
    },
  )
  badges?: Record<string, string>;
  @Answer(
    { type: 'array', items: { type: 'string' } },
    { description: 'The kinds that there are here, in their order.' },
  )
  reactions: string[];
  @Answer({ type: 'integer', minimum: 0 }, { description: 'Published comments and replies.' }) total: number;
  @Answer({ type: 'integer', minimum: 0 }, { description: "Editors' picks: see `GET …/picks`." })
  picks: number;
  @Nested(() => ThreadItemDto, {
    nullable: true,
    description: 'What stands first, on the first page only; in `items` it has its place besides.',
  })
  pinned: ThreadItemDto | null;
  @ListOf(() => ThreadItemDto) items: ThreadItemDto[];
  @Answer({ type: ['string', 'null'] }) next: string | null;
}

export class CountsDto {
  @Answer({ type: 'object', additionalProperties: { type: 'integer' } }, { description: 'By story key.' })
  counts: Record<string, number>;
}
