import { Injectable } from '@nestjs/common';
import { Database } from '../../platform/database/database.js';
import { sql } from '../../platform/database/sql.js';
import type { CommentId, RevisionId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { EmbeddingRepository } from '../scoring/encoder/embedding.repository.js';
import { detect } from '../scoring/language/detect-language.js';
import { TextScorer } from '../scoring/text-scorer.js';

export interface CurrentRevision {
  readonly body: string;
  /** Null if the sentence encoder cannot read the text. */
  readonly embedding: Float32Array | null;
}

/** The current text of a comment with its embedding, stored or computed. */
@Injectable()
export class CurrentRevisionView {
  constructor(
    private readonly database: Database,
    private readonly embeddings: EmbeddingRepository,
    private readonly texts: TextScorer,
  ) {}

  /** @returns null if there is no such comment */
  async read(ctx: SiteContext, commentId: CommentId): Promise<CurrentRevision | null> {
    const current = await this.database.inSite(ctx, async (tx) => {
      const [revision] = await tx.query<{ id: RevisionId; body: string }>(
        sql`SELECT v.id, v.body FROM comment c
         JOIN revision v ON v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision
         WHERE c.site_id = $1 AND c.id = $2`,
        [ctx.siteId, commentId],
      );
      if (!revision) return null;
      const stored = await this.embeddings.find(tx, ctx, [revision.id]);
      return { body: revision.body, stored: stored.get(revision.id) };
    });
    if (!current) return null;
    const { body, stored } = current;
    return { body, embedding: stored ?? (await this.texts.embed(detect(body), body)) };
  }
}
