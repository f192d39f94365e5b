import { Bool, Id, Instant, ListOf, Text } from '../../platform/http/fields.js';
import { TopicDto } from '../stories/stories.dto.js';
import { MAX_TOPIC_KEY_CHARS, MAX_TOPIC_TYPE_CHARS } from '../stories/topics.dto.js';

export const MAX_PORTFOLIOS = 20;
export const MAX_TOPICS = 100;

class TopicRef {
  @Text({ max: MAX_TOPIC_TYPE_CHARS, example: 'company' }) type: string;
  @Text({ max: MAX_TOPIC_KEY_CHARS, example: 'ACME' }) key: string;
}

const nameOptions = { max: 80, pattern: /\S/, patternMessage: '$property must not be blank' };

export class NewPortfolio {
  @Text(nameOptions) name: string;
  @Bool({
    optional: true,
    description:
      'Whether this is the alert portfolio: the reader is notified of new stories and comments on its topics. A reader can have only one.',
  })
  alerts?: boolean;
  @ListOf(() => TopicRef, { optional: true, maxItems: MAX_TOPICS }) topics?: TopicRef[];
}

export class PortfolioChange {
  @Text(nameOptions) name: string;
}

export class PortfolioAnswer {
  @Id() id: string;
  @Text() name: string;
  @Bool({ description: 'Whether this is the alert portfolio.' }) alerts: boolean;
  @ListOf(() => TopicDto, { description: 'In the order in which they were added.' }) topics: TopicDto[];
  @Instant() createdAt: string;
}

export class PortfolioList {
  @ListOf(() => PortfolioAnswer, { description: 'All of the reader’s portfolios, oldest first; at most 20.' })
  items: PortfolioAnswer[];
  @Text({ nullable: true, description: 'Always null, because there is only one page.' }) next: string | null;
}
