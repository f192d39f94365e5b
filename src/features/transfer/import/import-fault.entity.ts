import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** Lines of the uploaded file that could not be imported, and why. */
@Entity({ name: 'import_fault' })
export class ImportFaultEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'import_id' })
  importId: string;

  @PrimaryColumn('int')
  number: number;

  @Column('text')
  file: string;

  @Column('int')
  line: number;

  @Column('text')
  code: string;

  @Column('text')
  message: string;
}
