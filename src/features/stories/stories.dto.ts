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
  @Url({ description: "URL of the story's page." }) url: string;
  @Text({ max: 300, pattern: /\S/, patternMessage: '$property must not be blank' }) title: string;
  @Text({ optional: true, nullable: true, max: 120 }) section?: string | null;
  @Instant({ optional: true, nullable: true }) publishedAt?: string | null;
  @ListOf(() => TopicDto, { optional: true, maxItems: 50 }) topics?: TopicDto[];

  @OneOf(['open', 'closed'], {
    optional: true,
    description: 'If omitted, the state does not change; a new story is open.',
  })
  state?: StoryState;

  @Nested(() => StoryPolicyPatch, {
    optional: true,
    nullable: true,
    description: "Policy settings of this story that override the site's.",
  })
  policy?: StoryPolicyPatch | null;

  @TextList({
    optional: true,
    nullable: true,
    maxItems: MAX_AUTHORS,
    max: 254,
    description:
      "Email addresses of the story's authors, who are notified of new comments. If omitted, they do not change. `null` or an empty list removes them.",
    example: ['author@paper.example'],
  })
  authorEmails?: string[] | null;
}

export class StoryAnswer extends StoryDto {
  @OneOf(['path', 'page', 'publisher'], {
    description:
      'Where the title comes from: the publisher, the page itself, or (until one of them has given a title) the path of the URL.',
  })
  titleSource: 'path' | 'page' | 'publisher';

  @Text({ nullable: true, description: "Unconfirmed title from a visitor's request. Not shown to readers." })
  titleHint: string | null;

  @Text({ nullable: true }) override section: string | null;
  @Instant({ nullable: true }) override publishedAt: string | null;
  @ListOf(() => TopicDto) override topics: TopicDto[];
  @OneOf(['open', 'closed']) override state: StoryState;

  @Nested(() => StoryPolicyPatch, {
    nullable: true,
    description: "Policy settings of this story that override the site's.",
  })
  override policy: StoryPolicyPatch | null;

  @TextList({
    maxItems: MAX_AUTHORS,
    max: 254,
    description:
      "Email addresses of the story's authors, in lower case, including authors who have unsubscribed.",
  })
  override authorEmails: string[];

  @Id() id: string;
  @Text({ description: "The publisher's id of the story." }) key: string;
  @Int({ min: 0, description: 'Number of published comments, including replies.' }) commentCount: number;
  @Instant() createdAt: string;
  @Instant() updatedAt: string;
}

export class StoryPage {
  @ListOf(() => StoryAnswer) items: StoryAnswer[];
  @Text({ nullable: true, description: 'Cursor of the next page; null on the last page.' }) next:
    string | null;
}
