import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { AccountDeletionService } from './account-deletion.service.js';
import { ReaderDirectory } from './reader-directory.js';
import { ReaderEntity } from './reader.entity.js';
import type { ReaderProfile } from './reader-profile.js';
import { supersedes, isSameFact, takesPrecedence, type FactOrigin } from './fact-precedence.js';
import { saveReaderFact, lockReaderFacts, findReaderFact } from './reader-facts.repository.js';

/** `unknown`: no reader with this key is stored, so there is nothing to change. */
export type ReaderSyncOutcome = 'applied' | 'unchanged' | 'older' | 'unknown';

/**
 * Applies reader changes reported by the publisher's system without a token. Reports may arrive in any order and
 * repeatedly. The final state is always the same: the newest profile is stored, and deleted readers stay deleted.
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
   * Updates the profile of a stored reader. It never creates a reader: people who never wrote are not stored, and
   * deleted readers do not come back.
   *
   * @param isReplay true for a replay: the same report may now be interpreted differently
   */
  async applyProfile(
    tx: Tx,
    ctx: SiteContext,
    site: SiteFacts,
    { readerKey, profile }: { readerKey: string; profile: ReaderProfile },
    origin: FactOrigin,
    isReplay = false,
  ): Promise<ReaderSyncOutcome> {
    await lockReaderFacts(tx, ctx, readerKey);
    const deleted = await findReaderFact(tx, ctx, readerKey, 'deletion');
    // A reader stored under that key now was created after the deletion and is a different person.
    if (deleted && !supersedes(origin, deleted)) return 'older';
    if (!(await this.readers.isStored(tx, ctx.siteId, readerKey))) return 'unknown';
    if (!takesPrecedence(origin, await findReaderFact(tx, ctx, readerKey, 'profile'), isReplay))
      return 'older';
    await saveReaderFact(tx, ctx, readerKey, 'profile', origin, this.clock.now());
    return (await this.readers.updateProfile(tx, site, readerKey, profile)) ? 'applied' : 'unchanged';
  }

  /**
   * Erases a reader immediately. A reader who returns with the same key and a token issued later starts with a new
   * account.
   */
  async applyDeletion(
    tx: Tx,
    ctx: SiteContext,
    readerKey: string,
    origin: FactOrigin,
  ): Promise<ReaderSyncOutcome> {
    await lockReaderFacts(tx, ctx, readerKey);
    const before = await findReaderFact(tx, ctx, readerKey, 'deletion');
    if (before && isSameFact(origin, before)) return 'unchanged';
    if (before && !supersedes(origin, before)) return 'older';
    const now = this.clock.now();
    await saveReaderFact(tx, ctx, readerKey, 'deletion', origin, now);
    const reader = await tx.manager
      .getRepository(ReaderEntity)
      .findOneBy({ siteId: ctx.siteId, key: readerKey });
    if (!reader) return 'unknown';
    await this.deletion.eraseNow(tx, ctx, reader.id);
    return 'applied';
  }
}
