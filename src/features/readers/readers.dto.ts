import { Id, Instant, OneOf, Text, Url } from '../../platform/http/fields.js';
import { READER_ROLES, type ReaderRole } from './signed-in-reader.js';

export class ReaderDto {
  @Text({ max: 2000, description: 'What others see is screened, and told apart from the names of others.' })
  name: string;

  @Url({ optional: true, nullable: true, schemes: ['https'] }) picture?: string | null;

  @OneOf(READER_ROLES, {
    optional: true,
    description: 'Marks people of yours: `staff`, or `author` of stories. Tokens never say it.',
  })
  role?: ReaderRole;
}

export class ReaderAnswer {
  @Id() id: string;
  @Text({ description: "The `sub` of the reader's tokens." }) key: string;
  @Text({ description: 'As others see it.' }) name: string;
  @Url({ nullable: true }) picture: string | null;
  @OneOf(READER_ROLES) role: ReaderRole;

  @OneOf(['normal', 'warned', 'suspended', 'banned', 'pre-moderated', 'trusted']) standing: string;
  @Instant({ nullable: true, description: 'When the standing ends.' }) standingUntil: string | null;
  @Instant() createdAt: string;
  @Instant() seenAt: string;
}
