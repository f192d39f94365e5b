import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ModeratorId } from '../../platform/ids.js';

/** Single-use links by which a person sets a password or signs in. */
@Entity({ name: 'sign_in_link' })
export class SignInLinkEntity {
  @PrimaryColumn('text', { name: 'token_hash' })
  tokenHash: string;

  @Column('uuid', { name: 'moderator_id' })
  moderatorId: ModeratorId;

  @Column('timestamptz', { name: 'expires_at' })
  expiresAt: Date;

  @Column('boolean', { name: 'printed_at_start' })
  printedAtStart: boolean;

  @Column('timestamptz', { name: 'used_at', nullable: true })
  usedAt: Date | null;

  /** Whether the single sign-on server already verified a second factor. */
  @Column('boolean')
  proven: boolean;
}
