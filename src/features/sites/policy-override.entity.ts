import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';
import type { PartialPolicy } from './policy.js';

/** Policy settings for a section, a story or the whole site that apply for a limited time or until deleted. */
@Entity({ name: 'policy_override' })
export class PolicyOverrideEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('text')
  key: string;

  @Column('text', { nullable: true })
  section: string | null;

  @Column('text', { name: 'story_key', nullable: true })
  storyKey: string | null;

  /** Null: immediately. */
  @Column('timestamptz', { name: 'starts_at', nullable: true })
  startsAt: Date | null;

  /** Exclusive; null: until it is deleted. */
  @Column('timestamptz', { name: 'ends_at', nullable: true })
  endsAt: Date | null;

  @Column('text', { nullable: true })
  note: string | null;

  @Column('jsonb')
  policy: PartialPolicy;
}
