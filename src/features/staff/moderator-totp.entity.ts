import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ModeratorId } from '../../platform/ids.js';

/** Authenticator apps: the secret in use and one that awaits confirmation. */
@Entity({ name: 'moderator_totp' })
export class ModeratorTotpEntity {
  @PrimaryColumn('uuid', { name: 'moderator_id' })
  moderatorId: ModeratorId;

  /** Null: the setup of the first app is not complete. */
  @Column('text', { name: 'secret_sealed', nullable: true })
  secretSealed: string | null;

  @Column('timestamptz', { nullable: true })
  since: Date | null;

  @Column('bigint', { name: 'last_step' })
  lastStep: string;

  @Column('text', { name: 'pending_sealed', nullable: true })
  pendingSealed: string | null;

  @Column('timestamptz', { name: 'pending_until', nullable: true })
  pendingUntil: Date | null;
}
