import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { Id, ReaderId, SiteId } from '../../../platform/ids.js';

export type PersonId = Id<'person'>;

/** An account that a moderator has linked to others. Accounts with the same `personId` belong to one person. */
@Entity({ name: 'same_person' })
export class SamePersonEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'reader_id' })
  readerId: ReaderId;

  @Column('uuid', { name: 'person_id' })
  personId: PersonId;
}
