import { PolicyOverrideEntity } from './policy-override.entity.js';
import { PolicyVersionEntity } from './policy-version.entity.js';
import { PublisherKeyEntity } from './publisher-key.entity.js';
import { SiteEntity } from './site.entity.js';
import { TierEntity } from './tier.entity.js';

export const SITES_ENTITIES = [
  PolicyOverrideEntity,
  PolicyVersionEntity,
  PublisherKeyEntity,
  SiteEntity,
  TierEntity,
];
