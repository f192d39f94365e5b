import { StoryEntity } from './story.entity.js';
import { StoryAuthorEntity } from './story-author.entity.js';
import { StoryTopicEntity } from './story-topic.entity.js';
import { TopicEntity } from './topic.entity.js';

export const STORIES_ENTITIES = [StoryEntity, StoryAuthorEntity, StoryTopicEntity, TopicEntity];
