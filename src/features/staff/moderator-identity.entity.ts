import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ModeratorId } from '../../platform/ids.js';

/** Which account of the newsroom's identity provider belongs to which console account. */
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
