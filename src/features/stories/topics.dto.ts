import { ListOf, Text, Url } from '../../platform/http/fields.js';

export const MAX_TOPIC_TYPE_CHARS = 32;
export const MAX_TOPIC_KEY_CHARS = 120;

export class TopicFactDto {
  @Text({ max: 60, example: 'Last price' }) label: string;
  @Text({ max: 120, example: '182.40 (−6.1%)' }) value: string;
}

export class TopicDetailsBody {
  @Text({ max: 200, example: 'Acme Corporation' }) name: string;
  @Url({ optional: true, nullable: true, description: "URL of the publisher's page about the topic." })
  url?: string | null;
  @ListOf(() => TopicFactDto, {
    optional: true,
    maxItems: 12,
    description: 'Facts about the topic shown to readers, in this order.',
  })
  facts?: TopicFactDto[];
}

export class TopicDetailsAnswer {
  @Text({ example: 'company' }) type: string;
  @Text({ example: 'ACME' }) key: string;
  @Text() name: string;
  @Url({ nullable: true }) url: string | null;
  @ListOf(() => TopicFactDto) facts: TopicFactDto[];
}
