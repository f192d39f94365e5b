import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ModeratorId } from '../../platform/ids.js';

/** Open WebAuthn challenges. */
@Entity({ name: 'passkey_challenge' })
export class PasskeyChallengeEntity {
  @PrimaryColumn('text')
  challenge: string;

  @Column('uuid', { name: 'moderator_id', nullable: true })
  moderatorId: ModeratorId | null;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;
}
