import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';

/** People, places and subjects that stories are about. */
@Entity({ name: 'topic' })
export class TopicEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('text')
  type: string;

  @PrimaryColumn('text')
  key: string;

  @Column('text')
  name: string;

  @Column('text', { nullable: true })
  url: string | null;

  @Column('jsonb')
  facts: unknown;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;
}
