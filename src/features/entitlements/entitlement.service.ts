import { Injectable } from '@nestjs/common';
import type { Repository } from 'typeorm';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import { Cursors, type Page } from '../../platform/http/cursor.js';
import { notFound } from '../../platform/http/problem.js';
import { Outbox } from '../../platform/outbox/outbox.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { endOf, type EntitlementStatus } from './entitlement.js';
import { EntitlementEntity } from './entitlement.entity.js';
import { entitlementChanged, type EntitlementState } from './entitlements.events.js';
import { isNewer, type Told } from './told-order.js';

/** The entitlement that a reader has when nobody speaks of several. */
export const DEFAULT_KEY = 'default';

export interface EntitlementName {
  readonly readerKey: string;
  /** Which of the reader's entitlements. */
  readonly key: string;
}

export interface EntitlementDraft {
  readonly tier: string;
  readonly status: EntitlementStatus;
  readonly validUntil: Date | null;
  readonly graceUntil: Date | null;
}

/** Whether what was told changed something, or came after something newer. */
export type PutOutcome = 'applied' | 'unchanged' | 'older';

const LIST = 'entitlements';

/** What readers are entitled to, as their publisher or its billing system says it. */
@Injectable()
export class EntitlementService {
  constructor(
    private readonly database: Database,
    private readonly outbox: Outbox,
    private readonly pubsub: PubSub,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  /** The publisher's word: it counts from now on. */
  put(ctx: SiteContext, name: EntitlementName, draft: EntitlementDraft): Promise<EntitlementEntity> {
    const told: Told = { source: 'api', toldAt: this.clock.now(), sequence: null, messageId: null };
    return this.database.inSite(ctx, async (tx) => {
      await this.tell(tx, ctx, name, draft, told);
      return tx.manager
        .getRepository(EntitlementEntity)
        .findOneByOrFail({ siteId: ctx.siteId, readerKey: name.readerKey, key: name.key });
    });
  }

  /**
   * Writes what was told, unless something newer is stored. Inside the caller's transaction; whoever asks next,
   * in whichever process, is answered by it.
   */
  async tell(
    tx: Tx,
    ctx: SiteContext,
    name: EntitlementName,
    draft: EntitlementDraft,
    told: Told,
  ): Promise<PutOutcome> {
    const rows = tx.manager.getRepository(EntitlementEntity);
    const before = await this.lock(tx, rows, ctx, name);
    if (before && !isNewer(told, toldOf(before))) return 'older';
    const isEnded = draft.status === 'cancelled' || draft.status === 'expired';
    const now = this.clock.now();
    await rows.upsert(
      {
        siteId: ctx.siteId,
        ...name,
        ...draft,
        endedAt: isEnded ? told.toldAt : null,
        source: told.source,
        sequence: told.sequence === null ? null : String(told.sequence),
        toldAt: told.toldAt,
        messageId: told.messageId,
        updatedAt: now,
      },
      ['siteId', 'readerKey', 'key'],
    );
    if (before && before.tier !== draft.tier) await this.recordEnding(tx, ctx, before, told.toldAt);
    return this.announce(tx, ctx, name, told.source, before && stateOf(before), stateOf(draft));
  }

  async read(ctx: SiteContext, { readerKey, key }: EntitlementName): Promise<EntitlementEntity> {
    const found = await this.database.inSite(ctx, (tx) =>
      tx.manager.getRepository(EntitlementEntity).findOneBy({ siteId: ctx.siteId, readerKey, key }),
    );
    if (!found) throw notFound('This entitlement');
    return found;
  }

  /** A reader's entitlements, by key. */
  async list(
    ctx: SiteContext,
    readerKey: string,
    cursor: string | undefined,
    limit: number,
  ): Promise<Page<EntitlementEntity>> {
    const scope = `${LIST}:${ctx.siteId}:${readerKey}`;
    const [after] = this.cursors.read(scope, cursor) ?? [''];
    const rows = await this.database.inSite(ctx, (tx) =>
      tx.manager
        .getRepository(EntitlementEntity)
        .createQueryBuilder('entitlement')
        .where(
          'entitlement.siteId = :siteId AND entitlement.readerKey = :readerKey AND entitlement.key > :after',
          {
            siteId: ctx.siteId,
            readerKey,
            after,
          },
        )
        .orderBy('entitlement.key')
        .limit(limit + 1)
        .getMany(),
    );
    return this.cursors.page(
      rows,
      limit,
      scope,
      (row) => [row.key],
      (row) => row,
    );
  }

  /** The tier ends now, also for tokens that claim it and were made before. */
  remove(ctx: SiteContext, name: EntitlementName): Promise<void> {
    return this.database.inSite(ctx, async (tx) => {
      const rows = tx.manager.getRepository(EntitlementEntity);
      const before = await this.lock(tx, rows, ctx, name);
      if (!before) throw notFound('This entitlement');
      await rows.delete({ siteId: ctx.siteId, readerKey: name.readerKey, key: name.key });
      await this.recordEnding(tx, ctx, before, this.clock.now());
      await this.announce(tx, ctx, name, 'api', stateOf(before), null);
    });
  }

  /** Everything about one reader's entitlements is told one after the other. */
  private async lock(
    tx: Tx,
    rows: Repository<EntitlementEntity>,
    ctx: SiteContext,
    { readerKey, key }: EntitlementName,
  ): Promise<EntitlementEntity | null> {
    await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 7343))', [
      `${ctx.siteId}\n${readerKey}`,
    ]);
    return rows.findOneBy({ siteId: ctx.siteId, readerKey, key });
  }

  /** A tier that no row speaks of any more is remembered as lost: a token may still claim it. */
  private async recordEnding(tx: Tx, ctx: SiteContext, before: EntitlementEntity, at: Date): Promise<void> {
    await tx.query(
      `INSERT INTO entitlement_ending (site_id, reader_key, tier, ended_at) VALUES ($1, $2, $3, $4)
       ON CONFLICT (site_id, reader_key, tier)
         DO UPDATE SET ended_at = greatest(entitlement_ending.ended_at, excluded.ended_at)`,
      [ctx.siteId, before.readerKey, before.tier, endOf(before, at) ?? at],
    );
  }

  private async announce(
    tx: Tx,
    ctx: SiteContext,
    name: EntitlementName,
    source: string,
    previous: EntitlementState | null,
    now: EntitlementState | null,
  ): Promise<PutOutcome> {
    await this.pubsub.publish(tx, `entitlement:${ctx.siteId}`, name.readerKey);
    if (previous && now && isSame(previous, now)) return 'unchanged';
    const state = now ?? { ...previous!, status: 'deleted' as const };
    await this.outbox.add(tx, ctx, entitlementChanged({ ...name, ...state, source, previous }));
    return 'applied';
  }
}

const isSame = (one: EntitlementState, other: EntitlementState): boolean =>
  one.tier === other.tier &&
  one.status === other.status &&
  one.validUntil === other.validUntil &&
  one.graceUntil === other.graceUntil;

const stateOf = ({ tier, status, validUntil, graceUntil }: EntitlementDraft): EntitlementState => ({
  tier,
  status,
  validUntil: validUntil?.toISOString() ?? null,
  graceUntil: graceUntil?.toISOString() ?? null,
});

const toldOf = ({ source, toldAt, sequence, messageId }: EntitlementEntity): Told => ({
  source,
  toldAt,
  sequence: sequence === null ? null : Number(sequence),
  messageId,
});
