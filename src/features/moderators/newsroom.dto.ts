import { Instant, Text, Url } from '../../platform/http/fields.js';

export class NewsroomAnswer {
  @Text({ nullable: true, description: 'What the newsroom’s own sign-in is called. Null: there is none.' })
  name: string | null;

  @Instant({ nullable: true, description: 'Since when this account is signed in by it. Null: it is not.' })
  connectedAt: string | null;
}

export class NewsroomErrand {
  @Url({ description: 'Where the browser goes, within ten minutes.' }) url: string;
}
