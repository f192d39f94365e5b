import { Entity, PrimaryColumn } from 'typeorm';
import type { ReaderId, SiteId } from '../../platform/ids.js';

/**
 * The words by which the console finds a reader: each word of the name, the email address, and the canonical email
 * address with `=` before it.
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
