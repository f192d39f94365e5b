import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import type { ReaderId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { AccountDeletionService } from './account-deletion.service.js';
import { ReaderDirectory } from './reader-directory.js';
import type { ReaderProfile } from './reader-profile.js';
import { supersedes, isSameFact, takesPrecedence, type FactOrigin } from './fact-precedence.js';
import { saveReaderFact, lockReaderFacts, findReaderFact } from './reader-facts.repository.js';

/** `unknown`: nobody by that key is stored here, so there is nothing to change. */
export type ReaderSyncOutcome = 'applied' | 'unchanged' | 'older' | 'unknown';

/**
 * Readers as their publisher's own system tells of them when they change, without a token. In whichever order that
 * comes, and however often, the state afterwards is the same: the newest profile, and nobody who was deleted.
 * Each method runs inside the caller's transaction.
 */
@Injectable()
export class ReaderSync {
  constructor(
    private readonly readers: ReaderDirectory,
    private readonly deletion: AccountDeletionService,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes who a stored reader is; it never makes one, so that nobody is kept here who does not write, and nobody
   * rises from the dead.
   *
   * @param again a replay: the very telling that is stored may be read differently now
   */
  async applyProfile(
    tx: Tx,
    ctx: SiteContext,
    site: SiteFacts,
    { readerKey, profile }: { readerKey: string; profile: ReaderProfile },
    told: FactOrigin,
    again = false,
  ): Promise<ReaderSyncOutcome> {
    await lockReaderFacts(tx, ctx, readerKey);
    const deleted = await findReaderFact(tx, ctx, readerKey, 'deletion');
    // Whoever is stored by that key now came after the deletion, and is somebody else.
    if (deleted && !supersedes(told, deleted)) return 'older';
    if (!(await this.readers.isStored(tx, ctx.siteId, readerKey))) return 'unknown';
    if (!takesPrecedence(told, await findReaderFact(tx, ctx, readerKey, 'profile'), again)) return 'older';
    await saveReaderFact(tx, ctx, readerKey, 'profile', told, this.clock.now());
    return (await this.readers.updateProfile(tx, site, readerKey, profile)) ? 'applied' : 'unchanged';
  }

  /** Forgets a reader at once. Whoever comes back with the same key, by a token made since, begins anew. */
  async applyDeletion(
    tx: Tx,
    ctx: SiteContext,
    readerKey: string,
    told: FactOrigin,
  ): Promise<ReaderSyncOutcome> {
    await lockReaderFacts(tx, ctx, readerKey);
    const before = await findReaderFact(tx, ctx, readerKey, 'deletion');
    if (before && isSameFact(told, before)) return 'unchanged';
    if (before && !supersedes(told, before)) return 'older';
    const now = this.clock.now();
    await saveReaderFact(tx, ctx, readerKey, 'deletion', told, now);
    const [reader] = await tx.query<{ id: ReaderId }>(
      'SELECT id FROM reader WHERE site_id = $1 AND key = $2',
      [ctx.siteId, readerKey],
    );
    if (!reader) return 'unknown';
    await this.deletion.eraseNow(tx, ctx, reader.id);
    return 'applied';
  }
}
