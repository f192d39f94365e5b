import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { KeyScope } from '../../platform/auth/principal.js';
import type { PublisherKeyId, SiteId } from '../../platform/ids.js';

@Entity({ name: 'publisher_key' })
export class PublisherKeyEntity {
  @PrimaryColumn('uuid')
  id: PublisherKeyId;

  @Column('text')
  name: string;

  /** The first characters of the key, to identify it in lists. */
  @Column('text')
  prefix: string;

  /** SHA-256 of the key, hex. The key itself is shown once and never stored. */
  @Column('text')
  hash: string;

  @Column('text', { array: true })
  scopes: KeyScope[];

  /** Null: all sites. */
  @Column('uuid', { array: true, nullable: true })
  sites: SiteId[] | null;

  /** The score, 0 to 1, that `comments:analyze` returns for text in an unsupported language; null: an error. */
  @Column('double precision', { name: 'unread_score', nullable: true })
  unreadScore: number | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  /** Up to about five minutes before the actual last use; null: not used since this has been recorded. */
  @Column('timestamptz', { name: 'last_used_at', nullable: true })
  lastUsedAt: Date | null;

  @Column('timestamptz', { name: 'revoked_at', nullable: true })
  revokedAt: Date | null;
}
