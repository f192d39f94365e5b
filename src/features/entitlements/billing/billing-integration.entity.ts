import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';
import type { JsonMapping } from './json-mapping.dto.js';

/** A site's wire to one billing system. */
@Entity({ name: 'billing_integration' })
export class BillingIntegrationEntity {
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

  /** JSON pointer; null: the provider's usual place. */
  @Column('text', { nullable: true })
  reader: string | null;

  @Column('int', { name: 'grace_days' })
  graceDays: number;

  @Column('text', { name: 'api_url', nullable: true })
  apiUrl: string | null;

  @Column('text', { name: 'api_key_sealed', nullable: true })
  apiKeySealed: string | null;

  @Column('jsonb', { nullable: true })
  mapping: JsonMapping | null;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;
}
