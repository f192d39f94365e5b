import { Inject, Injectable } from '@nestjs/common';
import { Clock } from '../../platform/clock.js';
import { SECRETS, type Secrets } from '../../platform/config/secrets.js';
import { isTransactionConflict } from '../../platform/database/database-unavailable.js';
import { Database } from '../../platform/database/database.js';
import { Cursors, type Page } from '../../platform/http/cursor.js';
import { conflict, forbidden, notFound } from '../../platform/http/problem.js';
import { newId } from '../../platform/ids.js';
import type { SiteContext } from '../../platform/tenancy/site-context.js';
import { sitesWithScope, type PublisherPrincipal } from './publisher-access.js';
import { SiteSettings } from './site-settings.js';
import { SiteEntity } from './site.entity.js';
import type { NewSite, SiteChange } from './sites.dto.js';
import { newSsoSecret, sealSsoSecrets } from './sso-secrets.js';
import { sql } from '../../platform/database/sql.js';

type ListedSite = Pick<SiteEntity, 'id' | 'name' | 'origins'> & {
  sign_in_url: string | null;
  created_at: Date;
  updated_at: Date;
};

const CURSOR_SCOPE = 'sites';

/** Registers, changes and deletes sites. */
@Injectable()
export class SiteRegistrationService {
  constructor(
    private readonly database: Database,
    private readonly settings: SiteSettings,
    private readonly cursors: Cursors,
    private readonly clock: Clock,
    @Inject(SECRETS) private readonly secrets: Secrets,
  ) {}

  /**
   * @returns the site and the secret that signs its reader tokens, which is shown only this once
   * @throws Problem 403 for a caller who is limited to certain sites
   */
  async register(
    caller: PublisherPrincipal,
    draft: NewSite,
  ): Promise<{ site: SiteEntity; ssoSecret: string }> {
    if (sitesWithScope(caller, 'publisher') !== null) {
      throw forbidden('bound-to-sites', 'Only a caller with access to every site can add one.');
    }
    const id = newId<'site'>();
    const now = this.clock.now();
    const ssoSecret = newSsoSecret();
    const site = await this.database.inSite({ siteId: id, principal: caller }, async (tx) => {
      const sites = tx.manager.getRepository(SiteEntity);
      await sites.insert({
        id,
        name: draft.name.trim(),
        origins: normalizeOrigins(draft.origins),
        signInUrl: draft.signInUrl ?? null,
        policy: {},
        policyVersion: 1,
        ssoFamily: 'hmac',
        ssoSecretSealed: sealSsoSecrets(this.secrets, id, [{ secret: ssoSecret, until: null }]),
        createdAt: now,
        updatedAt: now,
      });
      await this.settings.publishChange(tx, id);
      return sites.findOneByOrFail({ id });
    });
    return { site, ssoSecret };
  }

  /** The caller's sites, oldest first. */
  async list(
    caller: PublisherPrincipal,
    cursor: string | undefined,
    limit: number,
  ): Promise<Page<SiteEntity>> {
    const [after] = this.cursors.read(CURSOR_SCOPE, cursor) ?? [null];
    const rows = await this.database.inSystem((tx) =>
      tx.query<ListedSite>(
        sql`SELECT id, name, origins, sign_in_url, created_at, updated_at FROM list_sites($1, $2, $3)`,
        [after, limit + 1, sitesWithScope(caller, 'publisher')],
      ),
    );
    return this.cursors.page(
      rows,
      limit,
      CURSOR_SCOPE,
      (row) => [row.id],
      ({ sign_in_url, created_at, updated_at, ...row }) =>
        ({ ...row, signInUrl: sign_in_url, createdAt: created_at, updatedAt: updated_at }) as SiteEntity,
    );
  }

  read(ctx: SiteContext): Promise<SiteEntity> {
    return this.database.inSite(ctx, async (tx) => {
      const site = await tx.manager.getRepository(SiteEntity).findOneBy({ id: ctx.siteId });
      if (!site) throw notFound('This site');
      return site;
    });
  }

  change(ctx: SiteContext, change: SiteChange): Promise<SiteEntity> {
    return this.database.inSite(ctx, async (tx) => {
      const sites = tx.manager.getRepository(SiteEntity);
      const { affected } = await sites.update(
        { id: ctx.siteId },
        {
          ...(change.name === undefined ? {} : { name: change.name.trim() }),
          ...(change.origins === undefined ? {} : { origins: normalizeOrigins(change.origins) }),
          ...(change.signInUrl === undefined ? {} : { signInUrl: change.signInUrl }),
          updatedAt: this.clock.now(),
        },
      );
      if (!affected) throw notFound('This site');
      await this.settings.publishChange(tx, ctx.siteId);
      return sites.findOneByOrFail({ id: ctx.siteId });
    });
  }

  /**
   * Deletes the site and everything that belongs to it. This cannot be undone.
   *
   * @throws Problem 409 if concurrent changes to the site made every attempt fail
   */
  async remove(ctx: SiteContext): Promise<void> {
    try {
      await this.removeInTransaction(ctx);
    } catch (error) {
      if (isTransactionConflict(error))
        throw conflict('site-busy', 'Another request is changing this site; try again in a moment.');
      throw error;
    }
  }

  private async removeInTransaction(ctx: SiteContext): Promise<void> {
    await this.database.inSite(ctx, async (tx) => {
      // Waits for writes in progress on the site. Later writers wait for this transaction and then find the site
      // deleted.
      await tx.query(sql`SELECT 1 FROM site WHERE id = $1 FOR UPDATE`, [ctx.siteId]);
      // Deleted first, so that no event of a deleted site is published.
      await tx.query(sql`DELETE FROM outbox WHERE site_id = $1`, [ctx.siteId]);
      // Comments are deleted with their stories, before the readers they refer to.
      await tx.query(sql`DELETE FROM story WHERE site_id = $1`, [ctx.siteId]);
      const { affected } = await tx.manager.getRepository(SiteEntity).delete({ id: ctx.siteId });
      if (!affected) throw notFound('This site');
      await this.settings.publishChange(tx, ctx.siteId);
    });
  }
}

/** Formatted like `URL.origin`, without duplicates. */
const normalizeOrigins = (origins: readonly string[]): string[] => [
  ...new Set(origins.map((origin) => new URL(origin).origin)),
];
