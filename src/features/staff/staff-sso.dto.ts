import { Instant, Text, Url } from '../../platform/http/fields.js';

export class StaffSsoAnswer {
  @Text({ nullable: true, description: 'What the newsroom’s own sign-in is called. Null: there is none.' })
  name: string | null;

  @Instant({ nullable: true, description: 'Since when this account is signed in by it. Null: it is not.' })
  connectedAt: string | null;
}

export class StaffSsoRedirect {
  @Url({ description: 'Where the browser goes, within ten minutes.' }) url: string;
}
