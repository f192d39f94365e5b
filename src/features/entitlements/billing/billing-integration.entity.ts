import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';
import type { JsonMapping } from './json-mapping.dto.js';

/** A site's integration with one billing system. */
@Entity({ name: 'billing_integration' })
export class BillingIntegrationEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('text')
  provider: string;

  /** `[{secret, until}]`, the current one first. */
  @Column('text', { name: 'secrets_sealed' })
  secretsSealed: string;

  /** Maps the provider's prices or plans to keys of the site's tiers. */
  @Column('jsonb')
  tiers: Record<string, string>;

  /** JSON pointer to the reader key in a message; null for the provider's usual location. */
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
