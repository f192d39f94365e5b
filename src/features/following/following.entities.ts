import { FollowedStoryEntity } from './followed-story.entity.js';
import { PortfolioEntity } from './portfolio.entity.js';
import { PortfolioTopicEntity } from './portfolio-topic.entity.js';

export const FOLLOWING_ENTITIES = [FollowedStoryEntity, PortfolioEntity, PortfolioTopicEntity];
