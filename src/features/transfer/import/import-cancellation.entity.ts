import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/**
 * Requests to cancel an import. They have their own table so that a request does not wait for a batch, which locks the
 * import.
 */
@Entity({ name: 'import_cancellation' })
export class ImportCancellationEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'import_id' })
  importId: string;

  @Column('timestamptz', { name: 'requested_at' })
  requestedAt: Date;
}
