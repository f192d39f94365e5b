import { Injectable } from '@nestjs/common';
import { MoreThan, type Repository } from 'typeorm';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { Cursors, type Page } from '../../platform/http/cursor.js';
import { notFound } from '../../platform/http/problem.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { newId } from '../../platform/ids.js';
import { endOf, isSeat, type EntitlementKind, type EntitlementStatus } from './entitlement.js';
import { EntitlementEntity } from './entitlement.entity.js';
import { entitlementChanged, type EntitlementState } from './entitlements.events.js';
import { publishGateChanged } from './gate-changed-message.js';
import {
  addEnding,
  listLedgerEntries,
  deleteLedgerEntries,
  deleteLedgerEntriesBefore,
  findEntitlementsHeldAt,
  recordLedgerEntry,
  findLastDeletion,
  recomputeEndings,
  type EntitlementLedgerEntry,
} from './entitlement-ledger.js';
import { takesPrecedence, type FactOrigin } from '../readers/fact-precedence.js';
import { findReaderFact } from '../readers/reader-facts.repository.js';
import { sql } from '../../platform/database/sql.js';

/** Key of a reader's entitlement from a source that reports only one per reader. */
export const DEFAULT_KEY = 'default';

export interface EntitlementRef {
  readonly readerKey: string;
  /** Key of the entitlement among the reader's entitlements. */
  readonly key: string;
}

export interface EntitlementDraft {
  readonly tier: string;
  readonly status: EntitlementStatus;
  readonly validUntil: Date | null;
  readonly graceUntil: Date | null;
  /** If absent, `trial` for the status `trialing`, otherwise `subscription`. */
  readonly kind?: EntitlementKind | undefined;
  /** Who granted the entitlement, or the organisation that owns the seat. */
  readonly grantedBy?: string | null | undefined;
}

/** Effect of a reported fact: it changed the entitlement, changed nothing, or was older than the stored one. */
export type EntitlementChangeOutcome = 'applied' | 'unchanged' | 'older';

const CURSOR_SCOPE = 'entitlements';

/** Stores readers' entitlements as reported by the publisher or its billing system. */
@Injectable()
export class EntitlementService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly pubsub: PubSub,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  /** Sets an entitlement at the publisher's request. Takes effect immediately. */
  put(ctx: SiteContext, ref: EntitlementRef, draft: EntitlementDraft): Promise<EntitlementEntity> {
    const origin: FactOrigin = {
      source: 'api',
      reportedAt: this.clock.now(),
      sequence: null,
      messageId: null,
    };
    return this.database.inSite(ctx, async (tx) => {
      await this.apply(tx, ctx, ref, draft, origin);
      return tx.manager
        .getRepository(EntitlementEntity)
        .findOneByOrFail({ siteId: ctx.siteId, readerKey: ref.readerKey, key: ref.key });
    });
  }

  /**
   * Stores a reported fact unless a newer one is stored, in the caller's transaction. After the commit every process
   * uses it. The facts of one source lead to the same state, regardless of the order in which they arrive.
   *
   * @param options `isReplay`: the message is processed again, which may change how it is interpreted; `isTierUnknown`:
   *   the fact grants nothing and is only stored because it may end an earlier tier
   */
  async apply(
    tx: Tx,
    ctx: SiteContext,
    ref: EntitlementRef,
    draft: EntitlementDraft,
    origin: FactOrigin,
    { isReplay = false, isTierUnknown = false }: { isReplay?: boolean; isTierUnknown?: boolean } = {},
  ): Promise<EntitlementChangeOutcome> {
    const rows = tx.manager.getRepository(EntitlementEntity);
    const before = await this.lock(tx, rows, ctx, ref);
    // Ignore facts about a deleted reader from before the deletion.
    if (origin.source !== 'api' && (await this.isOfDeletedReader(tx, ctx, ref.readerKey, origin)))
      return 'older';
    const now = this.clock.now();
    const kindAndGrantor = {
      kind: draft.kind ?? (draft.status === 'trialing' ? 'trial' : 'subscription'),
      grantedBy: draft.grantedBy ?? null,
    } as const;
    const fact = {
      ...origin,
      ...draft,
      ...kindAndGrantor,
      messageId: origin.messageId ?? newId<'ledger-entry'>(),
    };
    await recordLedgerEntry(tx, ctx, ref, fact, now);
    if (origin.source !== 'api') await recomputeEndings(tx, ctx, ref, origin.source);
    const storedOrigin = before ? factOriginOf(before) : await findLastDeletion(tx, ctx, ref);
    if (!takesPrecedence(origin, storedOrigin, isReplay)) {
      // The fact may still add the end of a tier that the gate did not know about.
      await this.publishGateChange(tx, ctx, ref);
      return 'older';
    }
    const isEnded = draft.status === 'cancelled' || draft.status === 'expired';
    await rows.upsert(
      {
        siteId: ctx.siteId,
        ...ref,
        ...draft,
        ...kindAndGrantor,
        endedAt: isEnded ? origin.reportedAt : null,
        source: origin.source,
        sequence: origin.sequence === null ? null : String(origin.sequence),
        reportedAt: origin.reportedAt,
        messageId: origin.messageId,
        updatedAt: now,
      },
      ['siteId', 'readerKey', 'key'],
    );
    const isSameIntegration = before?.source === origin.source && origin.source !== 'api';
    if (before && before.tier !== draft.tier && !isSameIntegration) {
      await addEnding(tx, ctx, ref, before.tier, endOf(before, origin.reportedAt) ?? origin.reportedAt);
    }
    if (!before && isTierUnknown) return 'applied';
    return this.publishChange(
      tx,
      ctx,
      ref,
      origin.source,
      before && stateOf(before),
      stateOf({ ...draft, ...kindAndGrantor }),
    );
  }

  /** Returns the latest `max` facts reported about one entitlement, newest first; empty if there are none. */
  history(
    ctx: SiteContext,
    ref: EntitlementRef,
    max: number,
  ): Promise<(EntitlementLedgerEntry & { recordedAt: Date })[]> {
    return this.database.inSite(ctx, (tx) => listLedgerEntries(tx, ctx, ref, max));
  }

  async read(ctx: SiteContext, { readerKey, key }: EntitlementRef): Promise<EntitlementEntity> {
    const found = await this.database.inSite(ctx, (tx) =>
      tx.manager.getRepository(EntitlementEntity).findOneBy({ siteId: ctx.siteId, readerKey, key }),
    );
    if (!found) throw notFound('This entitlement');
    return found;
  }

  /** Lists a reader's entitlements, sorted by key. */
  async list(
    ctx: SiteContext,
    readerKey: string,
    cursor: string | undefined,
    limit: number,
  ): Promise<Page<EntitlementEntity>> {
    const scope = `${CURSOR_SCOPE}:${ctx.siteId}:${readerKey}`;
    const [after] = this.cursors.read(scope, cursor) ?? [''];
    const rows = await this.database.inSite(ctx, (tx) =>
      tx.manager.getRepository(EntitlementEntity).find({
        where: { siteId: ctx.siteId, readerKey, key: MoreThan(String(after)) },
        order: { key: 'ASC' },
        take: limit + 1,
      }),
    );
    return this.cursors.page(
      rows,
      limit,
      scope,
      (row) => [row.key],
      (row) => row,
    );
  }

  /** Deletes an entitlement. The tier ends immediately, also for existing tokens that claim it. */
  remove(ctx: SiteContext, ref: EntitlementRef): Promise<void> {
    return this.database.inSite(ctx, async (tx) => {
      const rows = tx.manager.getRepository(EntitlementEntity);
      const before = await this.lock(tx, rows, ctx, ref);
      if (!before) throw notFound('This entitlement');
      await rows.delete({ siteId: ctx.siteId, readerKey: ref.readerKey, key: ref.key });
      const now = this.clock.now();
      await addEnding(tx, ctx, ref, before.tier, endOf(before, now) ?? now);
      const { tier, validUntil, graceUntil, kind, grantedBy } = before;
      const origin = { source: 'api', reportedAt: now, sequence: null, messageId: newId<'ledger-entry'>() };
      const previous = { tier, validUntil, graceUntil, kind, grantedBy };
      await recordLedgerEntry(tx, ctx, ref, { ...origin, ...previous, status: 'deleted' }, now);
      await this.publishChange(tx, ctx, ref, 'api', stateOf(before), null);
    });
  }

  /**
   * Deletes the entitlements of a reader whom the publisher deleted. Facts reported since the deletion remain,
   * because they concern the reader key's new owner. Facts and deletions are compared only by their time, to the
   * second. A later change to an organisation updates the time of its seats, so a seat that existed at the time of the
   * deletion is deleted regardless of its time.
   *
   * @param origin the deletion
   * @returns whether anything was deleted
   */
  async deleteForReader(tx: Tx, ctx: SiteContext, readerKey: string, origin: FactOrigin): Promise<boolean> {
    await this.lockReaders(tx, ctx, [readerKey]);
    const rows = tx.manager.getRepository(EntitlementEntity);
    const since = secondAfter(origin.reportedAt);
    const keysHeldAtDeletion = await findEntitlementsHeldAt(tx, ctx, readerKey, since);
    const deleted = (await rows.findBy({ siteId: ctx.siteId, readerKey })).filter(
      (row) => row.reportedAt < since || (isSeat(row) && keysHeldAtDeletion.has(row.key)),
    );
    for (const row of deleted) {
      const ref = { readerKey, key: row.key };
      await rows.delete({ siteId: ctx.siteId, ...ref });
      await this.publishChange(tx, ctx, ref, origin.source, stateOf(row), null);
    }
    await deleteLedgerEntriesBefore(tx, ctx, readerKey, since);
    await deleteLedgerEntries(
      tx,
      ctx,
      readerKey,
      deleted.filter(isSeat).map(({ key }) => key),
    );
    // Discard the cached lookup result.
    await publishGateChanged(this.pubsub, tx, ctx.siteId, readerKey);
    return deleted.length > 0;
  }

  /**
   * Locks several readers before their entitlements change in one transaction. The locks are taken in a fixed order,
   * so that two such transactions cannot deadlock.
   */
  async lockReaders(tx: Tx, ctx: SiteContext, readerKeys: readonly string[]): Promise<void> {
    await tx.query(
      sql`SELECT pg_advisory_xact_lock(lock) FROM (
         SELECT DISTINCT hashtextextended(name, 7343) AS lock FROM unnest($1::text[]) AS name ORDER BY lock) locks`,
      [readerKeys.map((readerKey) => `${ctx.siteId}\n${readerKey}`)],
    );
  }

  /** Serialises all changes to one reader's entitlements. */
  private async lock(
    tx: Tx,
    rows: Repository<EntitlementEntity>,
    ctx: SiteContext,
    { readerKey, key }: EntitlementRef,
  ): Promise<EntitlementEntity | null> {
    await tx.query(sql`SELECT pg_advisory_xact_lock(hashtextextended($1, 7343))`, [
      `${ctx.siteId}\n${readerKey}`,
    ]);
    return rows.findOneBy({ siteId: ctx.siteId, readerKey, key });
  }

  /** Whether the publisher deleted the reader after the fact was reported, or in the same second. */
  async isOfDeletedReader(
    tx: Tx,
    ctx: SiteContext,
    readerKey: string,
    { reportedAt }: Pick<FactOrigin, 'reportedAt'>,
  ): Promise<boolean> {
    const deletion = await findReaderFact(tx, ctx, readerKey, 'deletion');
    return deletion !== null && reportedAt < secondAfter(deletion.reportedAt);
  }

  private async publishChange(
    tx: Tx,
    ctx: SiteContext,
    ref: EntitlementRef,
    source: string,
    previous: EntitlementState | null,
    current: EntitlementState | null,
  ): Promise<EntitlementChangeOutcome> {
    await this.publishGateChange(tx, ctx, ref);
    if (previous && current && isSameState(previous, current)) return 'unchanged';
    const state = current ?? { ...previous!, status: 'deleted' as const };
    await this.outbox.add(tx, ctx, entitlementChanged({ ...ref, ...state, source, previous }));
    return 'applied';
  }

  private publishGateChange(tx: Tx, ctx: SiteContext, { readerKey }: EntitlementRef): Promise<void> {
    return publishGateChanged(this.pubsub, tx, ctx.siteId, readerKey);
  }
}

/** Returns the start of the next second. */
const secondAfter = (at: Date): Date => new Date((Math.floor(at.getTime() / 1000) + 1) * 1000);

const isSameState = (a: EntitlementState, b: EntitlementState): boolean =>
  a.tier === b.tier &&
  a.status === b.status &&
  a.validUntil === b.validUntil &&
  a.graceUntil === b.graceUntil &&
  a.kind === b.kind &&
  a.grantedBy === b.grantedBy;

type EntitlementStateFields = Pick<
  EntitlementEntity,
  'tier' | 'status' | 'validUntil' | 'graceUntil' | 'kind' | 'grantedBy'
>;

const stateOf = ({
  tier,
  status,
  kind,
  grantedBy,
  validUntil,
  graceUntil,
}: EntitlementStateFields): EntitlementState => ({
  tier,
  status,
  kind,
  grantedBy,
  validUntil: validUntil?.toISOString() ?? null,
  graceUntil: graceUntil?.toISOString() ?? null,
});

const factOriginOf = ({ source, reportedAt, sequence, messageId }: EntitlementEntity): FactOrigin => ({
  source,
  reportedAt,
  sequence: sequence === null ? null : Number(sequence),
  messageId,
});
