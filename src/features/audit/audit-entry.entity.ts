import { Column, Entity, PrimaryGeneratedColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';

/** The audit log: append-only; each entry's hash covers the hash of the previous entry. */
@Entity({ name: 'audit_entry' })
export class AuditEntryEntity {
  @PrimaryGeneratedColumn('identity', { type: 'bigint', generatedIdentity: 'ALWAYS' })
  id: string;

  @Column('uuid', { name: 'site_id' })
  siteId: SiteId;

  /** Starts at 1 for each site; null until the entry's transaction commits. */
  @Column('bigint', { nullable: true })
  position: string | null;

  /** JSON; the hash covers its exact bytes. */
  @Column('text')
  body: string;

  @Column('text', { nullable: true })
  previous: string | null;

  @Column('text', { nullable: true })
  hash: string | null;

  @Column({ type: 'text', insert: false, update: false })
  at: string;

  @Column({ type: 'text', insert: false, update: false })
  action: string;

  @Column({ type: 'text', nullable: true, insert: false, update: false })
  actor: string | null;

  @Column({ type: 'text', nullable: true, insert: false, update: false })
  subject: string | null;
}
