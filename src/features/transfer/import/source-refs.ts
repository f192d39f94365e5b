import { createHmac, hash } from 'node:crypto';
import type { SiteId } from '../../../platform/ids.js';

export type RefKind = 'story' | 'comment' | 'revision' | 'decision' | 'group' | 'entitlement';

/**
 * Derives UUIDs ("refs") for one site from a source's IDs. The same ID yields the same UUID in each import, so that rows
 * imported earlier are recognized. The UUIDs of readers depend on a secret key, so that nobody can identify an erased
 * reader by trying IDs.
 */
export class SourceRefs {
  private readonly prefix: string;
  /** The ref of the reader who becomes the author of comments whose actual author is unknown or erased. */
  readonly unknownReaderId: string;

  constructor(
    siteId: SiteId,
    source: string,
    private readonly readerKey: Buffer,
  ) {
    this.prefix = `${siteId}\n${source}\n`;
    this.unknownReaderId = this.reader('');
  }

  refFor(kind: RefKind, id: string): string {
    return asUuid(hash('sha256', `${this.prefix}${kind}\n${id}`));
  }

  /**
   * Includes the comment's ID, because a broken file may use one decision ID for several comments.
   *
   * @param sourceId see `PastDecision.source`
   */
  decision(commentId: string, sourceId: string): string {
    return this.refFor('decision', `${commentId}\n${sourceId}`);
  }

  reader(id: string): string {
    return asUuid(createHmac('sha256', this.readerKey).update(`${this.prefix}reader\n${id}`).digest('hex'));
  }
}

/** Version 8 and the RFC 9562 variant, so that the last groups can follow the timestamp of a version 7 UUID. */
const asUuid = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
