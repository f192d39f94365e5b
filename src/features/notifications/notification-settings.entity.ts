import { Column, Entity, PrimaryColumn } from 'typeorm';
import type { ReaderId, SiteId } from '../../platform/ids.js';

/** What readers want to be notified about. A reader who never changed the defaults has no row. */
@Entity({ name: 'notification_settings' })
export class NotificationSettingsEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('uuid', { name: 'reader_id' })
  readerId: ReaderId;

  @Column('boolean')
  replies: boolean;

  @Column('boolean')
  mentions: boolean;

  /** Decisions on the reader's own comments, including appeals. */
  @Column('boolean')
  decisions: boolean;

  /** New comments on followed stories, and news about followed topics. */
  @Column('boolean')
  following: boolean;
}
