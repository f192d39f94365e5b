import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';

/** A fact about a topic, as written by the publisher. */
export interface TopicFact {
  label: string;
  value: string;
}

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

  /** In the publisher's order. */
  @Column('jsonb')
  facts: TopicFact[];
}
