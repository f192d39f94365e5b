import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { Tx } from '../../platform/database/database.js';
import type { ReaderId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import type { SiteFacts } from '../sites/site-facts.js';
import { AccountDeletion } from './account-deletion.service.js';
import { ReaderDirectory } from './reader-directory.js';
import type { ReaderProfile } from './reader-profile.js';
import { isNewer, isSameTelling, takesPlace, type Told } from './told-order.js';
import { keepTold, lockTold, toldOf } from './told-readers.repository.js';

/** `unknown`: nobody by that key is stored here, so there is nothing to change. */
export type ToldOutcome = 'applied' | 'unchanged' | 'older' | 'unknown';

/**
 * Readers as their publisher's own system tells of them when they change, without a token. In whichever order that
 * comes, and however often, the state afterwards is the same: the newest profile, and nobody who was deleted.
 * Each method runs inside the caller's transaction.
 */
@Injectable()
export class ToldReaders {
  constructor(
    private readonly readers: ReaderDirectory,
    private readonly deletion: AccountDeletion,
    private readonly clock: Clock,
  ) {}

  /**
   * Changes who a stored reader is; it never makes one, so that nobody is kept here who does not write, and nobody
   * rises from the dead.
   *
   * @param again a replay: the very telling that is stored may be read differently now
   */
  async update(
    tx: Tx,
    ctx: SiteContext,
    site: SiteFacts,
    { readerKey, profile }: { readerKey: string; profile: ReaderProfile },
    told: Told,
    again = false,
  ): Promise<ToldOutcome> {
    await lockTold(tx, ctx, readerKey);
    const deleted = await toldOf(tx, ctx, readerKey, 'deletion');
    // Whoever is stored by that key now came after the deletion, and is somebody else.
    if (deleted && !isNewer(told, deleted)) return 'older';
    if (!(await this.readers.isStored(tx, ctx.siteId, readerKey))) return 'unknown';
    if (!takesPlace(told, await toldOf(tx, ctx, readerKey, 'profile'), again)) return 'older';
    await keepTold(tx, ctx, readerKey, 'profile', told, this.clock.now());
    return (await this.readers.follow(tx, site, readerKey, profile)) ? 'applied' : 'unchanged';
  }

  /** Forgets a reader at once. Whoever comes back with the same key, by a token made since, begins anew. */
  async forget(tx: Tx, ctx: SiteContext, readerKey: string, told: Told): Promise<ToldOutcome> {
    await lockTold(tx, ctx, readerKey);
    const before = await toldOf(tx, ctx, readerKey, 'deletion');
    if (before && isSameTelling(told, before)) return 'unchanged';
    if (before && !isNewer(told, before)) return 'older';
    const now = this.clock.now();
    await keepTold(tx, ctx, readerKey, 'deletion', told, now);
    const [reader] = await tx.query<{ id: ReaderId }>(
      'SELECT id FROM reader WHERE site_id = $1 AND key = $2',
      [ctx.siteId, readerKey],
    );
    if (!reader) return 'unknown';
    await this.deletion.forget(tx, ctx, reader.id);
    return 'applied';
  }
}
