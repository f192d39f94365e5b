import { Injectable, type OnModuleInit } from '@nestjs/common';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { newId, type PublisherKeyId, type SiteId } from '../../../platform/ids.js';
import { Ticker } from '../../../platform/jobs/ticker.js';
import { systemContext } from '../../../platform/tenancy/site-context.js';
import type { Label, QualityLabel } from '../scores.js';
import type { SuggestedScore } from './messages.js';
import { sql } from '../../../platform/database/sql.js';

const DAY_MS = 24 * 60 * 60 * 1000;
/** Long enough for training. Texts by people who are not our readers are not stored indefinitely. */
const RETENTION_DAYS = 365;
const PURGE_BATCH_ROWS = 10_000;

export interface Suggestion {
  /** The site that learns from it; null for no particular site. */
  readonly siteId: SiteId | null;
  /** Null: the admin key. */
  readonly keyId: PublisherKeyId | null;
  readonly text: string;
  readonly scores: Readonly<Partial<Record<Label | QualityLabel, SuggestedScore>>>;
  readonly communityId: string | null;
  readonly clientToken: string | null;
}

/** Replaces what PostgreSQL cannot store in a text. */
const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd');
const storableOrNull = (text: string | null): string | null => (text === null ? null : storable(text));

/**
 * Scores that external clients suggest for a text, as training data. A suggestion belongs to the site of its key or
 * to the site that it names as its community. Others belong to no site and are visible only outside every site.
 */
@Injectable()
export class SuggestionRepository implements OnModuleInit {
  constructor(
    private readonly database: Database,
    private readonly clock: Clock,
    private readonly ticker: Ticker,
  ) {}

  onModuleInit(): void {
    this.ticker.every('suggestions-retention', DAY_MS, () => this.purge());
  }

  /** A suggestion replaces an earlier one by the same client with the same token. */
  async insert(suggestion: Suggestion): Promise<void> {
    const { siteId, keyId, text, scores, communityId, clientToken } = suggestion;
    const insert = (tx: Tx): Promise<unknown> =>
      tx.query(
        sql`INSERT INTO suggested_score (id, site_id, key_id, community, client_token, text, scores, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
         ON CONFLICT (site_id, key_id, community, client_token) WHERE client_token IS NOT NULL
         DO UPDATE SET text = excluded.text, scores = excluded.scores, created_at = excluded.created_at`,
        [
          newId<'suggested-score'>(),
          siteId,
          keyId,
          storableOrNull(communityId),
          storableOrNull(clientToken),
          storable(text),
          JSON.stringify(scores),
          this.clock.now(),
        ],
      );
    if (siteId === null) await this.database.inSystem(insert);
    else await this.database.inSite(systemContext(siteId, 'suggestscore'), insert);
  }

  async purge(): Promise<void> {
    const before = new Date(this.clock.nowMs() - RETENTION_DAYS * DAY_MS);
    await this.database.inSystem((tx) =>
      tx.query(sql`SELECT purge_suggested_scores($1, $2)`, [before, PURGE_BATCH_ROWS]),
    );
  }
}
