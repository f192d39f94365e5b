import { EntitlementEntity } from './entitlement.entity.js';
import { BillingIntegrationEntity } from './billing/billing-integration.entity.js';

export const ENTITLEMENTS_ENTITIES = [EntitlementEntity, BillingIntegrationEntity];
