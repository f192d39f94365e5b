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
  @Int({ min: 0, description: 'Comments that are held.' }) held: number;
  @Int({
    min: 0,
    description: 'Comments that were published before the group was noticed, or by a moderator.',
  })
  published: number;
  @Int({ min: 1, description: 'Length of the window in which it was noticed, in minutes.' }) minutes: number;
  @Instant({ description: 'Time of the first comment.' }) startedAt: string;
  @Instant({ description: 'Time of the latest comment.' }) lastAt: string;
  @Nested(() => BrigadeStrictMode, { nullable: true, description: 'Strict mode of the story, if it is set.' })
  strict: BrigadeStrictMode | null;
  @Instant({
    nullable: true,
    description: 'If it was dismissed: the time until which nothing is held because of it.',
  })
  dismissedUntil: string | null;
}

export class BrigadesAnswer {
  @ListOf(() => BrigadeAnswer, {
    description:
      'Newest first: groups of the last 6 hours that were not dismissed, and have comments that wait or were noticed in the last 30 minutes. At most 20 per site.',
  })
  items: BrigadeAnswer[];
}

export class DismissalRequest {
  @Int({
    optional: true,
    min: 1,
    max: 168,
    description: 'For how many hours nothing is held for this story or text. Defaults to 6.',
  })
  hours?: number;
}
