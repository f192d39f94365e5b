import { Answer, Id, Instant, ListOf, Nested, OneOf, PageQuery, Text } from '../../platform/http/fields.js';
import { MAIL_STATES, type StoredEmail, type MailState } from '../../platform/mail/mailbox.js';

export class MailQuery extends PageQuery {
  @Id({ optional: true, description: 'Only emails of this site.' }) site?: string;
}

class MailContent {
  @Text({ min: 0 }) subject: string;
  @Text({ min: 0 }) text: string;
  @Answer({ type: ['string', 'null'] }) html: string | null;
  @Answer(
    { type: ['string', 'null'], format: 'uri' },
    {
      description:
        'The `List-Unsubscribe` address. It accepts a POST of `List-Unsubscribe=One-Click` (RFC 8058).',
    },
  )
  unsubscribeUrl: string | null;
}

class MailAnswer {
  @Id() id: string;
  @Id({
    nullable: true,
    description: 'Null for emails of the service itself, such as an invitation to the console.',
  })
  siteId: string | null;
  @Text() to: string;
  @Text() from: string;
  @OneOf(MAIL_STATES, {
    description:
      '`waiting`: not sent yet; `stored`: not sent, because SMTP_URL is not set; `failed`: the last attempt failed, four hours after the first.',
  })
  state: MailState;
  @Answer({ type: ['string', 'null'] }, { description: 'The error of the last attempt.' }) error:
    string | null;
  @Instant() createdAt: string;
  @Instant({ nullable: true, description: 'When it was sent, stored or given up; null while `waiting`.' })
  leftAt: string | null;
  @Nested(() => MailContent, {
    nullable: true,
    description: 'Null once the email was sent: its content is not stored any longer.',
  })
  content: StoredEmail['content'];
}

export class MailPage {
  @ListOf(() => MailAnswer, { description: 'Newest first, from the last 30 days.' }) items: MailAnswer[];
  @Answer({ type: ['string', 'null'] }, { description: 'Cursor of the next page.' }) next: string | null;
}
