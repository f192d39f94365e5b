import type { SiteId } from '../ids.js';

/** Names that no reader may use. The staff feature implements it; the readers feature gets it with `findProvider`. */
export abstract class StaffNames {
  /** The names of the site's moderators, as readers may see them. */
  abstract namesFor(siteId: SiteId): Promise<readonly string[]>;
}
