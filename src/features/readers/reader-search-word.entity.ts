import { Entity, PrimaryColumn } from 'typeorm';
import type { ReaderId, SiteId } from '../../platform/ids.js';

/**
 * Words by which the console finds a reader: each word of the name, the email address and, after an equals sign, the
 * canonical email address.
 */
@Entity({ name: 'reader_search_word' })
export class ReaderSearchWordEntity {
  @PrimaryColumn('uuid', { name: 'site_id' })
  siteId: SiteId;

  @PrimaryColumn('text')
  word: string;

  @PrimaryColumn('uuid', { name: 'reader_id' })
  readerId: ReaderId;
}
