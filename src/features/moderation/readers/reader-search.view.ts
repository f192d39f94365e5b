import { Injectable } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database } from '../../../platform/database/database.js';
import { Cursors, type Page } from '../../../platform/http/cursor.js';
import { isUuid, type ReaderId } from '../../../platform/ids.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import type { ModerationReader } from './moderation-readers.dto.js';
import { readerJson, standingNow } from './reader-row.sql.js';
import { type Sql, composeSql, joinSql } from '../../../platform/database/sql.js';

interface Row {
  id: ReaderId;
  item: ModerationReader;
}

export interface ReaderQuery {
  q?: string;
  standing?: string;
  cursor?: string;
  limit: number;
}

/** Further words of a query are ignored. */
const MAX_WORDS = 5;
const MAX_WORD_CHARS = 100;
// The highest code point. A prefix followed by it sorts after every string that begins with the prefix.
const MAX_CODE_POINT = '\u{10ffff}';

/** Readers of one or several sites, newest first: all, or those that match a search. */
@Injectable()
export class ReaderSearchView {
  constructor(
    private readonly database: Database,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  /** @param mayDecide false for viewers, who cannot see email addresses or search by them */
  async list(
    sites: readonly SiteContext[],
    mayDecide: (site: SiteContext) => boolean,
    { q = '', standing, cursor, limit }: ReaderQuery,
  ): Promise<Page<ModerationReader>> {
    const scope = `readers:${standing ?? ''}:${q}`;
    const [after = null] = this.cursors.read(scope, cursor) ?? [];
    const rows: Row[] = [];
    // Row-level security shows one site at a time, so read a page of each site and keep the first rows of all.
    for (const ctx of sites) {
      const showsEmail = mayDecide(ctx);
      const values: unknown[] = [ctx.siteId, this.clock.now(), showsEmail];
      const statement = readerPageSql(
        { words: searchWordsOf(q), query: q.trim(), standing, after, limit, showsEmail },
        values,
      );
      rows.push(...(await this.database.inSite(ctx, (tx) => tx.query<Row>(statement, values))));
    }
    if (sites.length > 1) rows.sort((a, b) => (a.id < b.id ? 1 : -1));
    return this.cursors.page(
      rows,
      limit,
      scope,
      (row) => [row.id],
      (row) => row.item,
    );
  }
}

/** Splits a query in the same way as the stored search words. An email address is one word. */
export function searchWordsOf(q: string): string[] {
  return q
    .toLowerCase()
    .split(/\s+/)
    .flatMap((part) => (part.includes('@') ? [part] : part.split(/[!-/:-@[-`{-~]+/)))
    .filter((word) => word !== '')
    .slice(0, MAX_WORDS)
    .map((word) => word.slice(0, MAX_WORD_CHARS));
}

export interface ReaderSearch extends Pick<ReaderQuery, 'standing' | 'limit'> {
  showsEmail: boolean;
  words: readonly string[];
  query: string;
  after: string | number | null;
}

/** @param values contains the site, the time and whether email addresses are shown; the others are appended */
export function readerPageSql(
  { words, query, standing, after, limit, showsEmail }: ReaderSearch,
  values: unknown[],
): Sql {
  const param = (value: unknown): Sql => composeSql`$${values.push(value)}`;
  const conditions = [composeSql`r.site_id = $1`];
  if (after !== null) conditions.push(composeSql`r.id < ${param(after)}::uuid`);
  if (standing === 'normal') conditions.push(composeSql`${standingNow('$2')} = 'normal'`);
  else if (standing !== undefined)
    conditions.push(
      composeSql`r.standing = ${param(standing)}::text`,
      composeSql`(r.standing_until IS NULL OR r.standing_until > $2)`,
    );
  if (query !== '') conditions.push(matchSql(words, query, showsEmail, param));
  return composeSql`
    SELECT r.id, ${readerJson('$2', '$3')} AS item FROM (
      SELECT r.* FROM reader r WHERE ${joinSql(conditions, ' AND ')} ORDER BY r.id DESC LIMIT ${param(limit + 1)}
    ) r ORDER BY r.id DESC`;
}

function matchSql(
  words: readonly string[],
  query: string,
  showsEmail: boolean,
  param: (value: unknown) => Sql,
): Sql {
  const startsWith = (word: string): Sql =>
    composeSql`(SELECT w.reader_id FROM reader_search_word w WHERE w.site_id = $1
       AND w.word >= ${param(word)} AND w.word < ${param(word + MAX_CODE_POINT)}${showsEmail ? composeSql`` : composeSql` AND strpos(w.word, '@') = 0`})`;
  return composeSql`r.id IN (SELECT r.id FROM reader r WHERE r.site_id = $1 AND r.key = ${param(query)}::text
    ${isUuid(query) ? composeSql`UNION ALL SELECT ${param(query)}::uuid` : composeSql``}
    ${words.length > 0 ? composeSql`UNION ALL (${joinSql(words.map(startsWith), ' INTERSECT ')})` : composeSql``})`;
}
