import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { firstIdAt, type CommentId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { listedWords } from '../../scoring/phases/word-lists.js';
import { TooManyStepsError } from '../../scoring/word-lists/step-budget.js';
import type { Span } from '../../scoring/scores.js';
import { composeSql } from '../../../platform/database/sql.js';

const MONTH_MS = 30 * 24 * 60 * 60 * 1000;
/** Maximum number of comments to search: the latest of the month. */
export const MAX_PREVIEWED = 10_000;
const BATCH_SIZE = 500;
const COMMENTS_PER_YIELD = 10;
const MAX_EXAMPLES = 3;
const EXCERPT_CHARS = 160;

/** A word-list entry and what it would have matched in the last month. */
export interface EntryMatches {
  readonly entry: string;
  readonly comments: number;
  /** How many of these are published now. */
  readonly published: number;
  readonly examples: { commentId: CommentId; excerpt: string }[];
}

/** Finds entries in a text; nothing if matching them takes too many steps. Scoring would hold such a comment. */
function spansOf(entries: readonly string[], text: string): Span[] {
  try {
    return listedWords(entries, text);
  } catch (error) {
    if (error instanceof TooManyStepsError) return [];
    throw error;
  }
}

/** Where each entry occurs in a text. Entries without a match are omitted. */
export function findEntries(entries: readonly string[], text: string): { entry: string; spans: Span[] }[] {
  // One pass over all entries is enough for most texts, because they match none.
  if (spansOf(entries, text).length === 0) return [];
  return entries.flatMap((entry) => {
    const spans = spansOf([entry], text);
    return spans.length === 0 ? [] : [{ entry, spans }];
  });
}

export const RECENT_COMMENTS = composeSql`SELECT c.id, c.status, v.body, c.created_at AS at FROM comment c
       JOIN revision v ON v.site_id = c.site_id AND v.comment_id = c.id AND v.number = c.revision
       WHERE c.site_id = $1 AND c.id >= $2 AND ($3::uuid IS NULL OR c.id < $3) AND c.status <> 'deleted'
       ORDER BY c.id DESC LIMIT ${BATCH_SIZE}`;

/** Shows which existing comments each word-list entry would have matched. */
@Injectable()
export class WordListPreview {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
  ) {}

  /** @returns `tried`: number of comments searched; `since`: the time from which all comments were searched */
  async preview(
    ctx: SiteContext,
    entries: readonly string[],
  ): Promise<{ tried: number; since: Date; entries: EntryMatches[] }> {
    const from = this.clock.nowMs() - MONTH_MS;
    const matchesByEntry = new Map(
      entries.map((entry) => [
        entry,
        { comments: 0, published: 0, examples: [] as EntryMatches['examples'] },
      ]),
    );
    let tried = 0;
    let before: CommentId | null = null;
    let since = new Date(from);
    while (tried < MAX_PREVIEWED) {
      const rows: { id: CommentId; status: string; body: string; at: Date }[] = await this.database.inSite(
        ctx,
        (tx) => tx.query(RECENT_COMMENTS, [ctx.siteId, firstIdAt(from), before]),
      );
      for (const [index, { id, status, body }] of rows.entries()) {
        // Yield to the event loop.
        if (index % COMMENTS_PER_YIELD === 0) await new Promise((resolve) => setImmediate(resolve));
        for (const { entry, spans } of findEntries(entries, body)) {
          const matches = matchesByEntry.get(entry)!;
          matches.comments++;
          if (status === 'published') matches.published++;
          if (matches.examples.length < MAX_EXAMPLES)
            matches.examples.push({ commentId: id, excerpt: excerptOf(body, spans[0]) });
        }
      }
      tried += rows.length;
      const last = rows.at(-1);
      if (!last || rows.length < BATCH_SIZE) break;
      before = last.id;
      // Older comments were not searched.
      if (tried >= MAX_PREVIEWED) since = last.at;
    }
    return { tried, since, entries: [...matchesByEntry].map(([entry, matches]) => ({ entry, ...matches })) };
  }
}

/** The text around a match. */
function excerptOf(body: string, [start, end]: Span): string {
  const from = Math.max(0, start - Math.max(0, Math.floor((EXCERPT_CHARS - (end - start)) / 2)));
  const part = body.slice(from, from + EXCERPT_CHARS).toWellFormed();
  return `${from > 0 ? '…' : ''}${part}${from + EXCERPT_CHARS < body.length ? '…' : ''}`;
}
