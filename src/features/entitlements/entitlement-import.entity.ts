import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';

/** Bulk imports of entitlements and their progress. */
@Entity({ name: 'entitlement_import' })
export class EntitlementImportEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: string;

  @Column('text')
  state: 'running' | 'done' | 'failed';

  @Column('int')
  total: number;

  @Column('int')
  applied: number;

  @Column('int')
  unchanged: number;

  @Column('int')
  refused: number;

  @Column('jsonb')
  errors: unknown;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt: Date | null;
}
