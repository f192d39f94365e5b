import { EntitlementEntity } from './entitlement.entity.js';
import { InboundProviderEntity } from './inbound/inbound-provider.entity.js';

export const ENTITLEMENTS_ENTITIES = [EntitlementEntity, InboundProviderEntity];
