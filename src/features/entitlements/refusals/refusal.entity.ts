import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** A refusal by the gate, with its inputs, so that support can explain it. */
@Entity({ name: 'refusal' })
export class RefusalEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text', { name: 'reader_key', nullable: true })
  readerKey: string | null;

  @Column('text', { name: 'story_key', nullable: true })
  storyKey: string | null;

  @Column('text')
  action: string;

  @Column('text')
  code: string;

  @Column('text')
  message: string;

  @Column('text', { name: 'required_tier', nullable: true })
  requiredTier: string | null;

  @Column('jsonb')
  inputs: Record<string, unknown>;

  /** Number of identical refusals within a second, or within an hour if signed out. */
  @Column('int')
  times: number;

  @Column('text', { name: 'request_id' })
  requestId: string;
}
