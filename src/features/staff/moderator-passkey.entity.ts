import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ModeratorId } from '../../platform/ids.js';

/** Passkeys of console accounts. */
@Entity({ name: 'moderator_passkey' })
export class ModeratorPasskeyEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'moderator_id' })
  moderatorId: ModeratorId;

  /** Base64url, as browsers format it. */
  @Column('text', { name: 'credential_id' })
  credentialId: string;

  @Column('bytea', { name: 'public_key' })
  publicKey: Buffer;

  @Column('bigint')
  counter: string;

  @Column('text', { array: true })
  transports: string[];

  @Column('text')
  name: string;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'used_at', nullable: true })
  usedAt: Date | null;
}
