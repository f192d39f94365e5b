import { Injectable } from '@nestjs/common';
import type { AdminPrincipal, KeyPrincipal } from '../../../platform/auth/principal.js';
import { isUuid } from '../../../platform/ids.js';
import { siteAccess } from '../../sites/publisher-access.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { SiteSettings } from '../../sites/site-settings.js';

/** Finds the site that an external client acts for. */
@Injectable()
export class RequestSiteResolver {
  constructor(private readonly sites: SiteSettings) {}

  /**
   * Returns the site that the request names as its community if the key may score for it, otherwise the key's own
   * site.
   *
   * @returns null if the request belongs to no particular site
   */
  async siteOf(caller: AdminPrincipal | KeyPrincipal, communityId: string | null): Promise<SiteFacts | null> {
    if (isUuid(communityId)) {
      const site = await this.sites.find(communityId);
      if (site && siteAccess(caller, 'score', site.id) === 'allowed') return site;
    }
    const own = caller.kind === 'key' ? caller.sites : null;
    return own?.length === 1 ? this.sites.find(own[0]) : null;
  }
}
