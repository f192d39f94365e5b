import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';
import type { ImportState } from './entitlement-import.dto.js';
import type { ImportId } from './import-entitlements.job.js';

/** Bulk imports of entitlements and their progress. */
@Entity({ name: 'entitlement_import' })
export class EntitlementImportEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid')
  id: ImportId;

  @Column('text')
  state: ImportState;

  @Column('int')
  total: number;

  @Column('int')
  applied: number;

  @Column('int')
  unchanged: number;

  @Column('int')
  refused: number;

  /** The first hundred. */
  @Column('jsonb')
  errors: { index: number; code: string; message: string }[];

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'finished_at', nullable: true })
  finishedAt: Date | null;
}
