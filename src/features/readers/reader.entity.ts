import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReaderId, SiteId } from '../../platform/ids.js';
import type { ReaderRole } from './signed-in-reader.js';

export type Standing = 'normal' | 'warned' | 'suspended' | 'banned' | 'pre-moderated' | 'trusted';

/** A reader of a site, as identified by the publisher's token. */
@Entity({ name: 'reader' })
export class ReaderEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: ReaderId;

  /** The token's `sub`. */
  @Column('text')
  key: string;

  /** The name shown to others. */
  @Column('text')
  name: string;

  /** `nameSkeleton(name)`; finds readers with names that look alike. */
  @Column('text', { name: 'name_skeleton' })
  nameSkeleton: string;

  /** The name as the publisher sent it. */
  @Column('text', { name: 'name_from_publisher' })
  nameFromPublisher: string;

  @Column('text', { nullable: true })
  picture: string | null;

  @Column('text', { nullable: true })
  email: string | null;

  @Column('text', { nullable: true })
  tier: string | null;

  @Column('text')
  role: ReaderRole;

  @Column('text')
  standing: Standing;

  @Column('timestamptz', { name: 'standing_until', nullable: true })
  standingUntil: Date | null;

  @Column('text', { name: 'standing_reason', nullable: true })
  standingReason: string | null;

  @Column('int', { name: 'published_count' })
  publishedCount: number;

  @Column('int', { name: 'rejected_count' })
  rejectedCount: number;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'seen_at' })
  seenAt: Date;
}
