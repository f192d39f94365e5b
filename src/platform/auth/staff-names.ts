import type { SiteId } from '../ids.js';

/** Names that no reader may carry: provided by the moderators' feature, looked up by the readers'. */
export abstract class StaffNames {
  /** Names of the people who moderate the site, as their readers may see them. */
  abstract of(siteId: SiteId): Promise<readonly string[]>;
}
