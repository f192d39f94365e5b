import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** A site's own model on top of the shipped one: in shadow mode, active or retired. */
@Entity({ name: 'site_model' })
export class SiteModelEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  state: 'shadow' | 'active' | 'retired';

  @Column('text', { name: 'model_version' })
  modelVersion: string;

  @Column('int')
  texts: number;

  @Column('jsonb')
  figures: unknown;

  @Column('jsonb')
  words: unknown;

  @Column('bytea')
  weights: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'activated_at', nullable: true })
  activatedAt: Date | null;

  @Column('timestamptz', { name: 'ended_at', nullable: true })
  endedAt: Date | null;
}
