import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';
import type { PartialPolicy } from './policy.js';
import type { SsoFamily } from './site-facts.js';

@Entity({ name: 'site' })
export class SiteEntity {
  @PrimaryColumn('uuid')
  id: SiteId;

  @Column('text')
  name: string;

  @Column('text', { array: true })
  origins: string[];

  @Column('text', { name: 'sign_in_url', nullable: true })
  signInUrl: string | null;

  /** Only the settings that the site changed itself. */
  @Column('jsonb')
  policy: PartialPolicy;

  @Column('int', { name: 'policy_version' })
  policyVersion: number;

  @Column('text', { name: 'sso_family' })
  ssoFamily: SsoFamily;

  @Column('text', { name: 'sso_secret_sealed' })
  ssoSecretSealed: string;

  @Column('text', { name: 'sso_issuer', nullable: true })
  ssoIssuer: string | null;

  @Column('text', { name: 'jwks_url', nullable: true })
  jwksUrl: string | null;

  @Column('jsonb', { nullable: true })
  jwks: { keys: Record<string, unknown>[] } | null;

  @Column('timestamptz', { name: 'created_at' })
  createdAt: Date;

  @Column('timestamptz', { name: 'updated_at' })
  updatedAt: Date;
}
