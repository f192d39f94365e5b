import { Injectable } from '@nestjs/common';
import type { AdminPrincipal, KeyPrincipal } from '../../../platform/auth/principal.js';
import { isUuid } from '../../../platform/ids.js';
import { siteAccess } from '../../sites/publisher-access.js';
import type { SiteFacts } from '../../sites/site-facts.js';
import { SiteSettings } from '../../sites/site-settings.js';

/** Which site of ours an outside client speaks for. */
@Injectable()
export class Communities {
  constructor(private readonly sites: SiteSettings) {}

  /**
   * The site that the request names as its community, if the key may score for it; else the one that the key is for.
   *
   * @returns null: nobody's in particular
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
