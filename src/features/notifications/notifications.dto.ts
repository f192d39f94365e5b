import { Answer, Bool, Id, Int, Instant, ListOf, Nested, OneOf, Text } from '../../platform/http/fields.js';
import { NOTIFICATION_KINDS, type NotificationKind } from './notification.repository.js';
import { DELIVERIES, type Delivery } from './reader-email.repository.js';

class NotificationAuthor {
  @Id() id: string;
  @Text() name: string;
}

class NotificationComment {
  @Id() id: string;
  @Nested(() => NotificationAuthor) author: NotificationAuthor;
  @Text({ min: 0, description: 'How the text begins: up to 160 characters of its words, without Markdown.' })
  excerpt: string;
  @Answer(
    { type: ['string', 'null'] },
    { description: 'Of a rejection or removal: what its author is told.' },
  )
  reason: string | null;
}

class NotificationTopic {
  @Text() type: string;
  @Text() key: string;
  @Text() name: string;
}

class NotificationStory {
  @Id() id: string;
  @Text() key: string;
  @Text() title: string;
  @Answer({ type: 'string', format: 'uri' }) url: string;
}

export class NotificationAnswer {
  @Id() id: string;
  @OneOf(NOTIFICATION_KINDS, {
    description:
      '`decision` and `appeal` are of own comments; `story` and `topic` of new comments on what the reader follows, ' +
      '`new-story` of a new story about a followed topic; `message` is from the moderators, `standing` a measure of theirs.',
  })
  kind: NotificationKind;
  @Answer(
    { type: ['string', 'null'] },
    {
      description:
        'Of a decision the new status; of an appeal `upheld` or `overturned`; of a measure the new standing, or `reinstated`.',
    },
  )
  outcome: string | null;
  @Instant() createdAt: string;
  @Instant({ nullable: true }) readAt: string | null;
  @Nested(() => NotificationComment, {
    nullable: true,
    description: 'Null with `new-story`, `message` and `standing`.',
  })
  comment: NotificationComment | null;
  @Int({
    min: 1,
    max: 100,
    description:
      'Of `story` and `topic`: new comments from this one on until it was read; 100 stands for more.',
  })
  count: number;
  @Nested(() => NotificationTopic, { nullable: true, description: 'Of `topic` and `new-story`.' })
  topic: NotificationTopic | null;
  @Nested(() => NotificationStory, { nullable: true, description: 'Null with `message` and `standing`.' })
  story: NotificationStory | null;
  @Answer(
    { type: ['string', 'null'] },
    { description: 'Of `message` what the moderators wrote, of `standing` their reason.' },
  )
  text: string | null;
}

export class NotificationList {
  @ListOf(() => NotificationAnswer, { description: 'Newest first; kept for 90 days.' })
  items: NotificationAnswer[];
  @Answer({ type: ['string', 'null'] }, { description: 'Cursor of the next page.' }) next: string | null;
  @Int({ min: 0, max: 100, description: 'Of all; 100 stands for 100 and more.' }) unread: number;
}

export class MarkReadBody {
  @Id({ optional: true, description: 'The newest that was seen; left out: all there are.' }) upTo?: string;
}

export class UnreadAnswer {
  @Int({ min: 0, max: 100 }) unread: number;
}

export class NotificationSettingsDto {
  @Bool({ description: 'Replies to own comments.' }) replies: boolean;
  @Bool({ description: 'Comments that mention the reader by `@` and name.' }) mentions: boolean;
  @Bool({ description: 'What moderators decided about own comments and appeals.' }) decisions: boolean;
  @Bool({
    optional: true,
    description: 'What is new on followed stories and topics. Left out in a body: it stays as it is.',
  })
  following?: boolean;
}

export class NotificationSettingsAnswer extends NotificationSettingsDto {
  @Bool({ description: 'What is new on followed stories and topics.' }) override following: boolean;
}

export class EmailBody {
  @Text({
    max: 254,
    optional: true,
    example: 'reader@mail.example',
    description:
      'Left out: the address as it is. A new one gets a letter that asks whether it is the reader’s.',
  })
  address?: string;
  @OneOf(DELIVERIES, {
    description: 'A letter for each notification, or one a day or a week with all of them.',
  })
  delivery: Delivery;
  @Text({
    max: 35,
    optional: true,
    example: 'de',
    description:
      'Of the letters, as a page’s `lang` has it: Afrikaans, Arabic, Dutch, English, French, German, Portuguese or Spanish; every other is English. Left out: as it is, at first English.',
  })
  language?: string;
}

export class EmailAnswer {
  @Answer({ type: ['string', 'null'] }, { description: 'Null: nothing is sent.' }) address: string | null;
  @Bool({ description: 'Whether the address was confirmed; before, nothing else is sent there.' })
  confirmed: boolean;
  @Answer({ type: ['string', 'null'], enum: [...DELIVERIES, null] }) delivery: Delivery | null;
  @Answer({ type: ['string', 'null'] }, { description: 'Of the letters, as it was named.' }) language:
    string | null;
  @Answer(
    { type: ['string', 'null'] },
    { description: 'The address in the reader’s token, to be offered where there is none yet.' },
  )
  suggested: string | null;
}
