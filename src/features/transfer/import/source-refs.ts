import { createHmac, hash } from 'node:crypto';
import type { SiteId } from '../../../platform/ids.js';

export type RefKind = 'story' | 'comment' | 'revision' | 'decision' | 'group';

/**
 * Turns a source's ids into UUIDs of one site: the same id gives the same UUID in each import, so that what was imported
 * is found again. Those of readers are keyed: after an erasure nobody can tell who it was by trying ids.
 */
export class SourceRefs {
  private readonly prefix: string;
  /** Whom comments belong to whose author the source has deleted. */
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

  /** Of its comment alone: a broken file may name one decision with several comments. */
  decision(commentId: string, source: string): string {
    return this.refFor('decision', `${commentId}\n${source}`);
  }

  reader(id: string): string {
    return asUuid(createHmac('sha256', this.readerKey).update(`${this.prefix}reader\n${id}`).digest('hex'));
  }
}

/** Version 8 and the variant of RFC 9562, so that its last parts fit behind the time of a version 7. */
const asUuid = (hex: string): string =>
  `${hex.slice(0, 8)}-${hex.slice(8, 12)}-8${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
