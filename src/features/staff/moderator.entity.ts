import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ModeratorRole } from '../../platform/auth/principal.js';
import type { ModeratorId } from '../../platform/ids.js';

/** A person with a console account. */
@Entity({ name: 'moderator' })
export class ModeratorEntity {
  @PrimaryColumn('uuid')
  id: ModeratorId;

  @Column('text')
  name: string;

  /** Lower case. */
  @Column('text', { nullable: true })
  email: string | null;

  @Column('text', { name: 'password_hash', nullable: true })
  passwordHash: string | null;

  @Column('text', { name: 'role_everywhere', nullable: true })
  roleEverywhere: ModeratorRole | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  /** When the account was first used to sign in; null: a pending invitation. */
  @Column('timestamptz', { name: 'joined_at', nullable: true })
  joinedAt: Date | null;

  /** Only the settings that differ from the console's defaults. */
  @Column('jsonb', { name: 'console_settings' })
  consoleSettings: Record<string, unknown>;
}
