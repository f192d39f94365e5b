import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** Lanes: the parts of an import that are written in parallel, and the progress of each. */
@Entity({ name: 'import_lane' })
export class ImportLaneEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'import_id' })
  importId: string;

  @PrimaryColumn('smallint')
  lane: number;

  @Column('jsonb', { nullable: true })
  cursor: unknown;

  /** Number of rows written so far. */
  @Column('int')
  done: number;

  @Column('boolean', { name: 'is_done' })
  isDone: boolean;
}
