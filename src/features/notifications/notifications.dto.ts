import { Answer, Bool, Id, Int, Instant, ListOf, Nested, OneOf, Text } from '../../platform/http/fields.js';
import { NOTIFICATION_KINDS, type NotificationKind } from './notification.repository.js';

class NotificationAuthor {
  @Id() id: string;
  @Text() name: string;
}

class NotificationComment {
  @Id() id: string;
  @Nested(() => NotificationAuthor) author: NotificationAuthor;
  @Text({ min: 0, description: 'The first 160 characters of the text.' }) excerpt: string;
  @Answer(
    { type: ['string', 'null'] },
    { description: 'Of a rejection or removal: what its author is told.' },
  )
  reason: string | null;
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
    description: '`decision` and `appeal` are of own comments, the others of comments by somebody else.',
  })
  kind: NotificationKind;
  @Answer(
    { type: ['string', 'null'] },
    { description: 'Of a decision the new status; of an appeal `upheld` or `overturned`.' },
  )
  outcome: string | null;
  @Instant() createdAt: string;
  @Instant({ nullable: true }) readAt: string | null;
  @Nested(() => NotificationComment) comment: NotificationComment;
  @Nested(() => NotificationStory) story: NotificationStory;
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
}
