import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** How the site's lookup endpoint is called for entitlements, and the latest success and failure. */
@Entity({ name: 'entitlement_lookup' })
export class EntitlementLookupEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @Column('text')
  url: string;

  @Column('text', { name: 'secrets_sealed' })
  secretsSealed: string;

  @Column('int', { name: 'cache_seconds' })
  cacheSeconds: number;

  @Column('int', { name: 'timeout_ms' })
  timeoutMs: number;

  /** `last-known`, `nothing`, or the key of a tier. */
  @Column('text', { name: 'when_down' })
  whenDown: string;

  @Column('timestamptz', { name: 'last_success_at', nullable: true })
  lastSuccessAt: Date | null;

  /** Duration of that lookup. */
  @Column('int', { name: 'last_success_ms', nullable: true })
  lastSuccessMs: number | null;

  @Column('timestamptz', { name: 'last_failure_at', nullable: true })
  lastFailureAt: Date | null;

  @Column('text', { name: 'last_failure', nullable: true })
  lastFailure: string | null;

  /** Time until which a process makes no lookups; null or in the past if the circuit is closed. */
  @Column('timestamptz', { name: 'open_until', nullable: true })
  openUntil: Date | null;
}
