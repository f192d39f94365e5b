import { Injectable } from '@nestjs/common';
import { MoreThan } from 'typeorm';
import { Clock } from '../../../platform/clock.js';
import { Database, type Tx } from '../../../platform/database/database.js';
import { Cursors, type Page } from '../../../platform/http/cursor.js';
import { conflict, notFound, Problem } from '../../../platform/http/problem.js';
import type { SiteContext } from '../../../platform/tenancy/site-context.js';
import { EntitlementEntity } from '../entitlement.entity.js';
import { seatKey } from '../entitlement.js';
import { EntitlementService, type EntitlementDraft, type EntitlementRef } from '../entitlement.service.js';
import { OrganisationEntity } from './organisation.entity.js';
import { composeSql, sql } from '../../../platform/database/sql.js';

export type OrganisationDraft = Omit<OrganisationEntity, 'siteId' | 'key' | 'updatedAt'>;

export interface Organisation extends Omit<OrganisationEntity, 'siteId'> {
  /** Number of seats taken. */
  readonly taken: number;
}

export type Seat = Pick<EntitlementEntity, 'readerKey' | 'reportedAt'>;

/** Result of giving seats to several readers: how many got one, and who got none. */
export interface SeatingResult {
  readonly seated: number;
  readonly unchanged: number;
  readonly refused: readonly {
    readonly readerKey: string;
    readonly code: 'no-seat-left';
    readonly message: string;
  }[];
  readonly taken: number;
}

const COLUMNS = composeSql`o.key, o.name, o.seats, o.tier, o.status, o.valid_until AS "validUntil", o.grace_until AS "graceUntil",
  o.updated_at AS "updatedAt",
  (SELECT count(*)::int FROM entitlement e
   WHERE e.site_id = o.site_id AND e.key = 'organisation:' || o.key AND e.kind = 'seat') AS taken`;

const seatOf = (organisation: string, readerKey: string): EntitlementRef => ({
  readerKey,
  key: seatKey(organisation),
});

const seatRepository = (tx: Tx) => tx.manager.getRepository(EntitlementEntity);

const organisationNotFound = (): Problem => notFound('This organisation');

export const LIST_ORGANISATIONS = composeSql`SELECT ${COLUMNS} FROM organisation o WHERE o.site_id = $1 AND o.key > $2 ORDER BY o.key LIMIT $3`;

export const FIND_ORGANISATION = composeSql`SELECT ${COLUMNS} FROM organisation o WHERE o.site_id = $1 AND o.key = $2`;

/**
 * Manages organisations that pay for a number of seats. A seat is an ordinary entitlement of its reader, so gates,
 * history and events need no special case. This service stores how many seats there are and what they grant.
 */
@Injectable()
export class OrganisationsService {
  constructor(
    private readonly database: Database,
    private readonly entitlements: EntitlementService,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  /**
   * Creates or updates an organisation and its seats.
   *
   * @throws Problem 409 `seats-taken` if more seats are taken
   */
  put(ctx: SiteContext, key: string, draft: OrganisationDraft): Promise<Organisation> {
    return this.database.inSite(ctx, async (tx) => {
      const stored = await this.lock(tx, ctx, key);
      if (stored && stored.taken > draft.seats) {
        throw conflict(
          'seats-taken',
          `${stored.taken} seats are taken. Free ${stored.taken - draft.seats} of them first.`,
          { taken: stored.taken },
        );
      }
      await tx.manager
        .getRepository(OrganisationEntity)
        .upsert({ ...draft, siteId: ctx.siteId, key, updatedAt: this.clock.now() }, ['siteId', 'key']);
      const seatHolders = stored ? await this.lockSeatHolders(tx, ctx, key) : [];
      for (const readerKey of seatHolders) await this.applySeat(tx, ctx, key, readerKey, draft);
      return this.find(tx, ctx, key);
    });
  }

  read(ctx: SiteContext, key: string): Promise<Organisation> {
    return this.database.inSite(ctx, (tx) => this.find(tx, ctx, key));
  }

  async list(ctx: SiteContext, cursor: string | undefined, limit: number): Promise<Page<Organisation>> {
    const scope = `organisations:${ctx.siteId}`;
    const after = (this.cursors.read(scope, cursor)?.[0] ?? '') as string;
    const rows = await this.database.inSite(ctx, (tx) =>
      tx.query<Organisation>(LIST_ORGANISATIONS, [ctx.siteId, after, limit + 1]),
    );
    return this.cursors.page(
      rows,
      limit,
      scope,
      (row) => [row.key],
      (row) => row,
    );
  }

  /** Deletes an organisation and ends all its seats. */
  remove(ctx: SiteContext, key: string): Promise<void> {
    return this.database.inSite(ctx, async (tx) => {
      if (!(await this.lock(tx, ctx, key))) throw organisationNotFound();
      const seatHolders = await this.lockSeatHolders(tx, ctx, key);
      for (const readerKey of seatHolders) await this.entitlements.remove(ctx, seatOf(key, readerKey));
      await tx.manager.getRepository(OrganisationEntity).delete({ siteId: ctx.siteId, key });
    });
  }

  /**
   * Lists the seats, sorted by reader key.
   *
   * @throws Problem 404
   */
  async listSeats(
    ctx: SiteContext,
    key: string,
    cursor: string | undefined,
    limit: number,
  ): Promise<Page<Seat>> {
    const scope = `seats:${ctx.siteId}:${key}`;
    const after = (this.cursors.read(scope, cursor)?.[0] ?? '') as string;
    const rows = await this.database.inSite(ctx, async (tx) => {
      await this.find(tx, ctx, key);
      return seatRepository(tx).find({
        where: { siteId: ctx.siteId, key: seatKey(key), kind: 'seat', readerKey: MoreThan(after) },
        order: { readerKey: 'ASC' },
        take: limit + 1,
      });
    });
    return this.cursors.page(
      rows,
      limit,
      scope,
      (row) => [row.readerKey],
      (row) => row,
    );
  }

  /** @throws Problem 404 if the organisation does not exist or the reader has no seat */
  readSeat(ctx: SiteContext, key: string, readerKey: string): Promise<Seat> {
    return this.database.inSite(ctx, async (tx) => {
      const seat = await seatRepository(tx).findOneBy({
        siteId: ctx.siteId,
        ...seatOf(key, readerKey),
        kind: 'seat',
      });
      if (!seat) throw notFound('This seat');
      return seat;
    });
  }

  /**
   * Gives seats to readers in the given order while any are free. Existing seats are kept.
   *
   * @throws Problem 404
   */
  addSeats(ctx: SiteContext, key: string, readerKeys: readonly string[]): Promise<SeatingResult> {
    return this.database.inSite(ctx, async (tx) => {
      const result = await this.addSeatsInTransaction(tx, ctx, key, readerKeys);
      if (!result) throw organisationNotFound();
      return result;
    });
  }

  /**
   * Like `addSeats`, in the caller's transaction.
   *
   * @returns null if there is no such organisation
   */
  async addSeatsInTransaction(
    tx: Tx,
    ctx: SiteContext,
    key: string,
    readerKeys: readonly string[],
  ): Promise<SeatingResult | null> {
    const organisation = await this.lock(tx, ctx, key);
    if (!organisation) return null;
    await this.entitlements.lockReaders(tx, ctx, readerKeys);
    const seatHolders = new Set(await this.listSeatHolders(tx, ctx, key));
    const refused: SeatingResult['refused'][number][] = [];
    let seated = 0;
    let unchanged = 0;
    for (const readerKey of readerKeys) {
      if (seatHolders.has(readerKey)) unchanged++;
      else if (seatHolders.size >= organisation.seats)
        refused.push({ readerKey, ...noSeatsLeft(organisation) });
      else {
        await this.applySeat(tx, ctx, key, readerKey, organisation);
        seatHolders.add(readerKey);
        seated++;
      }
    }
    return { seated, unchanged, refused, taken: seatHolders.size };
  }

  /** Locks several organisations in a fixed order, to avoid deadlocks. Must be called before any reader is locked. */
  async lockAll(tx: Tx, ctx: SiteContext, keys: readonly string[]): Promise<void> {
    await tx.query(
      sql`SELECT pg_advisory_xact_lock(lock) FROM (
         SELECT DISTINCT hashtextextended(name, 7344) AS lock FROM unnest($1::text[]) AS name ORDER BY lock) locks`,
      [keys.map((key) => `${ctx.siteId}\n${key}`)],
    );
  }

  /**
   * Frees the reader's seat and ends their tier.
   *
   * @throws Problem 404
   */
  removeSeat(ctx: SiteContext, key: string, readerKey: string): Promise<void> {
    return this.database.inSite(ctx, async (tx) => {
      if (!(await this.lock(tx, ctx, key))) throw organisationNotFound();
      await this.entitlements.remove(ctx, seatOf(key, readerKey));
    });
  }

  private async applySeat(
    tx: Tx,
    ctx: SiteContext,
    key: string,
    readerKey: string,
    { name, tier, status, validUntil, graceUntil }: OrganisationDraft,
  ): Promise<void> {
    const draft: EntitlementDraft = { tier, status, validUntil, graceUntil, kind: 'seat', grantedBy: name };
    const origin = { source: 'api', reportedAt: this.clock.now(), sequence: null, messageId: null };
    await this.entitlements.apply(tx, ctx, seatOf(key, readerKey), draft, origin);
  }

  /**
   * Serialises changes to one organisation's seats.
   *
   * @returns null if the organisation does not exist
   */
  private async lock(tx: Tx, ctx: SiteContext, key: string): Promise<Organisation | null> {
    await this.lockAll(tx, ctx, [key]);
    return this.findOne(tx, ctx, key);
  }

  private async find(tx: Tx, ctx: SiteContext, key: string): Promise<Organisation> {
    const found = await this.findOne(tx, ctx, key);
    if (!found) throw organisationNotFound();
    return found;
  }

  private async findOne(tx: Tx, ctx: SiteContext, key: string): Promise<Organisation | null> {
    const [row] = await tx.query<Organisation>(FIND_ORGANISATION, [ctx.siteId, key]);
    return row ?? null;
  }

  /**
   * Returns the readers who have a seat, after locking them. A reader who was erased in the meantime is not
   * included.
   */
  private async lockSeatHolders(tx: Tx, ctx: SiteContext, key: string): Promise<string[]> {
    const found = await this.listSeatHolders(tx, ctx, key);
    await this.entitlements.lockReaders(tx, ctx, found);
    const remaining = new Set(await this.listSeatHolders(tx, ctx, key));
    return found.filter((readerKey) => remaining.has(readerKey));
  }

  private async listSeatHolders(tx: Tx, ctx: SiteContext, key: string): Promise<string[]> {
    const rows = await seatRepository(tx).find({
      where: { siteId: ctx.siteId, key: seatKey(key), kind: 'seat' },
      order: { readerKey: 'ASC' },
    });
    return rows.map(({ readerKey }) => readerKey);
  }
}

/** Builds the refusal for a reader who gets no seat. */
const noSeatsLeft = ({ name, seats }: Pick<Organisation, 'name' | 'seats'>) => ({
  code: 'no-seat-left' as const,
  message: `All ${seats} seats of ${name} are taken. Free a seat, or increase "seats".`,
});
