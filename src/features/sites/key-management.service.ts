import { Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import type { KeyScope } from '../../platform/auth/principal.js';
import { Database } from '../../platform/database/database.js';
import { Cursors, type Page } from '../../platform/http/cursor.js';
import { forbidden, invalid, notFound } from '../../platform/http/problem.js';
import { isUuid, newId, type SiteId } from '../../platform/ids.js';
import { PublisherKeyEntity } from './publisher-key.entity.js';
import { hashOfKey, newPublisherKey, prefixOfKey, PublisherKeys } from './publisher-keys.js';
import { hasScope, sitesWithScope, type PublisherPrincipal } from './publisher-access.js';
import { sql } from '../../platform/database/sql.js';

const CURSOR_SCOPE = 'publisher-keys';

/** The name and the requested permissions of a new key. */
export interface KeyDraft {
  readonly name: string;
  readonly scopes: readonly KeyScope[];
  /** Null: all sites. */
  readonly sites: readonly SiteId[] | null;
  /**
   * The score that `comments:analyze` returns for text in a language that the scorer does not support; null: it returns
   * an error.
   */
  readonly unreadScore: number | null;
}

/** Creates, lists and revokes publisher keys. Nobody can create or see a key with more rights than their own. */
@Injectable()
export class KeyManagementService {
  constructor(
    private readonly database: Database,
    private readonly keys: PublisherKeys,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
  ) {}

  /**
   * @returns the stored key and the key itself, which is shown only this once
   * @throws Problem 403 for a key with more rights than the caller has, 400 for sites that do not exist
   */
  async issue(
    caller: PublisherPrincipal,
    draft: KeyDraft,
  ): Promise<{ stored: PublisherKeyEntity; key: string }> {
    checkAccess(caller, draft);
    const key = newPublisherKey();
    const stored: PublisherKeyEntity = {
      id: newId<'publisher-key'>(),
      name: draft.name.trim(),
      prefix: prefixOfKey(key),
      hash: hashOfKey(key),
      scopes: [...new Set(draft.scopes)],
      sites: draft.sites && [...new Set(draft.sites)],
      unreadScore: draft.unreadScore,
      createdAt: this.clock.now(),
      lastUsedAt: null,
      revokedAt: null,
    };
    await this.database.inSystem(
      async (tx) => {
        if (stored.sites) {
          const existing = await tx.query<{ id: SiteId }>(sql`SELECT id FROM list_sites(NULL, $1, $2)`, [
            stored.sites.length,
            stored.sites,
          ]);
          const missing = stored.sites.filter((site) => !existing.some(({ id }) => id === site));
          if (missing.length > 0) {
            const message = `The site ${missing[0]} does not exist.`;
            throw invalid([{ pointer: '/sites', code: 'unknown-site', message }]);
          }
        }
        await tx.manager.getRepository(PublisherKeyEntity).insert(stored);
      },
      { principal: caller },
    );
    return { stored, key };
  }

  /** Lists active keys, oldest first: all keys, or only keys for the caller's own sites. */
  async list(
    caller: PublisherPrincipal,
    cursor: string | undefined,
    limit: number,
  ): Promise<Page<PublisherKeyEntity>> {
    const [after] = this.cursors.read(CURSOR_SCOPE, cursor) ?? [null];
    const rows = await this.database.inSystem((tx) =>
      tx.query<PublisherKeyEntity>(
        sql`SELECT id, name, prefix, scopes, sites, unread_score AS "unreadScore", created_at AS "createdAt", last_used_at AS "lastUsedAt"
         FROM publisher_key
         WHERE revoked_at IS NULL AND ($1::uuid IS NULL OR id > $1) AND ($2::uuid[] IS NULL OR sites <@ $2)
         ORDER BY id LIMIT $3`,
        [after, sitesWithScope(caller, 'publisher'), limit + 1],
      ),
    );
    return this.cursors.page(
      rows,
      limit,
      CURSOR_SCOPE,
      (row) => [row.id],
      (row) => row,
    );
  }

  /**
   * Takes effect at once in this process, and in the others when they are notified.
   *
   * @throws Problem 404 for a key that the caller would not see in the list
   */
  async revoke(caller: PublisherPrincipal, keyId: string): Promise<void> {
    if (!isUuid(keyId)) throw notFound('This key');
    await this.database.inSystem(
      async (tx) => {
        const revoked = await tx.query(
          sql`UPDATE publisher_key SET revoked_at = $2
         WHERE id = $1 AND revoked_at IS NULL AND ($3::uuid[] IS NULL OR sites <@ $3) RETURNING id`,
          [keyId, this.clock.now(), sitesWithScope(caller, 'publisher')],
        );
        if (revoked.length === 0) throw notFound('This key');
        await this.keys.publishChange(tx);
      },
      { principal: caller },
    );
  }
}

function checkAccess(caller: PublisherPrincipal, draft: KeyDraft): void {
  const scope = draft.scopes.find((requested) => !mayGrant(caller, requested));
  if (scope)
    throw forbidden(
      'beyond-your-own',
      `You may not create a key with the scope "${scope}", because you do not have that scope yourself.`,
    );
  const callerSites = sitesWithScope(caller, 'publisher');
  if (callerSites && (draft.sites === null || draft.sites.some((site) => !callerSites.includes(site)))) {
    throw forbidden('beyond-your-own', 'You may only create keys for your own sites.');
  }
}

/**
 * A caller may grant the scopes that it has itself. Site administrators may grant all scopes, including `score`, which
 * only keys can have.
 */
const mayGrant = (caller: PublisherPrincipal, scope: KeyScope): boolean =>
  caller.kind === 'moderator' ? hasScope(caller, 'publisher') : hasScope(caller, scope);
