import { Instant, Text, Url } from '../../platform/http/fields.js';

export class StaffSsoAnswer {
  @Text({ nullable: true, description: 'The display name of single sign-on. Null: not configured.' })
  name: string | null;

  @Instant({
    nullable: true,
    description: 'When this account was linked to single sign-on. Null: not linked.',
  })
  connectedAt: string | null;
}

export class StaffSsoRedirect {
  @Url({ description: 'The URL to send the browser to, within ten minutes.' }) url: string;
}
