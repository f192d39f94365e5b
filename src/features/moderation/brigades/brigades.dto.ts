import { Id, Instant, Int, ListOf, Nested, OneOf, Text } from '../../../platform/http/fields.js';
import type { BrigadeKind } from './brigade.entity.js';

class BrigadeStory {
  @Id() id: string;
  @Text({ description: "The publisher's id of the story." }) key: string;
  @Text({ max: 300 }) title: string;
}

class BrigadeStrictMode {
  @Instant({ nullable: true, description: 'When strict mode ends; null: not automatically.' })
  until: string | null;
}

/** Many new accounts that commented on one story, or posted nearly the same text, in a short time. */
export class BrigadeAnswer {
  @Id({ description: 'Also the value of the filter `brigade` of the queue.' }) id: string;
  @Id() site: string;
  @OneOf(['story', 'text'], { description: '`text`: nearly the same text, on any stories.' })
  kind: BrigadeKind;
  @Nested(() => BrigadeStory, { nullable: true, description: 'Null if the comments are on several stories.' })
  story: BrigadeStory | null;
  @Int({ min: 1, description: 'Number of stories that the comments are on.' }) stories: number;
  @Int({ min: 0, description: 'Number of new accounts.' }) readers: number;
  @Int({ min: 0, description: 'Number of their comments.' }) comments: number;
  @Int({ min: 0, description: 'Number of held comments.' }) held: number;
  @Int({
    min: 0,
    description:
      'Number of published comments: those decided before the group was detected, and those approved by moderators.',
  })
  published: number;
  @Int({ min: 1, description: 'Length of the window in which it was detected, in minutes.' }) minutes: number;
  @Instant({ description: 'Time of the first comment.' }) startedAt: string;
  @Instant({ description: 'Time of the latest comment.' }) lastAt: string;
  @Nested(() => BrigadeStrictMode, { nullable: true, description: 'Strict mode of the story, if it is set.' })
  strict: BrigadeStrictMode | null;
  @Instant({
    nullable: true,
    description: 'If it was dismissed: until this time no comments are held because of it.',
  })
  dismissedUntil: string | null;
}

export class BrigadesAnswer {
  @ListOf(() => BrigadeAnswer, {
    description:
      'Newest first, at most 20 per site: groups that were not dismissed, have a comment of the last 6 hours, and have waiting comments or a comment of the last 30 minutes.',
  })
  items: BrigadeAnswer[];
}

export class DismissalRequest {
  @Int({
    optional: true,
    min: 1,
    max: 168,
    description: 'For how many hours no comments are held because of this story or text. Defaults to 6.',
  })
  hours?: number;
}
