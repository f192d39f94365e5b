import { BillingIntegrationEntity } from './billing/billing-integration.entity.js';
import { BillingMessageEntity } from './billing/billing-message.entity.js';
import { BillingWebhookLogEntity } from './billing/billing-webhook-log.entity.js';
import { EntitlementEntity } from './entitlement.entity.js';
import { EntitlementEndingEntity } from './entitlement-ending.entity.js';
import { EntitlementImportEntity } from './entitlement-import.entity.js';
import { EntitlementImportRowEntity } from './entitlement-import-row.entity.js';
import { EntitlementLedgerEntryEntity } from './entitlement-ledger-entry.entity.js';
import { EntitlementLookupEntity } from './lookup/entitlement-lookup.entity.js';
import { OrganisationEntity } from './organisations/organisation.entity.js';
import { RefusalEntity } from './refusals/refusal.entity.js';

export const ENTITLEMENTS_ENTITIES = [
  BillingIntegrationEntity,
  BillingMessageEntity,
  BillingWebhookLogEntity,
  EntitlementEntity,
  EntitlementEndingEntity,
  EntitlementImportEntity,
  EntitlementImportRowEntity,
  EntitlementLedgerEntryEntity,
  EntitlementLookupEntity,
  OrganisationEntity,
  RefusalEntity,
];
