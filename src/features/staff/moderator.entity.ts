import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ModeratorId } from '../../platform/ids.js';

/** A person with a console account. */
@Entity({ name: 'moderator' })
export class ModeratorEntity {
  @PrimaryColumn('uuid')
  id: ModeratorId;

  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  email: string | null;

  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash: string | null;

  @Column('text', { name: 'role_everywhere', nullable: true })
  roleEverywhere: 'viewer' | 'moderator' | 'admin' | 'owner' | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'joined_at', nullable: true })
  joinedAt: Date | null;

  @Column('jsonb', { name: 'console_settings' })
  consoleSettings: unknown;
}
