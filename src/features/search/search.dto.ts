import { Answer, Id, Instant, Int, ListOf, Nested, PageQuery, Text } from '../../platform/http/fields.js';
import { TopicDto } from '../stories/stories.dto.js';
import { MAX_TOPIC_KEY_CHARS, MAX_TOPIC_TYPE_CHARS, TopicFactDto } from '../stories/topics.dto.js';

export class StorySearchQuery extends PageQuery {
  @Text({
    optional: true,
    min: 0,
    max: 200,
    description: 'Words; each may be the beginning of a longer one.',
  })
  q?: string;
  @Text({
    optional: true,
    max: MAX_TOPIC_TYPE_CHARS,
    description: 'With `topicKey`: stories about this topic.',
  })
  topicType?: string;
  @Text({ optional: true, max: MAX_TOPIC_KEY_CHARS, description: 'With `topicType`.' }) topicKey?: string;
}

export class TopicSearchQuery extends PageQuery {
  @Text({ optional: true, min: 0, max: 200, description: 'The beginning of a code, or words of the name.' })
  q?: string;
  @Text({ optional: true, max: MAX_TOPIC_TYPE_CHARS, description: 'Topics of one type, such as `company`.' })
  type?: string;
}

export class FoundStory {
  @Id() id: string;
  @Text() key: string;
  @Text() title: string;
  @Answer({ type: 'string', format: 'uri' }) url: string;
  @Text({ nullable: true }) section: string | null;
  @Instant({ nullable: true }) publishedAt: string | null;
  @ListOf(() => TopicDto) topics: TopicDto[];
  @Int({ min: 0, description: 'Published comments and replies.' }) total: number;
}

export class FoundStories {
  @ListOf(() => FoundStory, { description: 'The newest first.' }) items: FoundStory[];
  @Answer({ type: ['string', 'null'] }, { description: 'Cursor of the next page.' }) next: string | null;
}

export class FoundTopic extends TopicDto {
  @Int({ min: 0, description: 'Stories about it.' }) stories: number;
}

export class FoundTopics {
  @ListOf(() => FoundTopic, { description: 'By name.' }) items: FoundTopic[];
  @Answer({ type: ['string', 'null'] }, { description: 'Cursor of the next page.' }) next: string | null;
}

class LatestAuthor {
  @Id() id: string;
  @Text() name: string;
}

class LatestStory {
  @Id() id: string;
  @Text() key: string;
  @Text() title: string;
  @Answer({ type: 'string', format: 'uri' }) url: string;
}

class LatestComment {
  @Id() id: string;
  @Nested(() => LatestAuthor) author: LatestAuthor;
  @Text({ min: 0, description: 'How the text begins: up to 160 characters of its words, without Markdown.' })
  excerpt: string;
  @Instant() publishedAt: string;
  @Nested(() => LatestStory) story: LatestStory;
}

export class TopicAnswer extends TopicDto {
  @Answer(
    { type: ['string', 'null'], format: 'uri' },
    { description: 'Where the publisher writes about it.' },
  )
  url: string | null;
  @ListOf(() => TopicFactDto, { description: 'What the publisher tells of it, in its order.' })
  facts: TopicFactDto[];
  @Int({ min: 0 }) storyCount: number;
  @ListOf(() => FoundStory, { description: 'The latest five.' }) stories: FoundStory[];
  @ListOf(() => LatestComment, {
    description: 'The latest five on its stories, of those that the reader may read.',
  })
  comments: LatestComment[];
}
