import { PublisherKeyEntity } from './publisher-key.entity.js';
import { SiteEntity } from './site.entity.js';
import { TierEntity } from './tier.entity.js';

export const SITES_ENTITIES = [SiteEntity, TierEntity, PublisherKeyEntity];
