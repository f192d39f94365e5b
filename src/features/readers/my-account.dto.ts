import { Answer, Id, Instant, ListOf, Text } from '../../platform/http/fields.js';

export class IgnoreBody {
  @Id({ description: 'The `author.id` of a comment.' }) readerId: string;
}

export class IgnoredAuthorAnswer {
  @Id() id: string;
  @Text() name: string;
  @Instant() since: string;
}

export class IgnoredAuthorList {
  @ListOf(() => IgnoredAuthorAnswer) items: IgnoredAuthorAnswer[];
  @Answer({ type: ['string', 'null'] }) next: string | null;
}

export class DeletionAnswer {
  @Instant({ nullable: true, description: 'Null if no deletion was requested.' }) dueAt: string | null;
}
