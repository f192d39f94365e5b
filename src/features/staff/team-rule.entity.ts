import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { SiteId } from '../../platform/ids.js';

/** Whether a site requires a second factor from its team. */
@Entity({ name: 'team_rule' })
export class TeamRuleEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @Column('boolean', { name: 'second_factor' })
  secondFactor: boolean;
}
