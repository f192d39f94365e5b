import { Answer, Id, ListOf, Nested, OneOf, PageQuery, Text } from '../../platform/http/fields.js';
import { GateAnswer, TierNameAnswer } from '../entitlements/gate.dto.js';
import { READER_ROLES } from '../readers/signed-in-reader.js';
import { TopicDto } from '../stories/stories.dto.js';
import { MAX_BODY_BYTES } from './body.js';
import { COMMENT_STATUSES, type CommentStatus } from './comment-status.js';
import { SORTS, type Sort } from './thread.view.js';

const bodyDescription =
  'Plain text with a little Markdown: links, quotes, emphasis, lists. HTML is shown as text.';

export class SubmitBody {
  @Text({ max: MAX_BODY_BYTES, description: bodyDescription, example: 'I call BS — observe the dates.' })
  body: string;

  @Id({
    optional: true,
    nullable: true,
    description: 'The comment to reply to. It must be published and belong to the same story.',
  })
  parentId?: string | null;
}

export class EditBody {
  @Text({ max: MAX_BODY_BYTES, description: bodyDescription })
  body: string;
}

/** Describes the page, so that its story can be created on first use. */
export class StoryHintQuery {
  @Text({
    optional: true,
    min: 0,
    max: 4096,
    description: "The page's URL. It must belong to one of the site's origins.",
  })
  url?: string;

  @Text({
    optional: true,
    min: 0,
    max: 4096,
    description:
      "The page's title, shown to the publisher only. Readers see the title that the page metadata or the publisher provides.",
  })
  title?: string;
}

export class ThreadPageQuery extends PageQuery {
  @OneOf(SORTS, { optional: true, name: 'Sort', description: 'Sort order; `newest` by default.' })
  sort?: Sort;

  @Text({
    optional: true,
    min: 0,
    max: 4096,
    description: "The page's URL, used to create the story if it is unknown.",
  })
  url?: string;

  @Text({
    optional: true,
    min: 0,
    max: 4096,
    description:
      "The page's title, shown to the publisher only. Readers see the title that the page metadata or the publisher provides.",
  })
  title?: string;
}

export class AuthorDto {
  @Id({ description: "Postbag's id of the reader, not the token's `sub`." }) id: string;
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
    { optional: true, description: "True if the reader ignores the comment's author; otherwise absent." },
  )
  ignored?: boolean;
}

export class AppealSummary {
  @OneOf(['open', 'upheld', 'overturned'], {
    description: '`upheld`: the decision remains in effect; `overturned`: the comment was restored.',
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
    description:
      'Null, like `body` and `html`, for a removed or deleted comment that is listed only because it has visible replies.',
  })
  author: AuthorDto | null;
  @Answer({ type: ['string', 'null'] }, { description: 'The text as written.' }) body: string | null;
  @Answer({ type: ['string', 'null'] }, { description: 'The text rendered and sanitised by the server.' })
  html: string | null;
  @OneOf([...COMMENT_STATUSES]) status: CommentStatus;
  @Answer({ type: 'integer', minimum: 1 }) revision: number;
  @Answer({ type: 'string', format: 'date-time' }) createdAt: string;
  @Answer({ type: ['string', 'null'], format: 'date-time' }) publishedAt: string | null;
  @Answer({ type: ['string', 'null'], format: 'date-time' }) editedAt: string | null;
  @Answer({ type: 'integer', minimum: 0 }, { description: 'Number of visible replies at any depth.' })
  replyCount: number;
  @Answer(
    { type: 'object', additionalProperties: { type: 'integer' } },
    { description: 'Number of reactions of each kind.' },
  )
  reactions: Record<string, number>;
  @Answer({ type: 'boolean' }, { description: "True if the comment is an editors' pick." }) picked: boolean;
  @Answer({ type: 'boolean' }, { description: 'True if the comment is pinned to the top of its story.' })
  pinned: boolean;
  @Nested(() => ViewerDto, {
    optional: true,
    description: "Only present if the request has a reader's token.",
  })
  viewer?: ViewerDto;
  @Answer(
    { type: ['string', 'null'] },
    {
      optional: true,
      description:
        'Only for the author, while the comment is held or after it was rejected or removed: the reason and what the author can do, in the language of the page on which the comment was written.',
    },
  )
  reason?: string | null;
  @Nested(() => AppealSummary, {
    optional: true,
    description: 'Only for the author: the state of their appeal.',
  })
  appeal?: AppealSummary;
}

export class CommentListDto {
  @ListOf(() => CommentDto) items: CommentDto[];
  @Answer({ type: ['string', 'null'] }) next: string | null;
}

export class ThreadItemDto extends CommentDto {
  @Nested(() => CommentListDto, { description: 'The first three replies, oldest first.' })
  replies: CommentListDto;
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
  @Answer(
    { type: 'integer', minimum: 1 },
    { description: 'Maximum length of a comment, in user-perceived characters.' },
  )
  bodyChars: number;
  @Answer(
    { type: 'integer', minimum: 0 },
    { description: 'Time after posting during which authors may edit or delete their comment, in seconds.' },
  )
  editSeconds: number;
  @Answer(
    { type: 'boolean' },
    { description: 'Whether `POST …/notice` warns readers that a text will probably be held.' },
  )
  notice: boolean;
}

export class ThreadDto {
  @Nested(() => ThreadStoryDto) story: ThreadStoryDto;
  @Nested(() => GateAnswer, {
    description: 'The gate for this reader, or for signed-out readers if the request has no token.',
  })
  gate: GateAnswer;
  @Nested(() => ThreadLimitsDto) limits: ThreadLimitsDto;

  @Answer(
    { type: 'object', additionalProperties: { type: 'string' } },
    {
      optional: true,
      description: 'Badges shown beside author names in place of the tier name, by tier key.',
    },
  )
  badges?: Record<string, string>;
  @Answer(
    { type: 'array', items: { type: 'string' } },
    { description: 'The kinds of reactions available on this site, in display order.' },
  )
  reactions: string[];
  @Answer({ type: 'integer', minimum: 0 }, { description: 'Number of published comments and replies.' })
  total: number;
  @Answer({ type: 'integer', minimum: 0 }, { description: "Number of editors' picks; see `GET …/picks`." })
  picks: number;
  @Nested(() => ThreadItemDto, {
    nullable: true,
    description:
      'The pinned comment, on the first page only. It also appears at its usual position in `items`.',
  })
  pinned: ThreadItemDto | null;
  @ListOf(() => ThreadItemDto) items: ThreadItemDto[];
  @Answer({ type: ['string', 'null'] }) next: string | null;
}

export class CountsDto {
  @Answer(
    { type: 'object', additionalProperties: { type: 'integer' } },
    { description: 'Number of published comments and replies, by story key.' },
  )
  counts: Record<string, number>;
}
