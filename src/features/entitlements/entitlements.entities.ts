import { EntitlementEntity } from './entitlement.entity.js';
import { BillingIntegrationEntity } from './inbound/inbound-provider.entity.js';

export const ENTITLEMENTS_ENTITIES = [EntitlementEntity, BillingIntegrationEntity];
