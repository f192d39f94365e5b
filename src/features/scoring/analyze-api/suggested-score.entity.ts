import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { PublisherKeyId, SiteId } from '../../../platform/ids.js';

/** Scores that clients of the analyze API suggested, as training data. Deleted after a year. */
@Entity({ name: 'suggested_score' })
export class SuggestedScoreEntity {
  @PrimaryColumn('uuid')
  id: string;

  @Column('uuid', { name: 'site_id', nullable: true })
  siteId: SiteId | null;

  @Column('uuid', { name: 'key_id', nullable: true })
  keyId: PublisherKeyId | null;

  @Column('text', { nullable: true })
  community: string | null;

  @Column('text', { name: 'client_token', nullable: true })
  clientToken: string | null;

  @Column('text')
  text: string;

  @Column('jsonb')
  scores: unknown;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
