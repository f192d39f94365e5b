import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { KeyScope } from '../../platform/auth/principal.js';
import type { PublisherKeyId, SiteId } from '../../platform/ids.js';

@Entity({ name: 'publisher_key' })
export class PublisherKeyEntity {
  @PrimaryColumn('uuid')
  id: PublisherKeyId;

  @Column('text')
  name: string;

  /** The key's first characters, by which people know it again. */
  @Column('text')
  prefix: string;

  /** SHA-256 of the key, hex; the key itself is shown once and kept nowhere. */
  @Column('text')
  hash: string;

  @Column('text', { array: true })
  scopes: KeyScope[];

  /** Null: every site. */
  @Column('uuid', { array: true, nullable: true })
  sites: SiteId[] | null;

  /** What `comments:analyze` answers for a text in a language that is not read, 0 to 1; null: an error. */
  @Column('double precision', { name: 'unread_score', nullable: true })
  unreadScore: number | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  /** At most five minutes before it was really used last; null: never since that is noted. */
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;
}
