import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { RevisionId, SiteId } from '../../../platform/ids.js';

/** The sentence encoder's vector of a revision's text. Deleted after a year. */
@Entity({ name: 'embedding' })
export class EmbeddingEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'revision_id' })
  revisionId: RevisionId;

  /** See `toBytes`. */
  @Column('bytea')
  vector: Buffer;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;
}
