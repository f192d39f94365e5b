import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';

/** Pending rows of a bulk import of entitlements. */
@Entity({ name: 'entitlement_import_row' })
export class EntitlementImportRowEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'import_id' })
  importId: string;

  @PrimaryColumn('int')
  number: number;

  @Column('jsonb')
  item: unknown;
}
