import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ModeratorId } from '../../platform/ids.js';

/** Links accounts of the staff identity provider to console accounts. */
@Entity({ name: 'moderator_identity' })
export class ModeratorIdentityEntity {
  @PrimaryColumn('text')
  issuer: string;

  @PrimaryColumn('text')
  subject: string;

  @Column('uuid', { name: 'moderator_id' })
  moderatorId: ModeratorId;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
