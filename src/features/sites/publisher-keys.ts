import { createHash, randomBytes } from 'node:crypto';
import { Injectable, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { LRUCache } from 'lru-cache';
import { maxEntries } from '../../platform/max-entries.js';
import type { KeyPrincipal } from '../../platform/auth/principal.js';
import { Clock } from '../../platform/clock.js';
import { Database, type Tx } from '../../platform/database/database.js';
import type { PublisherKeyEntity } from './publisher-key.entity.js';
import { PubSub } from '../../platform/pubsub/pubsub.js';
import { sql } from '../../platform/database/sql.js';

const MAX_CACHED_KEYS = 10_000;
/** Limits how long stale data is used if a process dies between commit and publishing the invalidation message. */
const CACHE_TTL_MS = 30_000;
/**
 * How old `last_used_at` must be before it is written again. A key in constant use causes a write every five minutes.
 */
const LAST_USED_RESOLUTION_MS = 5 * 60_000;
const TOPIC = 'publisher-key';
const KEY_PATTERN = /^pbk_[A-Za-z0-9_-]{43}$/;

export const hashOfKey = (key: string): string => createHash('sha256').update(key).digest('hex');
/** 256 random bits. The prefix lets people and secret scanners recognise a key. */
export const newPublisherKey = (): string => `pbk_${randomBytes(32).toString('base64url')}`;
export const prefixOfKey = (key: string): string => key.slice(0, 12);

// Keys are cached. Calls served from the cache do not update `last_used_at`; an uncached call does if the value is old enough.
const FIND_KEY = sql`
  WITH updated AS (
    UPDATE publisher_key SET last_used_at = $2
    WHERE hash = $1 AND revoked_at IS NULL AND (last_used_at IS NULL OR last_used_at < $3))
  SELECT id, name, scopes, sites, unread_score AS "unreadScore" FROM publisher_key WHERE hash = $1 AND revoked_at IS NULL`;

type KeyRow = Pick<PublisherKeyEntity, 'id' | 'name' | 'scopes' | 'sites' | 'unreadScore'>;

/** Finds the principal of a publisher key. Keys are looked up by hash, so timing reveals nothing about them. */
@Injectable()
export class PublisherKeys implements OnModuleInit, OnModuleDestroy {
  private readonly cached = new LRUCache<string, Promise<{ key: KeyPrincipal | null }>>({
    ...maxEntries(MAX_CACHED_KEYS),
    ttl: CACHE_TTL_MS,
  });
  private readonly unsubscribes: (() => void)[] = [];

  constructor(
    private readonly database: Database,
    private readonly pubsub: PubSub,
    private readonly clock: Clock,
  ) {}

  onModuleInit(): void {
    this.unsubscribes.push(
      this.pubsub.subscribe(TOPIC, () => this.cached.clear()),
      this.pubsub.onGap(() => this.cached.clear()),
    );
  }

  onModuleDestroy(): void {
    this.unsubscribes.splice(0).forEach((unsubscribe) => unsubscribe());
  }

  /** @returns null for an unknown or revoked key */
  async find(key: string): Promise<KeyPrincipal | null> {
    if (!KEY_PATTERN.test(key)) return null;
    const hash = hashOfKey(key);
    let loading = this.cached.get(hash);
    if (!loading) {
      loading = this.load(hash);
      this.cached.set(hash, loading);
      // Errors and invalid keys are not cached, so that guessed keys cannot evict valid ones.
      loading.then(
        ({ key: principal }) => principal ?? this.cached.delete(hash),
        () => this.cached.delete(hash),
      );
    }
    return (await loading).key;
  }

  /** Notifies every process once the change is committed. */
  publishChange(tx: Tx): Promise<void> {
    return this.pubsub.publish(tx, TOPIC, 'changed');
  }

  private async load(hash: string): Promise<{ key: KeyPrincipal | null }> {
    const now = this.clock.now();
    const [row] = await this.database.inSystem((tx) =>
      tx.prepared<KeyRow>('publisher-key', FIND_KEY, [
        hash,
        now,
        new Date(now.getTime() - LAST_USED_RESOLUTION_MS),
      ]),
    );
    if (!row) return { key: null };
    const { id: keyId, ...rest } = row;
    return { key: { kind: 'key', keyId, ...rest } };
  }
}
