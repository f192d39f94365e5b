import { Answer, Bool, Id, Instant, ListOf, Nested, Text } from '../../platform/http/fields.js';

export class FollowingAnswer {
  @Bool() following: boolean;
}

export class FollowedStoryRef {
  @Id() id: string;
  @Text() key: string;
  @Text() title: string;
  @Answer({ type: 'string', format: 'uri' }) url: string;
}

export class FollowedStoryAnswer {
  @Nested(() => FollowedStoryRef) story: FollowedStoryRef;
  @Instant() since: string;
}

export class FollowedStoryList {
  @ListOf(() => FollowedStoryAnswer) items: FollowedStoryAnswer[];
  @Answer({ type: ['string', 'null'] }, { description: 'Cursor of the next page, or null on the last page.' })
  next: string | null;
}
