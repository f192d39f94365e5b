import { Id, Instant, Int, ListOf, Nested, OneOf, Text, TextList, Url } from '../../platform/http/fields.js';
import { StoryPolicyPatch } from '../sites/policy.dto.js';
import { MAX_AUTHORS } from './story-authors.repository.js';
import type { StoryState } from './story-facts.js';

export class TopicDto {
  @Text({ max: 32, example: 'ticker' }) type: string;
  @Text({ max: 120, example: 'ACME' }) key: string;
  @Text({ max: 200, example: 'Acme Corporation' }) name: string;
}

export class StoryDto {
  @Url({ description: 'Where readers find the story.' }) url: string;
  @Text({ max: 300, pattern: /\S/, patternMessage: '$property must not be blank' }) title: string;
  @Text({ optional: true, nullable: true, max: 120 }) section?: string | null;
  @Instant({ optional: true, nullable: true }) publishedAt?: string | null;
  @ListOf(() => TopicDto, { optional: true, maxItems: 50 }) topics?: TopicDto[];

  @OneOf(['open', 'closed'], {
    optional: true,
    description: 'Left out: it stays as it is; a new story is open.',
  })
  state?: StoryState;

  @Nested(() => StoryPolicyPatch, {
    optional: true,
    nullable: true,
    description: 'What this story decides otherwise than its site.',
  })
  policy?: StoryPolicyPatch | null;

  @TextList({
    optional: true,
    nullable: true,
    maxItems: MAX_AUTHORS,
    max: 254,
    description:
      'Who wrote it, and is told of its comments by e-mail. Left out: as it is; null or empty: nobody.',
    example: ['author@paper.example'],
  })
  authorEmails?: string[] | null;
}

export class StoryAnswer extends StoryDto {
  @OneOf(['path', 'page', 'publisher'], {
    description:
      'Who said the title: the publisher, or the page itself. `path`: neither yet, and the path of the address stands for it.',
  })
  titleSource: 'path' | 'page' | 'publisher';

  @Text({ nullable: true, description: 'What a visitor’s page said of itself; readers are not shown it.' })
  titleHint: string | null;

  @Text({ nullable: true }) override section: string | null;
  @Instant({ nullable: true }) override publishedAt: string | null;
  @ListOf(() => TopicDto) override topics: TopicDto[];
  @OneOf(['open', 'closed']) override state: StoryState;

  @Nested(() => StoryPolicyPatch, {
    nullable: true,
    description: 'What this story decides otherwise than its site.',
  })
  override policy: StoryPolicyPatch | null;

  @TextList({ maxItems: MAX_AUTHORS, max: 254, description: 'In lower case; who unsubscribed among them.' })
  override authorEmails: string[];

  @Id() id: string;
  @Text({ description: "The publisher's own id." }) key: string;
  @Int({ min: 0, description: 'Published comments and replies.' }) commentCount: number;
  @Instant() createdAt: string;
  @Instant() updatedAt: string;
}

export class StoryPage {
  @ListOf(() => StoryAnswer) items: StoryAnswer[];
  @Text({ nullable: true }) next: string | null;
}
