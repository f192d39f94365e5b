import {
  Bool,
  Id,
  Instant,
  Int,
  ListOf,
  Nested,
  OneOf,
  PageQuery,
  Text,
  TextList,
} from '../../../platform/http/fields.js';
import { MAX_AUTHORS } from '../../stories/story-authors.repository.js';
import { Person } from '../moderation.dto.js';

export class ModerationStoriesRequest extends PageQuery {
  @Id({ optional: true, description: 'One site. If omitted, every site that the caller moderates.' })
  site?: string;
  @Text({ optional: true, max: 200, description: 'Part of the title, or the publisher’s complete key.' })
  q?: string;
  @OneOf(['open', 'closed', 'strict'], { optional: true, description: 'Only stories in this state.' })
  state?: 'open' | 'closed' | 'strict';
}

/** A story as shown in lists. */
export class ModerationStory {
  @Id() id: string;
  @Text({ description: "The publisher's id of the story." }) key: string;
  @Text({ max: 300 }) title: string;
  @Text({ max: 2048 }) url: string;
  @Text({ nullable: true }) section: string | null;
  @OneOf(['open', 'closed']) state: 'open' | 'closed';
  @Instant({ nullable: true, description: 'When it closes automatically.' }) closesAt: string | null;
  @Bool({ description: "True if `closesAt` follows from the story's age and the site's policy." })
  closesByAge: boolean;
  @Bool({
    description:
      'Whether strict mode is on: all comments are held, and only the named moderators decide, if any are named.',
  })
  strict: boolean;
  @Int({ min: 0, description: 'Published comments and replies.' }) comments: number;
  @Int({ min: 0, description: 'Held comments.' }) waiting: number;
  @Instant() createdAt: string;
}

export class ModerationStoriesPage {
  @ListOf(() => ModerationStory, { description: 'Newest first.' }) items: ModerationStory[];
  @Text({ nullable: true }) next: string | null;
}

class StoryStatistics {
  @Int({ min: 0 }) published: number;
  @Int({ min: 0 }) held: number;
  @Int({ min: 0 }) rejected: number;
  @Int({ min: 0 }) removed: number;
  @Int({ min: 0, description: 'Number of distinct authors of the latest 10,000 published comments.' })
  readers: number;
  @Int({ min: 0, description: 'How many of these were written in the last 24 hours.' }) today: number;
  @Int({ min: 0, description: 'Reactions of any kind to these.' }) reactions: number;
  @Int({ min: 0, description: 'How many of these have open flags.' }) flagged: number;
}

class StrictAnswer {
  @ListOf(() => Person, { description: 'The only moderators who may decide here; empty: all of them.' })
  moderators: Person[];
  @Text({ max: 500 }) reason: string;
  @Nested(() => Person, { nullable: true, description: 'The person who set it; null: a program.' })
  by: Person | null;
  @Instant() since: string;
  @Instant({ nullable: true, description: 'When it ends automatically.' }) until: string | null;
}

class FeaturedComment {
  @Id() id: string;
  @Text({ max: 200, min: 0 }) author: string;
  @Text({ max: 400, min: 0, description: 'The beginning of the comment.' }) excerpt: string;
  @Bool() picked: boolean;
  @Bool() pinned: boolean;
  @Int({ min: 0 }) replies: number;
  @Int({ min: 0 }) reactions: number;
  @Instant() createdAt: string;
}

export class StoryRecord {
  @Nested(() => ModerationStory) story: ModerationStory;
  @Nested(() => StrictAnswer, { nullable: true }) strict: StrictAnswer | null;
  @Nested(() => StoryStatistics) statistics: StoryStatistics;
  @ListOf(() => Person, { description: 'Moderators of the site who can be named.' }) moderators: Person[];
  @ListOf(() => FeaturedComment, {
    description: 'Pinned and picked comments, then the newest published top-level comments. At most 40.',
  })
  comments: FeaturedComment[];
}

export class OpeningRequest {
  @OneOf(['open', 'closed']) state: 'open' | 'closed';
  @Instant({
    optional: true,
    nullable: true,
    description:
      'When it closes automatically. If omitted, it does not close automatically, not even because of its age.',
  })
  closesAt?: string | null;
}

export class StrictRequest {
  @TextList({
    optional: true,
    minItems: 1,
    maxItems: 50,
    max: 36,
    description: 'Ids of the moderators who may decide here. If omitted, every moderator of the site.',
  })
  moderators?: string[];
  @Text({ max: 500, pattern: /\S/, patternMessage: 'reason must not be blank' }) reason: string;
  @Int({
    optional: true,
    nullable: true,
    min: 1,
    max: 168,
    description: 'Strict mode ends automatically after this many hours. If omitted it does not.',
  })
  hours?: number | null;
  @Instant({
    optional: true,
    nullable: true,
    description: 'When the story closes. If omitted, this does not change.',
  })
  closesAt?: string | null;
}

class NamedAuthor {
  @Text({ max: 254, description: 'Email address in lower case.' }) email: string;
  @Bool({ description: 'True if the address has unsubscribed. No email is sent to it.' }) stopped: boolean;
}

export class AuthorsAnswer {
  @ListOf(() => NamedAuthor, { maxItems: MAX_AUTHORS }) authors: NamedAuthor[];
  @Bool({ description: "The site's policy setting `authors.tell`." }) tell: boolean;
  @Instant({ nullable: true, description: 'When the last email was sent.' }) lastEmailAt: string | null;
  @Instant({ nullable: true, description: 'When the next email is due; null: there are no new comments.' })
  nextEmailAt: string | null;
}

export class AuthorsRequest {
  @TextList({
    maxItems: MAX_AUTHORS,
    max: 254,
    description: 'Email addresses. They replace the previous ones.',
  })
  emails: string[];
}
