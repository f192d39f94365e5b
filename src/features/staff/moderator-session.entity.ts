import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ModeratorId } from '../../platform/ids.js';

/** Signed-in console sessions. */
@Entity({ name: 'moderator_session' })
export class ModeratorSessionEntity {
  @PrimaryColumn('text', { name: 'token_hash' })
  tokenHash: string;

  @Column('uuid', { name: 'moderator_id' })
  moderatorId: ModeratorId;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'seen_at' })
  seenAt: Date;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('uuid')
  id: string;

  @Column('text', { nullable: true })
  agent: string | null;

  @Column('timestamptz', { name: 'confirmed_at', nullable: true })
  confirmedAt: Date | null;

  /** When the second factor was verified in this session. */
  @Column('timestamptz', { name: 'proven_at', nullable: true })
  provenAt: Date | null;
}
