import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../../platform/ids.js';

/** Texts that a rule held and people decided, per hour, label and score bin. */
@Entity({ name: 'human_decision_hour' })
export class HumanDecisionHourEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('text')
  label: string;

  @PrimaryColumn('timestamptz')
  hour: Date;

  /** Scores from bin/50 (inclusive) up to (bin + 1)/50 (exclusive). */
  @PrimaryColumn('smallint')
  bin: number;

  @Column('int')
  published: number;

  @Column('int')
  refused: number;
}
