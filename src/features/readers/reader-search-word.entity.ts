import { Entity, PrimaryColumn } from 'typeorm';
import type { ReaderId, SiteId } from '../../platform/ids.js';

/**
 * The words by which the console finds a reader: the words of the name, the whole email address, and `=` followed by the
 * canonical email address; all in lower case, at most 100 characters each.
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
