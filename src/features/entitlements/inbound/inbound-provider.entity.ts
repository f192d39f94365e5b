import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** A site's wire to one billing system. */
@Entity({ name: 'inbound_provider' })
export class InboundProviderEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('text')
  provider: string;

  /** `[{secret, until}]`, the one in use first. */
  @Column('text', { name: 'secrets_sealed' })
  secretsSealed: string;

  /** Their price or plan → the key of one of the site's tiers. */
  @Column('jsonb')
  tiers: Record<string, string>;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;
}
