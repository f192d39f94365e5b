import { Id, Instant, OneOf, Text, Url } from '../../platform/http/fields.js';
import { READER_ROLES, type ReaderRole } from './signed-in-reader.js';

export class ReaderDto {
  @Text({
    max: 2000,
    description:
      "The publisher's name for the reader. The name shown to others is checked and made distinct from the names of other readers.",
  })
  name: string;

  @Url({ optional: true, nullable: true, schemes: ['https'] }) picture?: string | null;

  @OneOf(READER_ROLES, {
    optional: true,
    description:
      'Marks members of your organisation: `staff`, or `author` of stories. Roles in tokens are ignored.',
  })
  role?: ReaderRole;
}

export class ReaderAnswer {
  @Id() id: string;
  @Text({ description: "The `sub` of the reader's tokens." }) key: string;
  @Text({ description: 'The name shown to others.' }) name: string;
  @Url({ nullable: true }) picture: string | null;
  @OneOf(READER_ROLES) role: ReaderRole;

  @OneOf(['normal', 'warned', 'suspended', 'banned', 'pre-moderated', 'trusted']) standing: string;
  @Instant({ nullable: true, description: 'When the current `standing` ends.' }) standingUntil: string | null;
  @Instant() createdAt: string;
  @Instant() seenAt: string;
}
