import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** Decisions per hour and rule. The rule key `people` counts the appeals against decisions by people. */
@Entity({ name: 'decision_hour' })
export class DecisionHourEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('timestamptz')
  hour: Date;

  @PrimaryColumn('text', { name: 'rule_key' })
  ruleKey: string;

  @Column('int')
  published: number;

  @Column('int')
  held: number;

  @Column('int')
  rejected: number;

  @Column('int', { name: 'held_published' })
  heldPublished: number;

  @Column('int', { name: 'held_refused' })
  heldRefused: number;

  @Column('int', { name: 'appeals_upheld' })
  appealsUpheld: number;

  @Column('int', { name: 'appeals_overturned' })
  appealsOverturned: number;
}
