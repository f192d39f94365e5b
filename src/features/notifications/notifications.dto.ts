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
  @Text({ min: 0, description: 'The beginning of the text, up to 160 characters, without Markdown.' })
  excerpt: string;
  @Answer(
    { type: ['string', 'null'] },
    { description: 'For a rejection or removal: the reason given to the author.' },
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
      '`decision` and `appeal` are about the reader’s own comments; `story` and `topic` about new comments on what the reader follows; `new-story` about a new story on a followed topic. `message` is a message from the moderators, `standing` a change of the reader’s standing.',
  })
  kind: NotificationKind;
  @Answer(
    { type: ['string', 'null'] },
    {
      description:
        'For a decision the new status; for an appeal `upheld` or `overturned`; for a sanction the new standing, or `reinstated`.',
    },
  )
  outcome: string | null;
  @Instant() createdAt: string;
  @Instant({ nullable: true }) readAt: string | null;
  @Nested(() => NotificationComment, {
    nullable: true,
    description: 'Null for `new-story`, `message` and `standing`.',
  })
  comment: NotificationComment | null;
  @Int({
    min: 1,
    max: 100,
    description:
      'For `story` and `topic`: the number of new comments from this one until it was read; 100 means 100 or more.',
  })
  count: number;
  @Nested(() => NotificationTopic, { nullable: true, description: 'Set for `topic` and `new-story`.' })
  topic: NotificationTopic | null;
  @Nested(() => NotificationStory, { nullable: true, description: 'Null for `message` and `standing`.' })
  story: NotificationStory | null;
  @Answer(
    { type: ['string', 'null'] },
    { description: 'For `message` the text from the moderators, for `standing` their reason.' },
  )
  text: string | null;
}

export class NotificationList {
  @ListOf(() => NotificationAnswer, { description: 'Newest first; stored for 90 days.' })
  items: NotificationAnswer[];
  @Answer({ type: ['string', 'null'] }, { description: 'Cursor of the next page.' }) next: string | null;
  @Int({ min: 0, max: 100, description: 'The total number of unread notifications; 100 means 100 or more.' })
  unread: number;
}

export class MarkReadBody {
  @Id({
    optional: true,
    description: 'The newest notification that was seen. If omitted, all are marked as read.',
  })
  upTo?: string;
}

export class UnreadAnswer {
  @Int({ min: 0, max: 100 }) unread: number;
}

export class NotificationSettingsDto {
  @Bool({ description: 'Replies to the reader’s own comments.' }) replies: boolean;
  @Bool({ description: 'Comments that mention the reader by `@` and name.' }) mentions: boolean;
  @Bool({ description: 'Moderators’ decisions about the reader’s own comments and appeals.' })
  decisions: boolean;
  @Bool({
    optional: true,
    description:
      'New comments and stories on followed stories and topics. If omitted from the request, it does not change.',
  })
  following?: boolean;
}

export class NotificationSettingsAnswer extends NotificationSettingsDto {
  @Bool({ description: 'New comments and stories on followed stories and topics.' })
  override following: boolean;
}

export class EmailBody {
  @Text({
    max: 254,
    optional: true,
    example: 'reader@mail.example',
    description:
      'If omitted, the address does not change. A new address receives an email asking to confirm that it belongs to the reader.',
  })
  address?: string;
  @OneOf(DELIVERIES, {
    description: 'One email per notification, or one per day or week with all of them.',
  })
  delivery: Delivery;
  @Text({
    max: 35,
    optional: true,
    example: 'de',
    description:
      'Language of the emails, as a BCP 47 tag: Afrikaans, Arabic, Dutch, English, French, German, Portuguese or Spanish; any other falls back to English. If omitted, the language does not change; the default is English.',
  })
  language?: string;
}

export class EmailAnswer {
  @Answer({ type: ['string', 'null'] }, { description: 'Null if no emails are sent.' }) address:
    string | null;
  @Bool({
    description: 'Whether the address is confirmed. Until then, only the confirmation email is sent there.',
  })
  confirmed: boolean;
  @Answer({ type: ['string', 'null'], enum: [...DELIVERIES, null] }) delivery: Delivery | null;
  @Answer({ type: ['string', 'null'] }, { description: 'Language of the emails, as it was set.' }) language:
    string | null;
  @Answer(
    { type: ['string', 'null'] },
    { description: 'The address in the reader’s token, to suggest if the reader has not set one.' },
  )
  suggested: string | null;
}
