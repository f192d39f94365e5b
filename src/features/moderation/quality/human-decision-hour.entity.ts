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

  /** An index of `BIN_EDGES`: scores from there (inclusive) up to the next edge (exclusive). */
  @PrimaryColumn('smallint')
  bin: number;

  @Column('int')
  published: number;

  @Column('int')
  refused: number;
}
