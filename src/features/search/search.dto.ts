import { Answer, Id, Instant, Int, ListOf, Nested, PageQuery, Text } from '../../platform/http/fields.js';
import { TopicDto } from '../stories/stories.dto.js';
import { MAX_TOPIC_KEY_CHARS, MAX_TOPIC_TYPE_CHARS, TopicFactDto } from '../stories/topics.dto.js';

export class StorySearchQuery extends PageQuery {
  @Text({
    optional: true,
    min: 0,
    max: 200,
    description: 'Search words; each also matches as a prefix.',
  })
  q?: string;
  @Text({
    optional: true,
    max: MAX_TOPIC_TYPE_CHARS,
    description: 'Together with `topicKey`: only stories about this topic.',
  })
  topicType?: string;
  @Text({ optional: true, max: MAX_TOPIC_KEY_CHARS, description: 'Together with `topicType`.' })
  topicKey?: string;
}

export class TopicSearchQuery extends PageQuery {
  @Text({
    optional: true,
    min: 0,
    max: 200,
    description: 'The beginning of a topic key, or words of its name.',
  })
  q?: string;
  @Text({
    optional: true,
    max: MAX_TOPIC_TYPE_CHARS,
    description: 'Only topics of this type, such as `company`.',
  })
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
  @Int({ min: 0, description: 'Number of published comments and replies.' }) total: number;
}

export class FoundStories {
  @ListOf(() => FoundStory, { description: 'Newest first.' }) items: FoundStory[];
  @Answer({ type: ['string', 'null'] }, { description: 'Cursor of the next page.' }) next: string | null;
}

export class FoundTopic extends TopicDto {
  @Int({ min: 0, description: 'Number of stories about it.' }) stories: number;
}

export class FoundTopics {
  @ListOf(() => FoundTopic, { description: 'Sorted by name.' }) items: FoundTopic[];
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
  @Text({ min: 0, description: 'The beginning of the text, up to 160 characters, without Markdown.' })
  excerpt: string;
  @Instant() publishedAt: string;
  @Nested(() => LatestStory) story: LatestStory;
}

export class TopicAnswer extends TopicDto {
  @Answer(
    { type: ['string', 'null'], format: 'uri' },
    { description: 'The publisher’s page about the topic.' },
  )
  url: string | null;
  @ListOf(() => TopicFactDto, {
    description: 'The publisher’s facts about the topic, in the publisher’s order.',
  })
  facts: TopicFactDto[];
  @Int({ min: 0 }) storyCount: number;
  @ListOf(() => FoundStory, { description: 'The five latest stories.' }) stories: FoundStory[];
  @ListOf(() => LatestComment, {
    description: 'The five latest comments on its stories that the reader may read.',
  })
  comments: LatestComment[];
}
