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
  @Id({ optional: true, description: 'One site; left out: every site that the caller moderates.' })
  site?: string;
  @Text({ optional: true, max: 200, description: 'Part of the title, or the publisher’s own key in full.' })
  q?: string;
  @OneOf(['open', 'closed', 'strict'], { optional: true, description: 'Only these.' }) state?:
    'open' | 'closed' | 'strict';
}

/** A story as a list has it. */
export class ModerationStory {
  @Id() id: string;
  @Text({ description: "The publisher's own id." }) key: string;
  @Text({ max: 300 }) title: string;
  @Text({ max: 2048 }) url: string;
  @Text({ nullable: true }) section: string | null;
  @OneOf(['open', 'closed']) state: 'open' | 'closed';
  @Instant({ nullable: true, description: 'When it closes by itself.' }) closesAt: string | null;
  @Bool({ description: "`closesAt` follows from its age and the site's policy." }) closesByAge: boolean;
  @Bool({ description: 'Everything waits, and only named moderators decide.' }) strict: boolean;
  @Int({ min: 0, description: 'Published comments and replies.' }) comments: number;
  @Int({ min: 0, description: 'Comments that wait for a moderator.' }) waiting: number;
  @Instant() createdAt: string;
}

export class ModerationStoriesPage {
  @ListOf(() => ModerationStory, { description: 'The newest first.' }) items: ModerationStory[];
  @Text({ nullable: true }) next: string | null;
}

class StoryStatistics {
  @Int({ min: 0 }) published: number;
  @Int({ min: 0 }) held: number;
  @Int({ min: 0 }) rejected: number;
  @Int({ min: 0 }) removed: number;
  @Int({ min: 0, description: 'Different readers of the latest 10,000 published comments.' }) readers: number;
  @Int({ min: 0, description: 'Published in the last 24 hours, of these.' }) today: number;
  @Int({ min: 0, description: 'Clicks of any kind on these.' }) reactions: number;
  @Int({ min: 0, description: 'Of these, with open flags.' }) flagged: number;
}

class StrictAnswer {
  @ListOf(() => Person, { description: 'Who decides here; nobody else does.' }) moderators: Person[];
  @Text({ max: 500 }) reason: string;
  @Nested(() => Person, { nullable: true, description: 'Who set it; null: a program.' }) by: Person | null;
  @Instant() since: string;
}

class FeaturedComment {
  @Id() id: string;
  @Text({ max: 200, min: 0 }) author: string;
  @Text({ max: 400, min: 0, description: 'How it begins.' }) excerpt: string;
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
  @ListOf(() => Person, { description: 'Who moderates the site and can be named.' }) moderators: Person[];
  @ListOf(() => FeaturedComment, {
    description:
      'What is pinned and picked, then the newest published comments that answer no other; 40 at most.',
  })
  comments: FeaturedComment[];
}

export class OpeningRequest {
  @OneOf(['open', 'closed']) state: 'open' | 'closed';
  @Instant({
    optional: true,
    nullable: true,
    description: 'When it closes by itself; left out: it does not, not even by its age.',
  })
  closesAt?: string | null;
}

export class StrictRequest {
  @TextList({ minItems: 1, maxItems: 50, max: 36, description: 'Ids of the moderators who decide here.' })
  moderators: string[];
  @Text({ max: 500, pattern: /\S/, patternMessage: 'reason must not be blank' }) reason: string;
  @Instant({ optional: true, nullable: true, description: 'When the story closes besides.' }) closesAt?:
    string | null;
}

class NamedAuthor {
  @Text({ max: 254, description: 'In lower case.' }) email: string;
  @Bool({ description: 'They unsubscribed: nothing is sent there.' }) stopped: boolean;
}

export class AuthorsAnswer {
  @ListOf(() => NamedAuthor, { maxItems: MAX_AUTHORS }) authors: NamedAuthor[];
  @Bool({ description: "What the site's policy says: `authors.tell`." }) tell: boolean;
  @Instant({ nullable: true, description: 'When the last letter was written.' }) lastEmailAt: string | null;
  @Instant({ nullable: true, description: 'When the next one is due; null: nothing is new.' })
  nextEmailAt: string | null;
}

export class AuthorsRequest {
  @TextList({ maxItems: MAX_AUTHORS, max: 254, description: 'E-mail addresses; replaces those before.' })
  emails: string[];
}
